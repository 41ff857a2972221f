#!/bin/sh
# Two who write to one store: one waits, or is told; readers read on; what both added is there.
# shellcheck disable=SC2154 # set in lib.sh
. tests/cli/lib.sh
command -v python3 >/dev/null || skip "there is no python3"

"$MANGLUOI" extract -q --date 2019-10-15 docs/samples -o "$work/all.jsonl"
head -n 3 "$work/all.jsonl" >"$work/one.jsonl"
tail -n +4 "$work/all.jsonl" >"$work/two.jsonl"
"$MANGLUOI" build -q "$work/all.jsonl" -o "$work/whole.db"
"$MANGLUOI" export "$work/whole.db" -o "$work/whole.json"

# At once, into a store that neither has made yet.
"$MANGLUOI" build -q "$work/one.jsonl" -o "$work/archive.db" 2>"$work/err.one" &
first=$!
expect 0 build -q "$work/two.jsonl" -o "$work/archive.db"
wait "$first" || { cat "$work/err.one"; fail "the first of two writers"; }
expect 0 export "$work/archive.db" -o "$work/both.json"
same "$work/both.json" "$work/whole.json"

# While another program holds the store for longer than one waits: told, and nothing is lost; reading goes on.
mkfifo "$work/held" "$work/free"
python3 - "$work" <<'PY' &
import sqlite3, sys
work = sys.argv[1]
store = sqlite3.connect(work + "/archive.db", isolation_level=None)
store.execute("BEGIN IMMEDIATE")
open(work + "/held", "w").close()
open(work + "/free").close()
store.execute("ROLLBACK")
PY
: <"$work/held"
expect 4 build -q "$work/one.jsonl" -o "$work/archive.db" --replace
says "another program writes to it" "$err"
expect 0 query "$work/archive.db" '?who chaired ?event'
: >"$work/free"
wait
expect 0 build -q "$work/one.jsonl" -o "$work/archive.db" --replace
expect 0 export "$work/archive.db" -o "$work/both.json"
same "$work/both.json" "$work/whole.json"
