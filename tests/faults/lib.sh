# Read by the scripts here, behind tests/cli/lib.sh: commands run under strace, which lets system calls fail or kills at them.
# shellcheck shell=sh disable=SC2034,SC2154 # what is set here is used there, and the other way round

command -v strace >/dev/null || skip "there is no strace"
strace -qq -o /dev/null true 2>/dev/null || skip "strace may not trace here"
export ASAN_OPTIONS="detect_leaks=0:${ASAN_OPTIONS:-}" # which would trace as well

# Small tables, which are read in no time.
mkdir "$work/models"
cp tests/fuzz/tables/models/* models/fold.tsv "$work/models/"
export MANGLUOI_GAZETTEERS="$SOURCE/tests/fuzz/tables/gazetteers" MANGLUOI_MODELS="$work/models"

# Records of the samples: some that are there, and all.
env -u MANGLUOI_GAZETTEERS -u MANGLUOI_MODELS "$MANGLUOI" extract -q --date 2019-10-15 docs/samples -o "$work/all.jsonl"
head -n 3 "$work/all.jsonl" >"$work/some.jsonl"
name=$(sed -n '1s/^{"schema":"[^"]*","id":"\([^"]*\)".*/\1/p' "$work/all.jsonl")

# begin FOLDER: a folder with a store and a network of some of the records, as every run finds it.
begin() {
    rm -rf "$1"
    cp -r "$work/begin" "$1"
}

# under STRACE-OPTION COMMAND...: runs the command; its exit code is in $code.
under() {
    option=$1
    shift
    code=0
    strace -f -qq -o "$work/calls" -e "trace=$calls" -e "$option" "$MANGLUOI" "$@" >"$out" 2>"$err" || code=$?
}

# Sets $total to how many of the calls the command makes.
count_calls() {
    under "signal=none" "$@"
    [ "$code" -eq 0 ] || fail "mangluoi $*: exit code $code"
    total=$(grep -c '(' "$work/calls")
}

# state STORE FILE: what the store says, as a file.
state() {
    "$MANGLUOI" export -q "$1" -o "$2" 2>"$err" || fail "the store cannot be opened"
}

mkdir "$work/begin"
"$MANGLUOI" build -q "$work/some.jsonl" -o "$work/begin/archive.db"
"$MANGLUOI" build -q "$work/some.jsonl" -o "$work/begin/network.json"
