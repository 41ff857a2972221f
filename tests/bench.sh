#!/bin/sh
# bench.sh PROGRAM: how fast articles are extracted, beside the speed of `wc -w` on the same bytes.
# Takes the real articles of ../shared where it is there, else the samples over and over.
set -eu
program=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

corpus=../shared/corpus/news-2017.jsonl.xz
if [ -f "$corpus" ]; then
    xz -dc "$corpus" | head -n 3000 >"$work/articles.jsonl"
else
    python3 - "$work/articles.jsonl" <<'PY'
import glob, json, sys
texts = [open(path, encoding="utf-8").read() for path in sorted(glob.glob("docs/samples/*.txt"))]
with open(sys.argv[1], "w", encoding="utf-8") as out:
    for number in range(4000):
        out.write(json.dumps({"id": str(number), "text": texts[number % len(texts)]}, ensure_ascii=False) + "\n")
PY
fi

python3 - "$program" "$work/articles.jsonl" <<'PY'
import os, subprocess, sys, time
program, path = sys.argv[1:]
megabytes = os.path.getsize(path) / 1e6

def best(command, **how):
    times = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True, **how)
        times.append(time.perf_counter() - start)
    return min(times)

words = best(["wc", "-w", path], env=dict(os.environ, LC_ALL="C.UTF-8"))
print(f"{megabytes:.1f} MB; best of 3 runs, start-up included")
print(f"wc -w (C.UTF-8)    {megabytes / words:7.1f} MB/s")
for threads in sorted({1, 2, os.cpu_count() or 1}):
    seconds = best([program, "extract", "-q", "-j", str(threads), path])
    print(f"extract -j {threads:<3}     {megabytes / seconds:7.1f} MB/s  {words / seconds:5.2f} times wc -w")
start_up = best([program, "gazetteer", "list"])
print(f"start-up           {1000 * start_up:7.0f} ms")
PY
sh tests/bench/stages.sh "$program" "$work/articles.jsonl"
