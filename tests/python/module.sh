#!/bin/sh
# The wheel in an environment of its own, in which nothing else is installed; then beside the libraries that it hands networks to.
set -eu
wheel=$(ls "$SOURCE"/build/python/dist/*.whl 2>/dev/null) || { echo "skipped: no wheel; \`sh make.sh python\` builds it"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset MANGLUOI_GAZETTEERS MANGLUOI_MODELS MANGLUOI_LIBRARY PYTHONPATH
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check --no-index --no-deps "$wheel"
cd "$work"
"$work/venv/bin/python" - <<'PY'
import mangluoi

record = mangluoi.extract(["Sáng 17-8, Chủ tịch UBND tỉnh Nam Định Phạm Đình Nghị chủ trì hội nghị."], date="2019-08-17")[0]
assert [relation["type"] for relation in record["relations"]] == ["holds_position", "chaired"], record
PY
"$PYTHON" -c 'import sysconfig; print(sysconfig.get_path("purelib"))' >"$("$work/venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/readers.pth"
"$work/venv/bin/python" "$SOURCE/tests/python/module_test.py" "$SOURCE/build/mangluoi" "$SOURCE"
"$work/venv/bin/python" "$SOURCE/tests/python/merge_test.py" "$SOURCE/build/mangluoi" "$SOURCE/docs/samples"
