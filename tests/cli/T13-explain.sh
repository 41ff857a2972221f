#!/bin/sh
# explain: marks, reasons and the rows behind them; colours when asked for; a page; tables changed and looked at again.
. tests/cli/lib.sh

printf '%s\n' "$sentence" >"$work/article.txt"
expect 0 explain "$work/article.txt"
silent "$err"
says '[UBND tỉnh Nam Định]1 tổ chức [hội nghị]2 tại [thành phố Nam Định]3.' "$out"
says '   1 body UBND tỉnh Nam Định (' "$out"
says 'mention.organ organs.tsv:' "$out"
says '⇒ organized UBND tỉnh Nam Định → hội nghị' "$out"
says 'organized.verb relations.rules:' "$out"
line=$(grep -o 'localities.tsv:[0-9]* vn-36 ' "$out" | head -n 1 | tr -dc '0-9 ' | cut -d ' ' -f 1)
sed -n "${line}p" "$SOURCE/gazetteers/localities.tsv" | grep -q '^vn-36	' || fail "line $line is not the row that is named"
cp "$out" "$work/plain"

# Colours: never for a file, always when asked for, and nothing but colours on top.
escape=$(printf '\033')
expect 0 explain --color always "$work/article.txt"
says "${escape}[" "$out"
sed "s/$escape\[[0-9]*m//g" "$out" >"$work/stripped"
same "$work/stripped" "$work/plain"
expect 0 explain --color never "$work/article.txt"
same "$out" "$work/plain"
expect 2 explain --color sometimes "$work/article.txt"
expect 0 explain -j 4 "$work/article.txt"
same "$out" "$work/plain"
if script -qc true /dev/null </dev/null >/dev/null 2>&1; then
    script -qc "'$MANGLUOI' explain -q '$work/article.txt'" /dev/null </dev/null >"$out"
    says "${escape}[" "$out"
    NO_COLOR=1 script -qc "'$MANGLUOI' explain -q '$work/article.txt'" /dev/null </dev/null >"$out"
    ! grep -qF "${escape}[" "$out" || fail "colours in spite of NO_COLOR"
fi

# What an article says reaches neither the terminal nor the page as anything but text.
printf 'Ông Nguyễn Văn An\033[31m chủ trì <script>alert(1)</script> hội nghị & "lễ" \302\233 tại Nam Định.\n' >"$work/hostile.txt"
expect 0 explain "$work/hostile.txt"
! grep -qF "$escape" "$out" || fail "an escape of the article reached the terminal"
! grep -q "$(printf '\302\233')" "$out" || fail "a control character of the article reached the terminal"
expect 0 explain "$work/hostile.txt" -o "$work/page.html"
silent "$out"
! grep -qi '<script' "$work/page.html" || fail "a script in the page"
says '&lt;script&gt;' "$work/page.html"
says "default-src 'none'" "$work/page.html"

# A row is changed, and the article looked at again.
cp -r "$SOURCE/gazetteers" "$work/tables"
printf 'Thôn Bản Xyz của Quảng Tèo họp.\n' >"$work/unknown.txt"
expect 0 explain --gazetteers "$work/tables" "$work/unknown.txt"
! grep -q 'vn-36-teo' "$out" || fail "what is in no table was found"
awk -F '\t' -v OFS='\t' '$1 == "vn-36" { $9 = $9 ($9 == "" ? "" : "|") "Quảng Tèo" } { print }' "$SOURCE/gazetteers/localities.tsv" \
    >"$work/tables/localities.tsv"
expect 0 explain --gazetteers "$work/tables" "$work/unknown.txt"
says '[Quảng Tèo]' "$out"
says ' vn-36' "$out"

# A record has no text; what cannot be read is told, the others are shown.
expect 0 extract -q "$work/article.txt"
cp "$out" "$work/record.jsonl"
expect 1 explain "$work/record.jsonl" "$work/article.txt"
says "give the article itself" "$err"
same "$out" "$work/plain"
printf '\377' >"$work/bad.txt"
expect 1 explain "$work/bad.txt"
silent "$out"
expect 4 explain "$work/missing.txt"

# Records for other tools: syllables in IOB2, and a tar archive for brat.
expect 0 extract --format conll "$work/article.txt"
says '# newdoc id = article' "$out"
says 'UBND	B-BODY' "$out"
says 'tỉnh	I-BODY' "$out"
expect 0 extract --format brat "$work/article.txt" -o "$work/brat.tar"
tar -xf "$work/brat.tar" -C "$work"
same "$work/00000001.txt" "$work/article.txt"
says 'T1	Body 11 29	UBND tỉnh Nam Định' "$work/00000001.ann"
expect 2 extract --format word "$work/article.txt"

# The words of the sentences, where they are asked for; what reads records takes them.
expect 0 extract --sentences "$work/article.txt"
says '"sentences":[{"start":0,"end":70,"text":"Sáng 17-8, UBND tỉnh Nam Định tổ chức' "$out"
cp "$out" "$work/sentences.jsonl"
expect 0 build -q "$work/sentences.jsonl" -o "$work/a.json"
expect 0 build -q "$work/record.jsonl" -o "$work/b.json"
same "$work/a.json" "$work/b.json"
expect 0 extract -q "$work/sentences.jsonl"
same "$out" "$work/sentences.jsonl"
