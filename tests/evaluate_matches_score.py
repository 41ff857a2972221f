#!/usr/bin/env python3
"""The figures of `mangluoi evaluate` against those of the annotation guide's own scorer, on right, wrong and missing records.

    evaluate_matches_score.py MANGLUOI GOLD_FOLDER

GOLD_FOLDER holds gold.py, score.py and dev/*.gold. Exit code 77: it is not there.
"""
import glob
import json
import os
import random
import subprocess
import sys
import tempfile
import unicodedata

TYPES = ["person", "body", "locality", "event", "site"]
OTHER_NAMES = ["", "UBND TP. Nam Định", "T.Ư Đảng", "thành phố HCM", "O'Brien", "\"X\" 'Y'", "Uỷ ban hoà bình",
               "a\tb\\c\u200b\u00a0", "Straße \U0001F600 \u0130"]
SEEDS = 12


def record_of(article):
    """What an extraction that makes no mistake would write."""
    return {"schema": "mangluoi-record/1", "id": article["id"],
            "mentions": [{key: mention[key] for key in ("start", "end", "type", "entity")}
                         for mention in article["mentions"]],
            "entities": [{"id": ident, "type": entity["type"], "name": entity["name"]}
                         for ident, entity in article["entities"].items()],
            "relations": [dict(relation) for relation in article["relations"]]}


def respell(name, chance):
    """Another spelling of a name, or another name."""
    return chance.choice([name.upper(), name.lower(), unicodedata.normalize("NFD", name), name.replace("ủy", "uỷ"),
                          name.replace("Ủy ban nhân dân", "UBND"), name.replace("Thành phố", "TP"), " " + name,
                          name[1:], chance.choice(OTHER_NAMES)])


def damage_mentions(record, chance):
    kept = []
    for mention in record["mentions"]:
        fate = chance.random()
        if fate < 0.1:
            continue
        if fate < 0.25:
            mention["start"] = max(0, mention["start"] + chance.randint(-6, 6))
            mention["end"] = max(mention["start"], mention["end"] + chance.randint(-3, 3))
        elif fate < 0.3:
            mention["type"] = chance.choice(TYPES)
        elif fate < 0.4:
            mention["entity"] = chance.choice(record["entities"])["id"]
        kept.append(mention)
        if fate > 0.95:
            kept.append(dict(mention))
        if fate > 0.98:
            kept.append(dict(mention, start=mention["end"] + 10 ** chance.randint(0, 6), end=mention["end"] + 10 ** 7))
    chance.shuffle(kept)
    record["mentions"] = kept


def damage_entities(record, chance):
    for entity in record["entities"]:
        fate = chance.random()
        if fate < 0.4:
            entity["name"] = respell(entity["name"], chance)
        if fate < 0.05:
            entity["type"] = chance.choice(TYPES)
    # Other ids, so that what breaks ties is not in the order of the gold.
    names = {entity["id"]: f"{chance.choice('xyz')}{chance.randint(1, 9)}_{number}"
             for number, entity in enumerate(record["entities"])}
    for entity in record["entities"]:
        entity["id"] = names[entity["id"]]
    for mention in record["mentions"]:
        mention["entity"] = names[mention["entity"]]
    for relation in record["relations"]:
        relation["source"], relation["target"] = names[relation["source"]], names[relation["target"]]
    # Two become one.
    for _ in range(chance.randint(0, 3)):
        one, other = chance.choice(record["entities"])["id"], chance.choice(record["entities"])["id"]
        for mention in record["mentions"]:
            if mention["entity"] == one:
                mention["entity"] = other


