#!/bin/sh
# The shared library exports what mangluoi.h declares, no more and no less.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sed -n 's/^ML_API[A-Z_]* .*[ *]\(ml_[a-z0-9_]*\)(.*/\1/p' src/mangluoi.h | sort >"$work/declared"
# Names with two underscores in front belong to the sanitizers.
nm -D --defined-only "$BUILD/libmangluoi.so" | awk '$3 !~ /^__/ { print $3 }' | sort >"$work/exported"

[ -s "$work/declared" ] || { echo "no declarations found in mangluoi.h"; exit 1; }
diff -u "$work/declared" "$work/exported" ||
    { echo "symbols: - is declared in mangluoi.h and not exported, + is exported and not declared"; exit 1; }
