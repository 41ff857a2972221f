#!/bin/sh
# dictionary.sh TARGET: words for libFuzzer to put together, most of them from the tables, one a line in quotes.
set -eu

# Words, one a line, as libFuzzer wants them: in quotes, ASCII.
quote() {
    grep -v '^$' | LC_ALL=C sort -u | LC_ALL=C awk '
        BEGIN { for (i = 128; i < 256; i++) code[sprintf("%c", i)] = sprintf("\\x%02x", i) }
        {
            out = ""
            for (i = 1; i <= length($0); i++) {
                byte = substr($0, i, 1)
                out = out (byte in code ? code[byte] : byte == "\\" || byte == "\"" ? "\\" byte : byte)
            }
            print "\"" out "\""
        }'
}

# column FILE NUMBER: its names; of several in a cell each.
column() {
    tail -n +3 "$1" | grep -v '^#' | cut -f "$2" | tr '|' '\n' | tr -d '~'
}

words_of_text() {
    column models/cues.tsv 2
    column models/events.tsv 2
    column models/designators.tsv 2
    column gazetteers/organs.tsv 2
    column gazetteers/heads.tsv 2 | sed -n '1~4p'
    column gazetteers/titles.tsv 2 | sed -n '1~8p'
    column gazetteers/fields.tsv 2 | sed -n '1~16p'
    column gazetteers/bodies.tsv 2 | sed -n '1~64p'
    column gazetteers/localities.tsv 4 | sed -n '1~512p'
    sed -n 's/^trigger //p' models/relations.rules | sed 's/ | /\n/g'
    printf '%s\n' 'Nguyễn Văn An' 'bà Trần Thị Bình' ', ' '. ' '; ' ' và ' ' - ' '(' ')' '“' '”' '17-8' '5/3/2020' '…' 'XIV'
}

words_of_json() {
    sed -n 's/.*{"\([a-z_]*\)".*/\1/p' docs/SCHEMA.md
    printf '%s\n' '{"id":' '"text":' '"title":' '"date":' '"source":' '"target":' '"schema":"mangluoi-record/1"' '"entities":[' \
        '"mentions":[' '"relations":[' '"claims":[' '"sentences":[' '"evidence":{"start":' '"end":' '"confidence":' '"name":' \
        '"type":"person"' '"type":"body"' '"type":"locality"' '"type":"event"' '"type":"site"' '"type":"holds_position"' \
        '"type":"met_with"' '"parent":' '"error":{"code":' '"nodes":[' '"edges":[' '"weight":' '"documents":' '"first":"2019-10' \
        '\ud83d\ude00' '\u0000' '\udc00' 'null' 'true' '1e999' '-0' '<node id="' '<edge source="' '<data key="v_label">' \
        '</data>' '</node>' '</edge>' '&lt;' '&#10;' '<graph id="mangluoi"'
}

words_of_tables() {
    for file in tests/fuzz/tables/*/*.tsv models/fold.tsv; do
        printf '== %s\n' "${file#tests/fuzz/tables/}"
        sed -n '1p' "$file"
        sed -n '2p' "$file" | tr '\t' '\n'
    done
    sed -n 's/^\([a-z]*\) .*/\1 /p' models/relations.rules
    grep -hoE '(left|right|list|salient|main|first|pair|within|after|bare|clause|one|person|body|locality|event|site)' models/relations.rules
    grep -hoE '\{[a-z]+\}' gazetteers/organs.tsv
    column gazetteers/localities.tsv 10
    column gazetteers/titles.tsv 7
    column gazetteers/heads.tsv 5
}

case $1 in
extract_fuzz | twins_fuzz) words_of_text ;;
article_fuzz | record_fuzz | network_fuzz | import_fuzz | packed_fuzz) words_of_json ;;
gazetteer_fuzz | rule_fuzz) words_of_tables ;;
gold_fuzz) printf '%s\n' '@id ' '@date ' '@entities' '@relations' '@text' '{{' '}}' '|' ' = ' holds_position chaired person body event ;;
pattern_fuzz) printf '%s\n' '?who ' ' . ' chaired holds_position cooperates_with ' is person' '"' co-attendance posts 2019-10 vn-30 full ;;
*) printf '%s\n' 'same ' 'different ' '#' vn-30 vn-10 ;;
esac | quote
