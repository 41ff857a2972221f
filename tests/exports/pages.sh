#!/bin/sh
# The pages of `view` and `explain` in a real browser; and the page that is built into the program is made of its sources.
set -eu
[ -d "$NODE_MODULES/playwright-core" ] || { echo "skipped: there is no playwright-core in $NODE_MODULES; see make.sh"; exit 77; }
chromium=$(command -v chromium) || { echo "skipped: chromium is not installed"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$MANGLUOI" view -q --date 2019-10-15 docs/samples -o "$work/samples.html"
"$MANGLUOI" extract -q --date 2019-10-15 --sentences docs/samples -o "$work/sentences.jsonl"
"$MANGLUOI" view -q "$work/sentences.jsonl" -o "$work/records.html"
cmp "$work/samples.html" "$work/records.html"
tac "$work/sentences.jsonl" >"$work/turned.jsonl"
"$MANGLUOI" view -q "$work/turned.jsonl" -o "$work/turned.html"
cmp "$work/samples.html" "$work/turned.html"
"$MANGLUOI" extract -q --date 2019-10-15 docs/samples -o "$work/records.jsonl"
"$MANGLUOI" view -q "$work/records.jsonl" -o "$work/bare.html"
cp tests/exports/hostile.jsonl "$work/hostile.jsonl"
"$MANGLUOI" view -q "$work/hostile.jsonl" -o "$work/hostile.html"
node tests/exports/make_large.cjs 5000 >"$work/large.jsonl"
"$MANGLUOI" view -q "$work/large.jsonl" -o "$work/large.html"
"$MANGLUOI" explain -q --date 2019-10-15 docs/samples -o "$work/explain.html"
node tests/exports/check_pages.cjs "$NODE_MODULES" "$chromium" "$work"

page=$NODE_MODULES/../../page
if [ -d "$page/node_modules" ]; then
    cp -r "$page/node_modules" "$work/node_modules"
    cp src/page/parts/* "$work/"
    node "$work/build.mjs" "$work/page.html"
    cmp "$work/page.html" src/page/page.html || { echo "src/page/page.html is not what src/page/parts/ makes: run \`sh make.sh page\`"; exit 1; }
else
    echo "not compared with its sources: there is no $page/node_modules; see make.sh"
fi
