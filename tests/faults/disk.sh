#!/bin/sh
# A disk that is full, or fails, at the 1st, 2nd, 3rd ... write of a run, once or from then on: exit code 4, what was there
# before is still there or what is new is complete, and nothing is left behind.
# shellcheck disable=SC2154 # set in lib.sh
. tests/cli/lib.sh
. tests/faults/lib.sh

runs=0
# files FOLDER: the names in it.
files() {
    (cd "$1" && printf '%s\n' *)
}

# check_file: after a run with $code, network.json is the old one or the new one.
check_file() {
    [ "$(files "$work/here")" = "$(files "$work/begin")" ] || fail "left behind: $(files "$work/here")"
    if [ "$code" -eq 0 ]; then
        same "$work/here/$1" "$work/done/$1"
    else
        [ "$code" -eq 4 ] || fail "call $n of $total ($how): exit code $code"
        same "$work/here/$1" "$work/begin/$1"
    fi
}

check_store() {
    [ "$code" -eq 0 ] || [ "$code" -eq 4 ] || fail "call $n of $total ($how): exit code $code"
    state "$work/here/archive.db" "$work/state.json"
    cmp -s "$work/state.json" "$work/new.json" || { [ "$code" -eq 4 ] && cmp -s "$work/state.json" "$work/old.json"; } ||
        fail "call $n of $total ($how), exit code $code: neither the old nor the new state"
}

# sweep CHECK COMMAND...: every call of the command fails, once, and with all behind it.
sweep() {
    check=$1
    shift
    begin "$work/here"
    count_calls "$@"
    rm -rf "$work/done"
    cp -r "$work/here" "$work/done"
    n=1
    while [ "$n" -le "$total" ]; do
        for how in "$n" "$n+"; do
            begin "$work/here"
            under "inject=$calls:error=$error:when=$how" "$@"
            $check
            runs=$((runs + 1))
        done
        n=$((n + 1))
    done
}

network() {
    check_file network.json
}

mkdir "$work/here"
state "$work/begin/archive.db" "$work/old.json"
begin "$work/new"
"$MANGLUOI" build -q "$work/all.jsonl" -o "$work/new/archive.db"
state "$work/new/archive.db" "$work/new.json"
for kind in write,pwrite64,ftruncate:ENOSPC fsync,fdatasync,rename:EIO; do
    calls=${kind%:*}
    error=${kind#*:}
    sweep network build -q "$work/all.jsonl" -o "$work/here/network.json"
    sweep check_store build -q "$work/all.jsonl" -o "$work/here/archive.db"
done
echo "$runs runs"

# A file may grow to 8 KiB and no further, as on a disk without room.
begin "$work/here"
code=0
(trap '' XFSZ && ulimit -f 16 && exec "$MANGLUOI" build -q "$work/all.jsonl" -o "$work/here/network.json") 2>"$err" || code=$?
[ "$code" -eq 4 ] || fail "no room: exit code $code"
says "network.json: cannot write: File too large" "$err"
same "$work/here/network.json" "$work/begin/network.json"

# Standard output that is closed, or full.
for words in "extract docs/samples" "build docs/samples --summary" "gazetteer list" "show $work/begin/archive.db vn-30" --help; do
    code=0
    # shellcheck disable=SC2086 # words
    "$MANGLUOI" $words >&- 2>"$err" || code=$?
    [ "$code" -eq 4 ] || fail "$words with standard output closed: exit code $code"
    if [ -c /dev/full ]; then
        code=0
        # shellcheck disable=SC2086
        "$MANGLUOI" $words >/dev/full 2>"$err" || code=$?
        [ "$code" -eq 4 ] || fail "$words into a full device: exit code $code"
    fi
done
