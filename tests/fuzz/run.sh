#!/bin/sh
# run.sh BUILD SECONDS: runs each fuzz target for so long, from the stored inputs on. What ends a target is kept in
# BUILD/found/; put it into tests/fuzz/corpus/TARGET/ when it is mended, and it stays a test.
set -eu
build=$1
seconds=$2
status=0
mkdir -p "$build/found"
for source in tests/fuzz/*_fuzz.c; do
    target=$(basename "$source" .c)
    printf '== %s, %s seconds\n' "$target" "$seconds"
    mkdir -p "$build/corpus/$target"
    sh tests/fuzz/dictionary.sh "$target" >"$build/$target.dict"
    "$build/tests/fuzz/$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
        -dict="$build/$target.dict" -artifact_prefix="$build/found/$target-" "$build/corpus/$target" \
        "tests/fuzz/corpus/$target" >"$build/$target.log" 2>&1 || status=1
    grep -E '^stat::number_of_executed_units|ERROR|SUMMARY|Test unit written' "$build/$target.log" || true
done
exit $status
