#!/usr/bin/env python3
"""The figures of `mangluoi evaluate` against those of the annotation guide's own scorer, on right, wrong and missing records.

    evaluate_matches_score.py MANGLUOI GOLD_FOLDER

GOLD_FOLDER holds gold.py, score.py and dev/*.gold. Exit code 77: it is not there.
"""
import glob
import json
import os
import random
import sys
import tempfile

sys.dont_write_bytecode = True
from evaluate_support import as_score_prints, check_intervals, damaged, run, write_lines

SEEDS = 12


def record_of(article):
    """What an extraction that makes no mistake would write."""
    return {"schema": "mangluoi-record/1", "id": article["id"],
            "mentions": [{key: mention[key] for key in ("start", "end", "type", "entity")}
                         for mention in article["mentions"]],
            "entities": [{"id": ident, "type": entity["type"], "name": entity["name"]}
                         for ident, entity in article["entities"].items()],
            "relations": [dict(relation) for relation in article["relations"]]}


def compare(program, folder, golds, records, what):
    """Runs both on the records; returns how many comparisons that were, and our report in JSON."""
    for flags in ([], ["--errors"], ["--errors", "--json"], ["--json"]):
        score = [sys.executable, os.path.join(folder, "score.py"), "--gold", *golds, "--pred", records, *flags]
        marked = [argument for gold in golds for argument in ("--gold", gold)]
        report = run([program, "evaluate", "-q", *marked, *flags, records])
        wanted, found = run(score), as_score_prints(report)
        if wanted == found:
            continue
        for number, (one, other) in enumerate(zip(wanted.split("\n"), found.split("\n")), 1):
            if one != other:
                sys.exit(f"{what} {flags}: line {number} differs\nscore.py: {one}\nmangluoi: {other}")
        sys.exit(f"{what} {flags}: {len(wanted)} and {len(found)} characters")
    return 4, json.loads(report)


def score_apart(score, articles, records):
    """What the scorer says of each article alone, in the order of their ids."""
    said = {}
    with open(records, encoding="utf-8") as file:
        for record in map(json.loads, file):
            said[record["id"]] = {key: record.get(key) or [] for key in ("mentions", "entities", "relations")}
    nothing = {"mentions": [], "entities": [], "relations": []}
    return [score.score([(article, said.get(article["id"], nothing))])
            for article in sorted(articles, key=lambda article: article["id"].encode())]


def main():
    program, folder = sys.argv[1:]
    golds = sorted(glob.glob(os.path.join(folder, "dev", "*.gold")))
    if not golds or not os.path.exists(os.path.join(folder, "score.py")):
        print(f"skipped: there are no marked articles in {folder}")
        sys.exit(77)
    sys.path.insert(0, folder)
    import gold  # the guide's own reader
    import score  # and its scorer
    articles = []
    for path in golds:
        with open(path, encoding="utf-8") as file:
            articles.append(gold.parse(file.read(), path))
    done = checked = 0
    with tempfile.TemporaryDirectory() as work:
        records = os.path.join(work, "records.jsonl")
        as_json = write_lines(os.path.join(work, "gold.jsonl"), articles)
        empty = [{"schema": "mangluoi-record/1", "id": article["id"], "mentions": [], "entities": [], "relations": []}
                 for article in articles]
        cases = [("right records", golds, map(record_of, articles)),
                 ("right records, gold as JSON", [as_json], map(record_of, articles)),
                 ("empty records", golds, empty)]
        for seed in range(SEEDS):
            chance = random.Random(seed)
            wrong = [damaged(record_of(article), chance, list(gold.RELATIONS)) for article in articles]
            cases.append((f"damaged records, seed {seed}", golds if seed % 2 else [as_json], wrong))
        for what, marked, said in cases:
            write_lines(records, said)
            comparisons, report = compare(program, folder, marked, records, what)
            done += comparisons
            checked += check_intervals(report, score_apart(score, articles, records), what)
    print(f"{done} comparisons with score.py on {len(articles)} marked articles: the same output; {checked} intervals are right")


if __name__ == "__main__":
    main()
