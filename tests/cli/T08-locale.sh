#!/bin/sh
# A locale changes nothing: not the order, not the numbers, not the letters.
. tests/cli/lib.sh

mkdir "$work/locales"
localedef -i vi_VN -f UTF-8 "$work/locales/vi_VN.UTF-8" 2>/dev/null || true
localedef -i tr_TR -f UTF-8 "$work/locales/tr_TR.UTF-8" 2>/dev/null || true
[ -d "$work/locales/vi_VN.UTF-8" ] || skip "localedef cannot make vi_VN.UTF-8"
export LOCPATH="$work/locales"

for locale in C vi_VN.UTF-8 tr_TR.UTF-8; do
    export LC_ALL=$locale
    expect 0 extract -q --date 2019-10-15 docs/samples
    cp "$out" "$work/records.$locale"
    expect 0 build -q --date 2019-10-15 docs/samples --summary -o "$work/$locale.graphml" -o "$work/$locale.json" -o "$work/$locale.svg"
    cp "$out" "$work/summary.$locale"
    for file in "$work/records" "$work/summary"; do
        same "$file.C" "$file.$locale"
    done
    for format in graphml json svg; do
        same "$work/C.$format" "$work/$locale.$format"
    done
done
