#!/bin/sh
# stages.sh PROGRAM ARTICLES: instructions per input byte of each stage of the extraction, counted by callgrind, so that the
# figures are the same however busy the machine is. Start-up (ml_context_new) reads tokens and short texts too: its share stands in
# the lines of ml_text_read and ml_tokens_read.
set -eu
program=$1
articles=$2
command -v valgrind >/dev/null 2>&1 || { echo "skipped: there is no valgrind"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

head -n 300 "$articles" >"$work/some.jsonl"
valgrind -q --tool=callgrind --callgrind-out-file="$work/counts" "$program" extract -q -j 1 "$work/some.jsonl" >/dev/null
callgrind_annotate --inclusive=yes --threshold=100 "$work/counts" >"$work/report"
bytes=$(wc -c <"$work/some.jsonl")
for stage in ml_context_new ml_batch__run ml_article_next ml_article_parse ml_text_read ml_tokens_read ml_patterns_find \
    ml_mentions_find ml_entities_resolve ml_relations_find ml_record_write; do
    awk -v stage="$stage" -v bytes="$bytes" '
        index($0, ":" stage " ") || index($0, ":" stage "\n") || $0 ~ ":" stage "$" {
            count = $1
            gsub(",", "", count)
            printf "%-20s %8.2f instructions a byte, %d in all\n", stage, count / bytes, count
            exit
        }' "$work/report"
done
