#!/bin/sh
# The sources are as `make format` leaves them.
set -eu
command -v clang-format >/dev/null || { echo "skipped: clang-format is not installed"; exit 77; }
find src tests docs -name '*.[ch]' -exec clang-format --dry-run -Werror {} +
