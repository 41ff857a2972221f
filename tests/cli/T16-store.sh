#!/bin/sh
# A store: built, added to, asked, corrected, forgotten from, exported, read back.
. tests/cli/lib.sh
store=$work/archive.db

# Articles and their records, at once and day by day, give one network.
expect 0 build --date 2019-10-15 docs/samples -o "$store"
says "articles (6 new)" "$err"
expect 0 build --date 2019-10-15 docs/samples -o "$store"
says "6 articles (0 new)" "$err"
expect 0 extract -q --date 2019-10-15 docs/samples
sort -r "$out" >"$work/records.jsonl"
while read -r line; do
    printf '%s\n' "$line" >"$work/one.jsonl"
    expect 0 build -q "$work/one.jsonl" -o "$work/daily.db"
    silent "$err"
done <"$work/records.jsonl"
for format in graphml json; do
    expect 0 export "$store" -o "$work/a.$format"
    expect 0 export "$work/daily.db" -o "$work/b.$format"
    same "$work/a.$format" "$work/b.$format"
done

# Questions: by any spelling, with evidence, in every format.
expect 0 query "$store" '?who chaired ?event' --format table --why
says "Vũ Đình Khải" "$out"
says "chủ trì" "$out"
expect 0 query "$store" '?who holds_position "ubnd tinh hai duong"' --format csv
head -n 1 "$out" | grep -qx 'who,who_id,title,articles,first,last' || fail "not the columns of a CSV answer"
cp "$out" "$work/bare"
expect 0 query "$store" '?who holds_position "UBND Tỉnh HẢI DƯƠNG"' --format csv
same "$out" "$work/bare"
expect 0 query "$store" 'chairs' --format jsonl --why
says '"why":[{"article":' "$out"
for word in chairs attends posts cooperates co-attendance; do
    expect 0 query "$store" "$word" -n 0
    [ "$(wc -l <"$out")" -gt 1 ] || fail "$word: no answer"
done
expect 0 query "$store" '?who chaired ?event . ?who holds_position ?body . ?who is person' --explain
says "USING INDEX edge_" "$out"
expect 0 neighbors "$store" 'Vu Dinh Khai' --type chaired
lines 2 "$out"
expect 0 timeline "$store" 'Vũ Đình Khải' --since 2019 --until 2019-12
expect 0 stats "$store"
says "articles		6" "$out"
expect 0 path "$store" 'vu dinh khai' 'UBND tỉnh Lào Cai' --why
[ "$(wc -l <"$out")" -gt 2 ] || fail "no path"
expect 2 path "$store" 'vu dinh khai' 'Tỉnh Lào Cai'
says "nothing connects" "$err"
expect 0 rank "$store" --by degree -n 3
lines 4 "$out"
for measure in strength betweenness closeness pagerank core; do
    expect 0 rank "$store" --by "$measure" --type person -n 1
    lines 2 "$out"
done
expect 0 communities "$store" -n 2
lines 3 "$out"

# Localities follow their successors on request.
expect 0 show "$store" vn-30 --as-of 2026-01-01
says "Hải Phòng" "$out"
expect 0 show "$store" vn-30
! grep -q "since within" "$out" || fail "followed without being asked"

# Views; a written network is asked as a store is.
for view in full people provinces posts meetings; do
    expect 0 export "$store" --view "$view" -o "$work/$view.json"
    expect 0 rank "$work/$view.json" -n 1
done
for format in graphml json; do
    expect 0 query "$work/a.$format" '?who chaired ?event'
    cp "$out" "$work/asked.$format"
done
expect 0 query "$store" '?who chaired ?event'
same "$out" "$work/asked.graphml"
same "$out" "$work/asked.json"

# Judgements: applied, and taken back.
ids=$(expect 2 show "$store" 'Nguyễn Hữu Thạch' && grep -o 'person-x-nguyen-huu-thach[a-z0-9-]*' "$err" | sort -u)
[ "$(echo "$ids" | wc -l)" -eq 2 ] || fail "not two persons of the name"
# shellcheck disable=SC2086 # two words
printf 'same %s %s # his province became part of the other\n' $ids >"$work/judgements.txt"
expect 0 judge "$store" "$work/judgements.txt"
expect 0 show "$store" 'Nguyễn Hữu Thạch'
says "judged" "$out"
expect 0 judge "$store" /dev/null
expect 2 show "$store" 'Nguyễn Hữu Thạch'
expect 0 export "$store" -o "$work/c.json"
same "$work/a.json" "$work/c.json"
echo "alike a b" >"$work/judgements.txt"
expect 4 judge "$store" "$work/judgements.txt"
says "judgements.txt:1" "$err"

# Forgotten and added again.
expect 0 forget "$store" conference
expect 0 export "$store" -o "$work/less.json"
! cmp -s "$work/a.json" "$work/less.json" || fail "nothing was forgotten"
expect 2 forget "$store" conference
expect 0 build -q --date 2019-10-15 docs/samples/conference.txt -o "$store"
expect 0 export "$store" -o "$work/d.json"
same "$work/a.json" "$work/d.json"

# What cannot be: exit codes.
expect 2 query "$store" '?who unheard_of ?what'
says "there are attended" "$err"
expect 2 query "$store" '?who chaired nobody-at-all'
expect 2 query "$store" chairs --since yesterday
expect 2 query "$store" chairs --format xml
expect 2 rank "$store" --by beauty
expect 2 export "$store" -o "$work/a.xml"
expect 2 build docs/samples -o "$work/x.db" -o "$work/x.json"
expect 4 query "$work/missing.db" chairs
[ ! -e "$work/missing.db" ] || fail "a question made a store"
echo "no store at all, but a text" >"$work/text.db"
expect 4 query "$work/text.db" chairs
expect 4 build -q docs/samples -o "$work/text.db"
expect 4 query "$work/nowhere.json" chairs
echo '{"nodes": 1}' >"$work/other.json"
expect 4 query "$work/other.json" chairs
head -c 9000 "$work/a.graphml" >"$work/cut.graphml"
expect 4 query "$work/cut.graphml" chairs
says "cut.graphml" "$err"
sed 's/"v_label">/&\xff/' "$work/a.graphml" >"$work/bytes.graphml"
expect 4 query "$work/bytes.graphml" chairs
