#!/bin/sh
# What the documents link to is there, and each document is linked to from the README or from one that is.
set -eu
status=0
# shellcheck disable=SC2013,SC2044,SC2046 # file names have no spaces here
for document in README.md $(find docs -name '*.md'); do
    for target in $(grep -oE '\]\([^)#:]+\)' "$document" | sed 's/^](//; s/)$//'); do
        [ -e "$(dirname "$document")/$target" ] || { echo "$document: there is no $target"; status=1; }
    done
done
# shellcheck disable=SC2044
for document in $(find docs -name '*.md' ! -name README.md); do
    name=$(basename "$document")
    grep -qF "$name" README.md docs/ARCHITECTURE.md || { echo "$document: no other document names it"; status=1; }
done
exit $status
