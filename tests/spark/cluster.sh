#!/bin/sh
# A Spark cluster of two workers on this machine, over the sample articles; with ../shared, over some of its articles too.
set -eu
python=$SOURCE/build/spark/bin/python
[ -x "$python" ] || { echo "skipped: no Spark here; \`sh make.sh spark\` installs it"; exit 77; }
command -v java >/dev/null || { echo "skipped: no Java here"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset MANGLUOI_GAZETTEERS MANGLUOI_MODELS MANGLUOI_LIBRARY PYTHONPATH
"$python" - "$SOURCE/docs/samples" >"$work/articles.jsonl" <<'PY'
import json, pathlib, sys

for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    if path.suffix == ".txt":
        print(json.dumps({"id": path.stem, "text": path.read_text(encoding="utf-8"), "date": "2019-10-15"}, ensure_ascii=False))
    elif path.suffix == ".jsonl":
        print(path.read_text(encoding="utf-8"), end="")
PY
"$python" "$SOURCE/tests/spark/cluster_test.py" "$SOURCE/build/mangluoi" "$work/articles.jsonl"
