#!/bin/sh
# Every allocation of a run fails once: tests/faults/memory.c. Of long runs only FAULTS_MOST of them (100; 0 is all).
set -eu
above=${TMPDIR:-/tmp}
[ ! -w /dev/shm ] || above=/dev/shm # thousands of stores are written
work=$(mktemp -d "$above/faults-XXXXXX")
trap 'rm -rf "$work"' EXIT
"$BUILD/tests/faults_memory" "$work" all "${FAULTS_MOST:-100}"
