#!/bin/sh
# The sources are as `make format` leaves them.
set -eu
command -v clang-format >/dev/null || { echo "skipped: clang-format is not installed"; exit 77; }
status=0
# shellcheck disable=SC2044 # file names have no spaces here
for file in $(find src tests docs -name '*.[ch]'); do
    clang-format "$file" | cmp -s - "$file" || { echo "$file: not formatted; run \`make format\`"; status=1; }
done
exit $status
