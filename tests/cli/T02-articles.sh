#!/bin/sh
# Good inputs in every form, one and the same record.
. tests/cli/lib.sh

printf '%s\n' "$sentence" >"$work/one.txt"
printf '{"id":"one","text":"%s\\n"}\n' "$sentence" >"$work/one.jsonl"

expect 0 extract "$work/one.txt"
silent "$err"
lines 1 "$out"
says '{"schema":"mangluoi-record/1","id":"one",' "$out"
says '"name":"Thành phố Nam Định"' "$out"
says '"name":"UBND tỉnh Nam Định"' "$out"
says '"type":"organized"' "$out"
cp "$out" "$work/one.record"

expect 0 extract "$work/one.jsonl"
same "$out" "$work/one.record"
expect 0 extract --input jsonl - <"$work/one.jsonl"
same "$out" "$work/one.record"
expect 0 extract -- "$work/one.txt"
same "$out" "$work/one.record"
gzip -k "$work/one.jsonl"
xz -k "$work/one.jsonl"
zstd -q "$work/one.jsonl"
for packed in gz xz zst; do
    expect 0 extract "$work/one.jsonl.$packed"
    same "$out" "$work/one.record"
done

# Standard input is one text, unless --input says otherwise.
expect 0 extract - <"$work/one.txt"
lines 1 "$out"
says '"name":"Thành phố Nam Định"' "$out"

# A folder stands for its texts and JSON lines, by name.
mkdir "$work/folder"
cp "$work/one.txt" "$work/folder/b.txt"
cp "$work/one.txt" "$work/folder/a.txt"
cp "$work/one.jsonl.gz" "$work/folder/c.jsonl.gz"
cp "$work/one.txt" "$work/folder/ignored.md"
expect 0 extract "$work/folder"
lines 3 "$out"
sed 's/.*"id":"\([a-z]*\)","mentions.*/\1/' "$out" | tr '\n' ' ' >"$work/order"
[ "$(cat "$work/order")" = "a b one " ] || fail "a folder's order: $(cat "$work/order")"

# Title, date and source are handed on; --date dates the others.
printf '{"id":"x","title":"T","date":"2019-08-17","source":"S","text":"%s"}\n{"id":"y","text":"%s"}\n' \
    "$sentence" "$sentence" >"$work/two.jsonl"
expect 0 extract --date 2020-01-02 "$work/two.jsonl"
says '"id":"x","title":"T","date":"2019-08-17","source":"S",' "$out"
says '"id":"y","date":"2020-01-02",' "$out"

# To a file: whole, with the usual rights, and nothing on standard output.
expect 0 extract -q "$work/one.txt" -o "$work/new.jsonl"
silent "$out"
same "$work/new.jsonl" "$work/one.record"
[ "$(find "$work" -name 'new.jsonl*' | wc -l)" -eq 1 ] || fail "a temporary file was left behind"
touch "$work/plain"
[ "$(stat -c %a "$work/new.jsonl")" = "$(stat -c %a "$work/plain")" ] || fail "unusual rights"
expect 0 extract -q "$work/one.txt" -o -
same "$out" "$work/one.record"
