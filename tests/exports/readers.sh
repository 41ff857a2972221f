#!/bin/sh
# NetworkX and igraph read what was written and see the same: the samples, names that break
# careless writers and, where ../shared is, its marked articles.
set -eu
"$PYTHON" -c 'import networkx, igraph' 2>/dev/null || { echo "skipped: no networkx and igraph; see make.sh"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$MANGLUOI" build -q --date 2019-10-15 docs/samples -o "$work/samples.graphml" -o "$work/samples.json"
"$MANGLUOI" build -q tests/exports/hostile.jsonl -o "$work/hostile.graphml" -o "$work/hostile.json"
set -- "$work/samples.graphml" "$work/samples.json" "$work/hostile.graphml" "$work/hostile.json"
if [ -d "$SHARED/gold/dev" ]; then
    "$PYTHON" "$SHARED/gold/gold.py" --articles "$SHARED"/gold/dev/*.gold >"$work/articles.jsonl"
    "$MANGLUOI" build -q "$work/articles.jsonl" -o "$work/marked.graphml" -o "$work/marked.json"
    set -- "$@" "$work/marked.graphml" "$work/marked.json"
fi
"$PYTHON" tests/exports/check_exports.py "$@"
