#!/usr/bin/env python3
"""What `mangluoi evaluate` says of the marked articles in tests/evaluate, whose texts are those of docs/samples.

    evaluate_samples.py MANGLUOI

Extracts them, does damage to the records, and looks whether intervals, sentences and kinds of errors are what the rest of the
report says that they must be. How right the extraction is does not matter here.
"""
import ast
import collections
import glob
import json
import os
import random
import re
import sys
import tempfile

sys.dont_write_bytecode = True
from evaluate_support import as_score_prints, check_intervals, damaged, run, write_lines

COPIES = 3  # of each article, so that there is something to draw from
SEEDS = 1
MISTAKE = re.compile(r"(?P<id>[a-z]+[0-9]): (?:name: '(?P<name>.*)' was named .*|(?P<verdict>missed|wrong) "
                     r"(?:(?P<type>person|body|locality) (?P<words>['\"].*['\"]) at (?P<start>\d+)|(?P<relation>[a-z_]+): .*))")
KIND = re.compile(r" +(\d+)  (mention|name|relation) +(missed|wrong) +(\S+)")


def read_gold(source):
    """Id, date and text of a marked article, and the types of its entities by their names."""
    head, _, body = source.partition("\n@text\n")
    text = re.sub(r"\{\{[a-z]+[0-9]+\|([^{}|]+)\}\}", r"\1", body)
    types = {line.split(None, 2)[2].split(" = ")[0]: line.split(None, 2)[1]
             for line in head.partition("@entities\n")[2].partition("\n@relations")[0].split("\n")}
    return {"id": re.search(r"^@id (.*)$", head, re.M).group(1), "date": re.search(r"^@date (.*)$", head, re.M).group(1),
            "text": text}, types


def copy_golds(samples, work):
    """Several copies of each marked article, with ids of their own: their paths, articles and types of entities."""
    golds, articles, types = [], [], {}
    for number, path in enumerate(samples * COPIES):
        with open(path, encoding="utf-8") as file:
            source = re.sub(r"^@id .*$", lambda line: f"{line[0]}{number // len(samples)}", file.read(), 1, re.M)
        article, more = read_gold(source)
        articles.append(article)
        types.update(more)
        golds.append(os.path.join(work, f"{article['id']}.gold"))
        with open(golds[-1], "w", encoding="utf-8") as file:
            file.write(source)
    return sorted(golds), articles, types


def fail(what, line, why):
    sys.exit(f"{what}: {why}\n{line}")


def check_sentence(mistake, line, text, what):
    """Are the marked line's words the text's, and the words in brackets those that the mistake is about?"""
    plain = text.replace("\n", " ")
    if line == "    (not in the text)":
        return
    for piece in re.sub(r"[][]", "", line[4:]).split("…"):
        if piece.strip() not in plain:
            fail(what, line, f"`{piece}` is not in the article")
    marked = re.findall(r"\[(.*?)\]", line)
    if mistake["words"] and "…" not in "".join(marked):
        start = int(mistake["start"])
        if len(marked) != 1 or not plain.startswith(marked[0], start) or marked[0] != ast.literal_eval(mistake["words"]).replace("\n", " "):
            fail(what, line, "the words of the mistake are not marked")
    if max(map(len, re.split(r"[][…]", line[4:]))) > 160:
        fail(what, line, "a long sentence is not shortened")


