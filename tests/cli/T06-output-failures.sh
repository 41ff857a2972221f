#!/bin/sh
# A full disk is an error, a reader that goes away is none.
. tests/cli/lib.sh

if [ -c /dev/full ]; then
    code=0
    "$MANGLUOI" extract docs/samples >/dev/full 2>"$err" || code=$?
    : >"$out"
    [ "$code" -eq 4 ] || fail "extract on a full disk: exit code $code"
    says "No space left" "$err"
    code=0
    "$MANGLUOI" build docs/samples --summary >/dev/full 2>"$err" || code=$?
    [ "$code" -eq 4 ] || fail "summary on a full disk: exit code $code"
fi

# The reader is gone before the first write.
mkfifo "$work/pipe"
for words in "extract docs/samples docs/samples" "build docs/samples --summary" "gazetteer list localities" --help; do
    { : <"$work/pipe"; } &
    code=0
    # shellcheck disable=SC2086 # words
    { sleep 0.2; exec "$MANGLUOI" $words; } >"$work/pipe" 2>"$err" || code=$?
    wait
    : >"$out"
    [ "$code" -eq 0 ] || fail "$words into a closed pipe: exit code $code"
    silent "$err"
done

# What is read is never replaced by what is written.
cp docs/samples/visit.txt "$work/self.txt"
expect 2 extract "$work/self.txt" -o "$work/self.txt"
says "is read as well" "$err"
same docs/samples/visit.txt "$work/self.txt"

# A misspelt input leaves the network of an earlier run as it was.
echo old >"$work/old.graphml"
expect 4 build "$work/nowhere" -o "$work/old.graphml"
says "nothing is written" "$err"
[ "$(cat "$work/old.graphml")" = old ] || fail "the old network is gone"

# Two files of one name are one article: that is told.
mkdir "$work/a" "$work/b"
cp docs/samples/visit.txt "$work/a/same.txt"
cp docs/samples/inspection.txt "$work/b/same.txt"
expect 0 build "$work/a" "$work/b" -o "$work/both.json"
says "have the id of another one" "$err"
