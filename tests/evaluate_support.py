"""What the tests of `mangluoi evaluate` share: records with mistakes in them, the report without what the annotation guide's own
scorer does not print, and the bootstrap, written a second time from its description in src/evaluate/bootstrap.h."""
import json
import os
import re
import subprocess
import sys
import unicodedata

TYPES = ["person", "body", "locality", "event", "site"]
OTHER_NAMES = ["", "UBND TP. Nam Định", "T.Ư Đảng", "thành phố HCM", "O'Brien", "\"X\" 'Y'", "Uỷ ban hoà bình",
               "a\tb\\c\u200b\u00a0", "Straße \U0001F600 \u0130"]
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
    for relation in record["relations"] + record.get("claims", []):
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
    for relation in kept:
        if chance.random() < 0.5:
            start = chance.randint(0, 6000)
            relation["evidence"] = {"start": start, "end": start + chance.randint(0, 400)}
    chance.shuffle(kept)
    record["relations"] = kept


def damaged(record, chance, types):
    """The record with some of everything wrong; it may be lost, too. Changes what it is given."""
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


# ---- the report ----

ADDED_LINE = re.compile(r"    .+|errors    (none|\d+, by kind:)|intervals (none|95%): .*")
ADDED_WORDS = re.compile(r"(?<=said\))   F1 95% \[[01]\.\d{3}, [01]\.\d{3}\]$|(?<=P \d\.\d{3})   P 95% \[[01]\.\d{3}, [01]\.\d{3}\]$"
                         r"|(?<=entities found)   95% \[[01]\.\d{3}, [01]\.\d{3}\]$")
PAIR = r"\[[01]\.\d+, [01]\.\d+\]"
ADDED_KEY = re.compile(r' "bootstrap": \{[^{}]*\},| +"interval": \{("(precision|recall|f1)": ' + PAIR + r"(, |(?=\})))+\},"
                       r'| "name_accuracy_interval": ' + PAIR + ",")


def as_score_prints(report):
    """The report without sentences, kinds of errors and intervals: then it must be the scorer's, to the letter."""
    lines = report.split("\n")
    json_begins = lines.index("{") if "{" in lines else len(lines)
    kept = [ADDED_WORDS.sub("", line) for line in lines[:json_begins] if not ADDED_LINE.fullmatch(line)]
    return "\n".join(kept + [line for line in lines[json_begins:] if not ADDED_KEY.fullmatch(line)])


# ---- the bootstrap ----

RESAMPLES, SEED = 1000, 1993
MASK = 2 ** 64 - 1


def splitmix64(state):
    while True:
        state = (state + 0x9e3779b97f4a7c15) & MASK
        mixed = (state ^ state >> 30) * 0xbf58476d1ce4e5b9 & MASK
        mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111eb & MASK
        yield mixed ^ mixed >> 31


def measures(right, gold, said):
    """Precision, recall and F1; None where there is nothing to divide by."""
    precision = right / said if said else None
    recall = right / gold if gold else None
    p, r = precision or 0.0, recall or 0.0
    f1 = None if not gold + said else 2 * p * r / (p + r) if p + r else 0.0
    return {"precision": precision, "recall": recall, "f1": f1}


def flatten(figures):
    """The counts (right, gold, said) of a report in JSON by level and type."""
    found = {}
    for level, types in figures.items():
        rows = {(level,): types} if level == "mention_overlap" else {}
        if level in ("mention", "entity", "relation"):
            rows = {(level, kind): row for kind, row in types.items()}
        found.update({name: (row["right"], row["gold"], row["predicted"]) for name, row in rows.items()})
    return found


def intervals(reports):
    """The 95 % intervals by level and type, from one report in JSON for each article, in the order of the articles' ids."""
    articles = [flatten(report) for report in reports]
    numbers = splitmix64(SEED)
    draws = [[(next(numbers) >> 32) * len(articles) >> 32 for _ in articles] for _ in range(RESAMPLES)]
    times = [[draw.count(place) for place in range(len(articles))] for draw in draws]
    found = {}
    for name in articles[0]:
        rows = [article[name] for article in articles]
        sums = [[sum(n * row[part] for n, row in zip(draw, rows) if n) for part in range(3)] for draw in times]
        for measure in ("precision", "recall", "f1"):
            if sum(measures(*row)[measure] is not None for row in rows) < 2:
                continue
            values = sorted(value for value in (measures(*row)[measure] for row in sums) if value is not None)
            low, high = -(-len(values) * 25 // 1000) - 1, -(-len(values) * 975 // 1000) - 1
            found[name, measure] = [values[low], values[high]]
    return found


def check_intervals(report, reports, what):
    """Are the intervals of the report in JSON those that the articles' own reports give? Returns how many there are."""
    wanted, found = intervals(reports), {}
    for name in flatten(report):
        row = report[name[0]] if len(name) == 1 else report[name[0]][name[1]]
        found.update({(name, measure): pair for measure, pair in row.get("interval", {}).items()})
    for place in sorted(set(wanted) | set(found)):
        if wanted.get(place) != found.get(place):
            sys.exit(f"{what}: the interval of {place} is {found.get(place)}, not {wanted.get(place)}")
    return len(found)
