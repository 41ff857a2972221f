#!/bin/sh
# The real articles of ../shared, where it is: all are read, no sanitizer reports, any number of threads gives the same bytes.
set -eu
corpus=$SHARED/corpus/news-2017.jsonl.xz
[ -f "$corpus" ] || { echo "skipped: there is no ../shared/corpus"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$MANGLUOI" extract -q -j 1 "$corpus" -o "$work/1.jsonl"
"$MANGLUOI" extract -q -j 2 "$corpus" -o "$work/2.jsonl"
cmp "$work/1.jsonl" "$work/2.jsonl"
[ "$(wc -l <"$work/1.jsonl")" -eq "$(xz -dc "$corpus" | wc -l)" ] || { echo "not one record an article"; exit 1; }
! grep -q '"error":{"code"' "$work/1.jsonl" || { echo "error records"; exit 1; }

# Of the articles and of their records in another order: the same network.
"$MANGLUOI" build -q -j 2 "$corpus" -o "$work/1.graphml"
sort -r "$work/1.jsonl" >"$work/reversed.jsonl"
"$MANGLUOI" build -q "$work/reversed.jsonl" -o "$work/2.graphml"
cmp "$work/1.graphml" "$work/2.graphml"
