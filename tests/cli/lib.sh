# Read by every script here: `. tests/cli/lib.sh`. Runs the program and compares what it did.
# shellcheck shell=sh disable=SC2034 # what is set here is used there
set -eu

: "${MANGLUOI:?the program to test}" "${SOURCE:?the folder of the sources}" "${BUILD:?the build folder}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
out=$work/out
err=$work/err
unset MANGLUOI_GAZETTEERS MANGLUOI_MODELS

fail() {
    printf 'FAILED: %s\n' "$*"
    echo "--- standard output:"
    head -c 2000 "$out"
    echo "--- standard error:"
    head -c 2000 "$err"
    exit 1
}

skip() {
    printf 'skipped: %s\n' "$*"
    exit 77
}

# expect CODE ARGUMENTS...: runs the program; its output is in $out and $err.
expect() {
    wanted=$1
    shift
    code=0
    "$MANGLUOI" "$@" >"$out" 2>"$err" || code=$?
    [ "$code" -eq "$wanted" ] || fail "mangluoi $*: exit code $code, not $wanted"
}

# says TEXT FILE: the file has this text somewhere.
says() {
    grep -qF -e "$1" "$2" || fail "not said: $1"
}

# lines N FILE: the file has N lines.
lines() {
    [ "$(wc -l <"$2")" -eq "$1" ] || fail "$2 has $(wc -l <"$2") lines, not $1"
}

silent() {
    [ ! -s "$1" ] || fail "$1 is not empty"
}

same() {
    cmp "$1" "$2" || fail "$1 and $2 differ"
}

# A sentence in which something is found.
sentence='Sáng 17-8, UBND tỉnh Nam Định tổ chức hội nghị tại thành phố Nam Định.'