def damage_relations(record, chance, types):
    kept = []
    for relation in record["relations"]:
        fate = chance.random()
        if fate < 0.1:
            continue
        if fate < 0.2:
            relation["source"], relation["target"] = relation["target"], relation["source"]
        elif fate < 0.25:
            relation["type"] = chance.choice(types + ["knows"])
        elif fate < 0.3:
            relation["target"] = chance.choice(record["entities"])["id"]
        elif fate < 0.5 and "title" in relation:
            relation["title"] = respell(relation["title"], chance)
        elif fate < 0.55:
            relation["title"] = "Chủ tịch"
        kept.append(relation)
        if fate > 0.9:
            kept.append(dict(relation, title=relation["title"].upper()) if "title" in relation else dict(relation))
    for _ in range(chance.randint(0, 4)):
        ends = [chance.choice(record["entities"])["id"] for _ in "st"]
        kept.append({"type": chance.choice(types), "source": ends[0], "target": ends[1]})
    chance.shuffle(kept)
    record["relations"] = kept


def damaged(article, chance, types):
    record = record_of(article)
    fate = chance.random()
    if fate < 0.05:
        return None
    if fate < 0.1:
        return {"schema": record["schema"], "id": record["id"], "error": {"code": "not_utf8", "message": "cut"}}
    damage_mentions(record, chance)
    damage_entities(record, chance)
    damage_relations(record, chance, types)
    return record


def write_lines(path, values):
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        for value in values:
            if value is not None:
                file.write(json.dumps(value, ensure_ascii=False) + "\n")
    return path


def run(command):
    environment = dict(os.environ, PYTHONDONTWRITEBYTECODE="1", PYTHONIOENCODING="utf-8")
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env=environment)
    if done.returncode:
        sys.exit(f"{' '.join(command)[:300]}: exit code {done.returncode}\n{done.stderr}")
    return done.stdout


def compare(program, folder, golds, records, what):
    """Runs both on the records; the number of comparisons."""
    for flags in ([], ["--errors"], ["--json"], ["--errors", "--json"]):
        score = [sys.executable, os.path.join(folder, "score.py"), "--gold", *golds, "--pred", records, *flags]
        marked = [argument for gold in golds for argument in ("--gold", gold)]
        wanted, found = run(score), run([program, "evaluate", "-q", *marked, *flags, records])
        if wanted == found:
            continue
        for number, (one, other) in enumerate(zip(wanted.split("\n"), found.split("\n")), 1):
            if one != other:
                sys.exit(f"{what} {flags}: line {number} differs\nscore.py: {one}\nmangluoi: {other}")
        sys.exit(f"{what} {flags}: {len(wanted)} and {len(found)} characters")
    return 4


def main():
    program, folder = sys.argv[1:]
    golds = sorted(glob.glob(os.path.join(folder, "dev", "*.gold")))
    if not golds or not os.path.exists(os.path.join(folder, "score.py")):
        print(f"skipped: there are no marked articles in {folder}")
        sys.exit(77)
    sys.path.insert(0, folder)
    sys.dont_write_bytecode = True
    import gold  # the guide's own reader
    articles = []
    for path in golds:
        with open(path, encoding="utf-8") as file:
            articles.append(gold.parse(file.read(), path))
    done = 0
    with tempfile.TemporaryDirectory() as work:
        records = os.path.join(work, "records.jsonl")
        write_lines(records, map(record_of, articles))
        done += compare(program, folder, golds, records, "right records")
        as_json = write_lines(os.path.join(work, "gold.jsonl"), articles)
        done += compare(program, folder, [as_json], records, "right records, gold as JSON")
        write_lines(records, ({"schema": "mangluoi-record/1", "id": article["id"], "mentions": [], "entities": [],
                               "relations": []} for article in articles))
        done += compare(program, folder, golds, records, "empty records")
        for seed in range(SEEDS):
            chance = random.Random(seed)
            write_lines(records, (damaged(article, chance, list(gold.RELATIONS)) for article in articles))
            done += compare(program, folder, golds if seed % 2 else [as_json], records, f"damaged records, seed {seed}")
    print(f"{done} comparisons with score.py on {len(articles)} marked articles: the same output")


if __name__ == "__main__":
    main()
