#!/bin/sh
# The marked articles of ../shared, where it is: figures may rise above these floors, not fall below them.
set -eu
gold=$SHARED/gold
[ -d "$gold/dev" ] || { echo "skipped: there is no ../shared/gold/dev"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0

# floors MENTION ENTITY RELATION PRECISION GOLD...: the F1, and the precision of relations, that the task's own scorer must find,
# in per cent.
floors() {
    mention=$1 entity=$2 relation=$3 precision=$4
    shift 4
    "$PYTHON" "$gold/gold.py" --articles "$@" >"$work/articles.jsonl"
    "$MANGLUOI" extract -q "$work/articles.jsonl" -o "$work/records.jsonl"
    "$PYTHON" "$gold/score.py" --gold "$@" --pred "$work/records.jsonl" >"$work/figures"
    echo "$# articles:"
    grep ' all ' "$work/figures"
    awk -v mention="$mention" -v entity="$entity" -v relation="$relation" -v precision="$precision" '
        BEGIN { floor["mention"] = mention; floor["entity"] = entity; floor["relation"] = relation }
        $2 == "all" && 100 * $8 < floor[$1] { printf "%s: F1 %s is below the floor of %d %%\n", $1, $8, floor[$1]; bad = 1 }
        $1 == "relation" && $2 == "all" && 100 * $4 < precision { printf "relation: precision %s is below %d %%\n", $4, precision; bad = 1 }
        $2 == "all" { seen++ }
        END { exit bad || seen != 3 }' "$work/figures" || status=1
}

floors 97 95 90 95 "$gold/dev/hanoi-namdinh-2019.gold"
floors 96 95 90 93 "$gold"/dev/*.gold
exit $status
