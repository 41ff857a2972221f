#!/bin/sh
# store.sh PROGRAM: how fast a large store is built, added to and asked. BENCH_ARTICLES (1000000) made-up articles of ten
# statements each (generate.c); the store stays in BENCH_STORE, if that is set, and is not built again where it is there.
set -eu
program=$1
articles=${BENCH_ARTICLES:-1000000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
store=${BENCH_STORE:-$work/bench.db}

cc -O2 "$(dirname "$0")/generate.c" -lm -o "$work/generate"
python3 - "$program" "$store" "$articles" "$work" <<'PY'
import os, re, resource, subprocess, sys, time
program, store, articles, work = sys.argv[1:]
articles = int(articles)


def run(*arguments, stdin=None):
    """Seconds on the clock, seconds of the processor, megabytes, standard output."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(["/usr/bin/env", program, *arguments], stdin=stdin, stdout=subprocess.PIPE, check=True, encoding="utf-8")
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss / 1000, done.stdout


def say(what, result, more=""):
    print(f"{what:<44} {result[0]:8.3f} s  (processor {result[1]:7.3f} s) {more}", flush=True)


def build(count, first, what):
    with open(f"{work}/records.jsonl", "w") as file:
        subprocess.run([f"{work}/generate", str(count), str(first)], stdout=file, check=True)
    result = run("build", "-q", f"{work}/records.jsonl", "-o", store)
    os.unlink(f"{work}/records.jsonl")
    say(what, result, f"{count / result[0]:,.0f} articles/s, at most {result[2]:,.0f} MB")


if not os.path.exists(store):
    build(articles, 0, f"build {articles} articles, {10 * articles} statements")
print(f"{os.path.getsize(store) / 1e6:,.0f} MB")
build(1000, 100_000_000 + int(time.time()) % 1_000_000 * 1000, "add 1000 articles more")

rows = run("rank", store, "--by", "strength", "--type", "person", "-n", "3000", "--format", "tsv")[3].splitlines()[1:]
hub, usual = rows[0].split("\t")[2], rows[-1].split("\t")[2]
for name in [usual, hub]:
    kind = "the busiest" if name == hub else "number 3000"
    say(f"show, {kind} of all persons", min(run("show", store, name) for _ in range(3)))
    say(f"neighbors, {kind}", min(run("neighbors", store, name) for _ in range(3)))
say("query, two joined triples", min(run("query", store, '?who chaired ?event . ?event held_at place-x-300') for _ in range(3)))
say("path", min(run("path", store, usual, rows[-2].split("\t")[2]) for _ in range(3)))
result = run("rank", store, "--by", "pagerank", "-n", "10")
say("rank --by pagerank", result, f"at most {result[2]:,.0f} MB so far")
PY
