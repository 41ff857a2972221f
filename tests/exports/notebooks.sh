#!/bin/sh
# The notebooks of docs/notebooks run from top to bottom on the sample articles.
set -eu
"$PYTHON" -c 'import nbclient, ipykernel, networkx, igraph, pandas, matplotlib' 2>/dev/null ||
    { echo "skipped: the packages of tests/requirements.txt are not there; see make.sh"; exit 77; }
MPLCONFIGDIR=$(mktemp -d)
export MPLCONFIGDIR
trap 'rm -rf "$MPLCONFIGDIR"' EXIT
"$PYTHON" tests/notebooks.py "$MANGLUOI"
