#!/bin/sh
# Networks of articles and of records, in every format, and the summary.
. tests/cli/lib.sh

expect 0 build --date 2019-10-15 docs/samples -o "$work/a.graphml" -o "$work/a.json" -o "$work/a.svg"
silent "$out"
says "a.graphml: " "$err"
says " vertices, " "$err"
says "from 6 articles" "$err"
says '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"' "$work/a.graphml"
says '"multigraph"' "$work/a.json"
says '<svg' "$work/a.svg"
for name in 'Vũ Đình Khải' 'Tỉnh ủy Lào Cai' 'Tỉnh Hải Dương'; do
    says "$name" "$work/a.graphml"
    says "$name" "$work/a.json"
done

# Quiet; of records instead of articles; in another order: the same bytes.
expect 0 extract -q --date 2019-10-15 docs/samples
cp "$out" "$work/records.jsonl"
sort -r "$work/records.jsonl" >"$work/reversed.jsonl"
head -n 2 "$work/records.jsonl" >"$work/head.jsonl"
tail -n +3 "$work/records.jsonl" >"$work/tail.jsonl"
expect 0 build -q "$work/reversed.jsonl" -o "$work/b.graphml" -o "$work/b.json" -o "$work/b.svg"
silent "$out"
silent "$err"
expect 0 build -q "$work/tail.jsonl" "$work/head.jsonl" -o "$work/c.graphml" -o "$work/c.json" -o "$work/c.svg"
for format in graphml json svg; do
    same "$work/a.$format" "$work/b.$format"
    same "$work/a.$format" "$work/c.$format"
done
expect 0 build -q - -o "$work/d.json" --input jsonl <"$work/records.jsonl"
same "$work/a.json" "$work/d.json"

# The summary alone, and shortened.
expect 0 build --date 2019-10-15 docs/samples --summary
silent "$err"
says 'Vũ Đình Khải' "$out"
cp "$out" "$work/summary"
expect 0 build --date 2019-10-15 docs/samples --summary=1
[ "$(wc -l <"$out")" -lt "$(wc -l <"$work/summary")" ] || fail "--summary=1 is not shorter"

# An existing file is replaced, through a link too; a folder or a missing one is an error before any work.
printf old >"$work/target.json"
ln -s target.json "$work/link.json"
chmod 640 "$work/target.json"
expect 0 build -q "$work/records.jsonl" -o "$work/link.json"
[ -L "$work/link.json" ] || fail "the link was replaced"
same "$work/target.json" "$work/a.json"
[ "$(stat -c %a "$work/target.json")" = 640 ] || fail "the rights of the file were changed"
expect 4 build -q "$work/records.jsonl" -o "$work/no/such/folder.json"
says "make its folder first" "$err"
mkdir "$work/folder.json"
expect 4 build -q "$work/records.jsonl" -o "$work/folder.json"
says "is a folder" "$err"
expect 2 build -q "$work/records.jsonl" -o "$work/e.json" -o "$work/e.xml"
[ ! -e "$work/e.json" ] || fail "something was written though the command line was wrong"
[ "$(find "$work" -name '*.json.*' | wc -l)" -eq 0 ] || fail "a temporary file was left behind"

# A format by its name, whatever the file is called, also on standard output; the longest ending counts.
expect 0 build -q "$work/records.jsonl" --format gexf -o -
says '<gexf xmlns="http://gexf.net/1.3"' "$out"
expect 0 build -q "$work/records.jsonl" -o "$work/g.gexf" -o "$work/g.ftm.json" -o "$work/g.nodes.csv"
head -n 1 "$work/g.nodes.csv" >"$out"
says 'id,label,type,documents,first,last,date,parent' "$out"
head -n 1 "$work/g.ftm.json" >"$out"
says '"schema":"Organization"' "$out"
expect 2 build -q "$work/records.jsonl" -o "$work/f.csv"
says ".nodes.csv, .edges.csv" "$err"
expect 2 build -q "$work/records.jsonl" --format gml -o "$work/f.csv"
says "unknown format" "$err"
expect 2 build -q "$work/records.jsonl" --profile gephy -o "$work/f.graphml"
says "gephi|cytoscape|yed|igraph" "$err"
expect 2 build -q "$work/records.jsonl" --profile gephi -o "$work/f.json"
says "no profile" "$err"
[ ! -e "$work/f.csv" ] || fail "a file of no format was written"
expect 0 build --help
for name in graphml gexf cytoscape jgf csv-nodes neo4j-edges dot ftm svg; do
    says "  $name " "$out"
done
