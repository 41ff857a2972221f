#!/bin/sh
# Files of text: a line end at the end, no spaces before line ends, no carriage returns, no paths of somebody's machine,
# no file or function longer than one can read in one go.
# shellcheck disable=SC2044,SC2046 # file names have no spaces here
set -eu
status=0
complain() {
    echo "$1"
    status=1
}

files=$(find . -path ./build -prune -o -path ./.git -prune -o -path ./tests/fuzz/corpus -prune -o -type f \
    ! -name '*.gz' ! -name '*.xz' ! -name '*.zst' ! -name '*.png' ! -name '*.pyc' ! -name LICENSE -print)
for file in $files; do
    [ ! -s "$file" ] || [ -z "$(tail -c 1 "$file")" ] || complain "$file: no line end at its end"
done
# Cells at the end of a row may be empty, hence tables, and documents that quote them, may have tabs there.
# shellcheck disable=SC2086 # one word a file
! grep -nE ' +$' $files || complain "spaces before a line end"
# shellcheck disable=SC2086
! grep -nP '\t$' $(echo "$files" | tr ' ' '\n' | grep -vE '\.(tsv|md)$') || complain "tabs before a line end"
# shellcheck disable=SC2086
! grep -nP '\r' $files || complain "carriage returns"
# shellcheck disable=SC2086
! grep -nE '(/home/|/root/|/work/|/Users/)[A-Za-z]' $(echo "$files" | tr ' ' '\n' | grep -v 'lint/text\.sh$') ||
    complain "a path of somebody's machine"
for file in $(find src -name '*.c'); do
    [ "$(wc -l <"$file")" -le 600 ] || complain "$file: more than 600 lines; the room has two subjects"
done
for file in $(find src -mindepth 2 -name '*.h'); do
    [ "$(wc -l <"$file")" -le 200 ] || complain "$file: more than 200 lines"
done
# Functions begin and end with a brace in the first column.
# shellcheck disable=SC2046
awk '/^\{/ { start = FNR } /^\}/ && start { if (FNR - start > 60) { printf "%s:%d: a function of %d lines\n", FILENAME, start, FNR - start; bad = 1 } start = 0 } END { exit bad }' \
    $(find src -name '*.c') || complain "functions of more than 60 lines"
exit $status
