#!/bin/sh
# Looking names up, listing tables.
. tests/cli/lib.sh

expect 0 gazetteer check
silent "$out"
says "no faults" "$err"

expect 0 gazetteer list
says localities "$out"
tables=$(cut -f 1 "$out")
for table in $tables; do
    expect 0 gazetteer list "$table"
    [ "$(wc -l <"$out")" -gt 1 ] || fail "the table $table is empty"
done

# Whatever the spelling.
expect 0 gazetteer lookup 'Nam Định'
says 'Nam Định' "$out"
for spelling in 'nam định' 'NAM ĐỊNH' 'nam dinh' 'tỉnh Nam Định'; do
    expect 0 gazetteer lookup "$spelling"
    says 'Tỉnh Nam Định' "$out"
done
expect 0 gazetteer lookup 'hoà bình'
says 'Hòa Bình' "$out"

# A date chooses the row.
expect 0 gazetteer lookup --date 2019-08-17 'tỉnh Nam Định'
says 'Tỉnh Nam Định' "$out"
expect 0 gazetteer lookup --date 2026-01-01 'tỉnh Nam Định'
! grep -q 'Tỉnh Nam Định' "$out" || fail "the province ended on 1 July 2025"

expect 0 gazetteer lookup 'Không Ai Mang Tên Này'
silent "$out"
says 'no row' "$err"

# The learned model: faults are told like those of other tables; a folder without it is fine.
cp -r models "$work/learned"
printf '0000zzzz\t1\t2\t3\n' >>"$work/learned/name-weights.tsv"
expect 3 gazetteer check --models "$work/learned"
says 'name-weights.tsv:' "$out"
printf '%s\n' "$sentence" >"$work/learned.txt"
expect 3 extract --models "$work/learned" "$work/learned.txt"
rm "$work/learned/name-weights.tsv"
expect 0 gazetteer check --models "$work/learned"
expect 0 extract -q --models "$work/learned" "$work/learned.txt"
says 'UBND tỉnh Nam Định' "$out"
