#!/bin/sh
# The weights of the learned model are those that the trainer makes of the tables as they are.
set -eu
corpus=$SHARED/corpus/news-2017.jsonl.xz
if [ ! -f "$corpus" ] || [ ! -d "$SHARED/gold/dev" ]; then
    echo "skipped: there is no ../shared/corpus"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
code=0
timeout 300 "$BUILD/train" -o "$work/weights.tsv" gazetteers models "$corpus" "$SHARED"/gold/dev/*.gold || code=$?
[ "$code" -ne 124 ] || { echo "skipped: this build trains for more than five minutes"; exit 77; }
[ "$code" -eq 0 ]
cmp "$work/weights.tsv" models/name-weights.tsv || { echo "a table changed: run \`sh make.sh train\`"; exit 1; }
