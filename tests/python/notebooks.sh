#!/bin/sh
# The notebook of the Python module runs from top to bottom, in a folder of its own, with the module from the wheel.
set -eu
wheel=$(ls "$SOURCE"/build/python/dist/*.whl 2>/dev/null) || { echo "skipped: no wheel; \`sh make.sh python\` builds it"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset MANGLUOI_GAZETTEERS MANGLUOI_MODELS MANGLUOI_LIBRARY
"$PYTHON" -m pip install -q --disable-pip-version-check --no-index --no-deps --target "$work/module" "$wheel"
cp -R "$SOURCE/docs/samples" "$work/samples"
export PATH="$SOURCE/build:$PATH" PYTHONPATH="$work/module" MPLBACKEND=agg MPLCONFIGDIR="$work"
"$PYTHON" "$SOURCE/tests/python/run_notebooks.py" "$work" "$SOURCE"/docs/notebooks/module.ipynb
