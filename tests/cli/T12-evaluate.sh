#!/bin/sh
# Scores of a small marked article.
. tests/cli/lib.sh

cat >"$work/one.gold" <<'TEXT'
@id one
@date 2019-08-17
@entities
b1 body UBND tỉnh Nam Định
l1 locality Thành phố Nam Định
e1 event hội nghị
@relations
organized b1 e1
held_at e1 l1
@text
Sáng 17-8, {{b1|UBND tỉnh Nam Định}} tổ chức {{e1|hội nghị}} tại {{l1|thành phố Nam Định}}.
TEXT
printf '{"id":"one","date":"2019-08-17","text":"%s"}\n' "$sentence" >"$work/one.jsonl"

# Articles are extracted first; records are taken as they are.
expect 0 evaluate --gold "$work/one.gold" "$work/one.jsonl"
says 'mention' "$out"
cp "$out" "$work/figures"
expect 0 extract -q "$work/one.jsonl" -o "$work/records.jsonl"
expect 0 evaluate --gold "$work/one.gold" "$work/records.jsonl"
same "$out" "$work/figures"
expect 0 evaluate --gold "$work/one.gold" - --input jsonl <"$work/records.jsonl"
same "$out" "$work/figures"
expect 0 evaluate --json --gold "$work/one.gold" "$work/records.jsonl"
says '{' "$out"
says '"bootstrap": {"none": ' "$out"
expect 0 evaluate --errors --gold "$work/one.gold" "$work/records.jsonl"
printf '{"schema":"mangluoi-record/1","id":"one"}\n' >"$work/nothing.jsonl"
expect 0 evaluate --errors --gold "$work/one.gold" "$work/nothing.jsonl"
cat >"$work/wanted" <<'TEXT'
one: missed body 'UBND tỉnh Nam Định' at 11
    Sáng 17-8, [UBND tỉnh Nam Định] tổ chức hội nghị tại thành phố Nam Định.
one: missed locality 'Nam Định' at 61
    Sáng 17-8, UBND tỉnh Nam Định tổ chức hội nghị tại thành phố [Nam Định].
one: missed held_at: hội nghị -> Thành phố Nam Định
    Sáng 17-8, UBND tỉnh Nam Định tổ chức [hội nghị] tại [thành phố Nam Định].
one: missed organized: UBND tỉnh Nam Định -> hội nghị
    Sáng 17-8, [UBND tỉnh Nam Định] tổ chức [hội nghị] tại thành phố Nam Định.
errors    4, by kind:
TEXT
head -n 9 "$out" | sed 's/ $//' >"$work/listed"
same "$work/listed" "$work/wanted"

# Several marked articles, as a shell's * gives them.
sed 's/@id one/@id two/' "$work/one.gold" >"$work/two.gold"
expect 0 evaluate --gold "$work/one.gold" "$work/two.gold" "$work/records.jsonl"
! cmp -s "$out" "$work/figures" || fail "an article that was not answered lowers nothing"
says '(2 right of 4 gold, 2 said)   F1 95% [0.000, 1.000]' "$out"
says 'intervals 95%: ' "$out"

# Wrong gold, missing files.
printf '@id bad\n@text\n{{x1|never declared}}\n' >"$work/bad.gold"
expect 4 evaluate --gold "$work/bad.gold" "$work/records.jsonl"
says "bad.gold" "$err"
expect 4 evaluate --gold "$work/missing.gold" "$work/records.jsonl"
says "missing.gold" "$err"
expect 4 evaluate --gold "$work/one.gold" "$work/missing.jsonl"
says "missing.jsonl" "$err"
