#!/bin/sh
# The program finds its tables from any folder, through a link, and where an option or a variable says.
. tests/cli/lib.sh

printf '%s\n' "$sentence" >"$work/one.txt"
expect 0 extract "$work/one.txt"
cp "$out" "$work/record"

cd "$work"
expect 0 extract one.txt
same "$out" record
ln -s "$MANGLUOI" link
MANGLUOI=$work/link
expect 0 extract one.txt
same "$out" record

# Somewhere else there are no tables, and one is told where they were sought.
cp "$(readlink -f link)" alone
MANGLUOI=$work/alone
expect 3 extract one.txt
says "--gazetteers" "$err"
silent "$out"
expect 0 extract --gazetteers "$SOURCE/gazetteers" --models="$SOURCE/models" one.txt
same "$out" record
export MANGLUOI_GAZETTEERS="$SOURCE/gazetteers" MANGLUOI_MODELS="$SOURCE/models"
expect 0 extract one.txt
same "$out" record
expect 3 extract --gazetteers "$work/nowhere" one.txt
says "nowhere" "$err"
export MANGLUOI_MODELS="$work/nothing"
expect 3 extract one.txt
says 'MANGLUOI_MODELS' "$err"

# A table that is wrong stops the program before the first article.
unset MANGLUOI_MODELS
cp -r "$SOURCE/gazetteers" broken
printf 'no tabs here\n' >>broken/titles.tsv
expect 3 extract --models "$SOURCE/models" --gazetteers broken one.txt
says "titles.tsv" "$err"
silent "$out"
expect 3 gazetteer check --models "$SOURCE/models" --gazetteers broken
says "titles.tsv:" "$out"
