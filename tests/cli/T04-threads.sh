#!/bin/sh
# What comes out is the same, byte for byte, for every number of threads.
. tests/cli/lib.sh

# More articles than the queue has room for, some of them bad.
mkdir "$work/many"
for file in docs/samples/*.txt docs/samples/*.jsonl; do
    for copy in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        cp "$file" "$work/many/$copy-${file##*/}"
    done
done
: >"$work/many/3-bad.txt"
printf 'cut \341\273' >"$work/many/7-bad.txt"

expect 1 extract -q -j 1 "$work/many"
cp "$out" "$work/one"
lines 122 "$work/one"
for threads in 2 3 8; do
    expect 1 extract -q -j $threads "$work/many"
    same "$out" "$work/one"
done

# And so is the network.
expect 1 build -q -j 1 "$work/many" -o "$work/1.graphml" -o "$work/1.json" -o "$work/1.svg"
expect 1 build -q -j 2 "$work/many" -o "$work/2.graphml" -o "$work/2.json" -o "$work/2.svg"
for format in graphml json svg; do
    same "$work/1.$format" "$work/2.$format"
done