def check_errors(report, texts, types, what):
    """Has each mistake its sentence, and does the count of kinds agree with the list? Returns how many mistakes there are."""
    lines = report.split("\n")
    end = next(number for number, line in enumerate(lines) if line.startswith("errors    "))
    kinds, bare, mistake = collections.Counter(), [], None
    for line in lines[:end]:
        if line.startswith("    "):
            check_sentence(mistake, line, texts[mistake["id"]], what)
            bare = [kept for kept in bare if kept != mistake.string]
            continue
        mistake = MISTAKE.fullmatch(line)
        if not mistake:
            fail(what, line, "not a mistake and not a sentence")
        bare.append(line)
        if mistake["name"]:
            kinds["name", "wrong", types[mistake["name"]]] += 1
        elif mistake["type"]:
            kinds["mention", mistake["verdict"], mistake["type"]] += 1
        else:
            kinds["relation", mistake["verdict"], mistake["relation"]] += 1
    if [line for line in bare if not re.search(" wrong [a-z_]+: ", line)]:
        fail(what, bare[0], "no sentence under it")
    said = [KIND.fullmatch(line) for line in lines[end + 1:] if line.startswith("    ")]
    counts = [int(kind[1]) for kind in said]
    if counts != sorted(counts, reverse=True) or {kind.groups()[1:]: int(kind[1]) for kind in said} != dict(kinds):
        fail(what, lines[end], f"the kinds are not those of the list, {dict(kinds)}")
    head = f"errors    {sum(counts)}, by kind:" if counts else "errors    none"
    if lines[end] != head:
        fail(what, lines[end], f"is not `{head}`")
    return sum(counts)


def check_table(report, figures, what):
    """Are the intervals of the table those of the JSON?"""
    for level in ("mention", "entity", "relation"):
        for kind, row in figures[level].items():
            if not row["gold"] + row["predicted"]:
                continue
            pair = row.get("interval", {}).get("f1")
            tail = f"said)   F1 95% [{pair[0]:.3f}, {pair[1]:.3f}]\n" if pair else "said)\n"
            if not re.search(rf"^{level:9} {kind:16} .*{re.escape(tail)}", report, re.M):
                fail(what, report, f"the table has not {level} {kind} with {tail}")


def evaluate(program, golds, records, *flags):
    return run([program, "evaluate", "-q", *flags, *golds, records])


def check_records(program, golds, records, articles, types, what):
    report = json.loads(evaluate(program, golds, records, "--json"))
    apart = [json.loads(evaluate(program, [gold], records, "--json")) for gold in golds]
    if report["bootstrap"] != {"level": 0.95, "resamples": 1000, "seed": 1993} or any("none" not in one["bootstrap"] for one in apart):
        fail(what, report["bootstrap"], "is not what the intervals are")
    checked = check_intervals(report, apart, what)
    low, high = report["name_accuracy_interval"]
    if not low <= report["name_accuracy"] <= high or any("interval" in line for one in apart for line in one["mention"]["all"]):
        fail(what, report["name_accuracy"], "lies outside of its interval, or one article has intervals")
    if evaluate(program, golds[::-1], records, "--json") != evaluate(program, golds, records, "--json"):
        fail(what, golds, "the order of the articles makes a difference")
    table, listed = evaluate(program, golds, records), evaluate(program, golds, records, "--errors")
    check_table(table, report, what)
    if not listed.endswith("\n" + table) or as_score_prints(listed) == listed:
        fail(what, listed, "--errors says more or less than the list and the table")
    return checked, check_errors(listed, {article["id"]: article["text"] for article in articles}, types, what)


def main():
    program = sys.argv[1]
    samples = sorted(glob.glob(os.path.join(os.path.dirname(os.path.abspath(__file__)), "evaluate", "*.gold")))
    checked = mistakes = 0
    with tempfile.TemporaryDirectory() as work:
        golds, articles, types = copy_golds(samples, work)
        inputs, records = os.path.join(work, "articles.jsonl"), os.path.join(work, "records.jsonl")
        write_lines(inputs, articles)
        lines = run([program, "extract", "-q", inputs]).splitlines()
        relations = [kind for kind in json.loads(evaluate(program, golds, inputs, "--json"))["relation"] if kind != "all"]
        for seed in range(SEEDS + 1):
            chance = random.Random(seed)
            write_lines(records, (damaged(json.loads(line), chance, relations) if seed else json.loads(line) for line in lines))
            more = check_records(program, golds, records, articles, types, f"damaged records, seed {seed}" if seed else "records")
            checked, mistakes = checked + more[0], mistakes + more[1]
    print(f"{checked} intervals and {mistakes} mistakes with their sentences are right")


if __name__ == "__main__":
    main()
