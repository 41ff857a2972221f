#!/bin/sh
# Every format is read back: the samples, names that break careless writers, a network of nothing and, where ../shared is,
# its marked articles.
set -eu
"$PYTHON" -c 'import networkx, igraph, pandas, jsonschema, pydot, yaml' 2>/dev/null ||
    { echo "skipped: the packages of tests/requirements.txt are not there; see make.sh"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# write FOLDER INPUT...: the network in every format and dialect.
write() {
    mkdir "$1"
    folder=$1
    shift
    set -- build -q --date 2019-10-15 "$@"
    "$MANGLUOI" "$@" -o "$folder/network.graphml" -o "$folder/network.gexf" -o "$folder/network.json" -o "$folder/network.cyjs" \
        -o "$folder/network.jgf" -o "$folder/network.nodes.csv" -o "$folder/network.edges.csv" \
        -o "$folder/network.neo4j-nodes.csv" -o "$folder/network.neo4j-edges.csv" -o "$folder/network.dot" \
        -o "$folder/network.ftm.jsonl"
    "$MANGLUOI" "$@" --links -o "$folder/links.json"
    "$MANGLUOI" "$@" --no-isolates -o "$folder/connected.json"
    "$MANGLUOI" "$@" --csv-raw -o "$folder/raw.nodes.csv"
    for profile in gephi cytoscape yed igraph; do
        "$MANGLUOI" "$@" --profile $profile -o "$folder/$profile.graphml"
    done
    "$MANGLUOI" "$@" --profile gephi -o "$folder/gephi.nodes.csv" -o "$folder/gephi.edges.csv"
}

"$MANGLUOI" extract -q --date 2019-10-15 docs/samples -o "$work/samples.jsonl"
echo '{"schema":"mangluoi-record/1","id":"empty"}' >"$work/empty.jsonl"
write "$work/samples" "$work/samples.jsonl"
write "$work/hostile" tests/exports/hostile.jsonl
write "$work/empty" "$work/empty.jsonl"
set -- "$work/samples" "$work/hostile" "$work/empty"
if [ -d "$SHARED/gold/dev" ]; then
    "$PYTHON" "$SHARED/gold/gold.py" --articles "$SHARED"/gold/dev/*.gold >"$work/articles.jsonl"
    "$MANGLUOI" extract -q "$work/articles.jsonl" -o "$work/marked.jsonl"
    write "$work/marked" "$work/marked.jsonl"
    set -- "$@" "$work/marked"
fi
"$PYTHON" tests/exports/check_formats.py "$@"
if [ -d "$NODE_MODULES" ] && command -v node >/dev/null; then
    node tests/exports/check_formats.cjs "$NODE_MODULES" "$@"
else
    echo "graphology, cytoscape.js and d3-force did not read: there is no $NODE_MODULES; see make.sh"
fi
if command -v dot >/dev/null; then
    dot -Tplain "$work/hostile/network.dot" >/dev/null
fi
