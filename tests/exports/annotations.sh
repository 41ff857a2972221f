#!/bin/sh
# brat's files and CoNLL, read back by pybrat and conllu: every place, word, entity and relation is that of the record.
set -eu
"$PYTHON" -c 'import pybrat, conllu' 2>/dev/null || { echo "skipped: no pybrat and conllu; see make.sh"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf '\357\273\277Ông Nguyễn Văn\nAn, Chủ tịch UBND tỉnh Nam Định \360\235\222\263 chủ trì hội nghị.\r\nSa\314\201ng nay, UBND ti\314\211nh Nam Đi\314\243nh họp.\n' >"$work/odd.txt"
set -- docs/samples "$work/odd.txt"
"$MANGLUOI" extract -q "$@" -o "$work/records.jsonl"
"$MANGLUOI" extract -q "$@" --format conll -o "$work/all.conll"
mkdir "$work/brat"
"$MANGLUOI" extract -q "$@" --format brat | tar -x -C "$work/brat"
"$PYTHON" tests/exports/check_annotations.py "$work"
