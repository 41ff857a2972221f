#!/bin/sh
# ablation.sh PROGRAM TRAIN [GOLD...]: what the learned model adds, on the marked articles of ../shared (or those given): the
# scores without it, with it, and with models that were trained without the articles that they are scored on (five folds).
set -eu
program=$1 train=$2
shift 2
shared=../shared
[ -d $shared/gold/dev ] || { echo "skipped: there is no ../shared/gold/dev"; exit 77; }
[ $# -gt 0 ] || set -- $shared/gold/dev/*.gold
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r models "$work/without"
rm -f "$work/without/name-weights.tsv"

python3 $shared/gold/gold.py --articles "$@" >"$work/articles.jsonl"

# score NAME: the rows of the scorer that mentions and entities have.
score() {
    printf '%s\n' "$1"
    python3 $shared/gold/score.py --gold "$gold" --pred "$work/records.jsonl" |
        grep -E '^(mention|entity) +(all|person|body|locality)|^relation +all'
}

python3 $shared/gold/gold.py "$@" >"$work/gold.jsonl"
gold=$work/gold.jsonl

"$program" extract -q --models "$work/without" "$work/articles.jsonl" -o "$work/records.jsonl"
score "without the model"
"$program" extract -q "$work/articles.jsonl" -o "$work/records.jsonl"
score "with the model"

: >"$work/records.jsonl"
for fold in 0 1 2 3 4; do
    awk -v fold=$fold 'NR % 5 == fold' "$work/articles.jsonl" >"$work/fold.jsonl"
    [ -s "$work/fold.jsonl" ] || continue
    ids=$(sed 's/^{"id": *"\([^"]*\)".*/\1/' "$work/fold.jsonl" | paste -sd, -)
    cp -r "$work/without" "$work/fold"
    "$train" --without "$ids" -o "$work/fold/name-weights.tsv" gazetteers "$work/without" \
        $shared/corpus/news-2017.jsonl.xz $shared/gold/dev/*.gold >/dev/null
    "$program" extract -q --models "$work/fold" "$work/fold.jsonl" >>"$work/records.jsonl"
    rm -r "$work/fold"
done
score "with models trained without the articles (five folds)"
