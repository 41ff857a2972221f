#!/bin/sh
# Articles that cannot be read: an error record in their place, exit code 1, and the others are done.
. tests/cli/lib.sh

mkdir "$work/news"
printf '%s\n' "$sentence" >"$work/news/a-good.txt"
: >"$work/news/b-empty.txt"
printf 'N\303\242\377\376 kh\303\264ng ph\341\272\243i UTF-8\n' >"$work/news/c-bytes.txt"
printf 'T\341\273\211nh Nam \304\220\341\273' >"$work/news/d-cut.txt"
printf '%s\n' "$sentence" >"$work/news/e-good.txt"

expect 1 extract "$work/news"
lines 5 "$out"
says '{"schema":"mangluoi-record/1","id":"b-empty","error":{"code":"empty"' "$out"
says '{"schema":"mangluoi-record/1","id":"c-bytes","error":{"code":"not_utf8"' "$out"
says '{"schema":"mangluoi-record/1","id":"d-cut","error":{"code":"not_utf8"' "$out"
[ "$(grep -c '"name":"Thành phố Nam Định"' "$out")" -eq 2 ] || fail "the good articles were not done"
for name in b-empty c-bytes d-cut; do
    says "$name" "$err"
done
says "3 of 5 articles failed" "$err"

# Each alone.
for name in b-empty c-bytes d-cut; do
    expect 1 extract "$work/news/$name.txt"
    lines 1 "$out"
    says '"error":{"code":' "$out"
done

# JSON lines: broken, no text, not an object, an empty one between good ones.
{
    printf '{"id":"a","text":"%s"}\n' "$sentence"
    printf '{"id":"b","text":"cut off\n'
    printf '{"id":"c"}\n'
    printf '[1, 2]\n'
    printf '\n'
    printf '{"id":"d","text":"%s"}' "$sentence"
} >"$work/lines.jsonl"
expect 1 extract "$work/lines.jsonl"
lines 5 "$out"
says '"error":{"code":"bad_json"' "$out"
says '"id":"c","error":{"code":"no_text"' "$out"
[ "$(grep -c '"name":"Thành phố Nam Định"' "$out")" -eq 2 ] || fail "the good lines were not done"
says "lines.jsonl:2" "$err"

# The network has what the good ones say.
expect 1 build "$work/news" -o "$work/network.json"
says "Thành phố Nam Định" "$work/network.json"

# What is not there: exit code 4; the others are done.
expect 4 extract "$work/missing.txt" "$work/news/a-good.txt"
says '"name":"Thành phố Nam Định"' "$out"
says "missing.txt" "$err"
mkdir "$work/nothing"
expect 4 extract "$work/nothing"
says "nothing" "$err"
expect 4 build "$work/missing.txt" "$work/news/a-good.txt" -o "$work/other.json"
says "Thành phố Nam Định" "$work/other.json"

# Packed files that are cut.
printf '{"id":"a","text":"%s"}\n' "$sentence" | gzip | head -c 40 >"$work/cut.jsonl.gz"
expect 4 extract "$work/cut.jsonl.gz" "$work/news/a-good.txt"
says '"name":"Thành phố Nam Định"' "$out"
says "cut.jsonl.gz" "$err"
