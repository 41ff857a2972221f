"""Reads brat's files with pybrat and CoNLL with conllu and compares both with the records of the same articles.

    check_annotations.py FOLDER

The folder has records.jsonl, all.conll and brat/, as tests/exports/annotations.sh writes them.
"""

import json
import sys
import unicodedata

import conllu
import pybrat.parser


def fail(message):
    sys.exit(f"check_annotations.py: {message}")


def same(mine, theirs, what):
    if mine != theirs:
        fail(f"{what}: {mine!r} is not {theirs!r}")


def one_line(text):
    return "".join(" " if character < " " else character for character in text)


def check_brat(example, text, record):
    what = f"brat {record['id']}"
    entities = {entity.id: entity for entity in example.entities}
    same(len(entities), len(record["mentions"]), f"{what}: mentions")
    for number, mention in enumerate(record["mentions"], 1):
        entity = entities[f"T{number}"]
        same(entity.type, mention["type"].capitalize(), f"{what}: type")
        same((entity.spans[0].start, entity.spans[-1].end), (mention["start"], mention["end"]), f"{what}: place")
        same(entity.mention, one_line(text[mention["start"]:mention["end"]]), f"{what}: words")
        for span in entity.spans:
            if not text[span.start:span.end] or "\n" in text[span.start:span.end]:
                fail(f"{what}: {span} is empty or reaches over a line's end")
        reference, = entity.references
        same(reference.eid, mention["entity"], f"{what}: reference")
    named = {mention["entity"] for mention in record["mentions"]}
    wanted = [(relation["type"], relation["source"], relation["target"]) for relation in record["relations"]
              if relation["source"] in named and relation["target"] in named]
    found = [(relation.type, relation.arg1.references[0].eid, relation.arg2.references[0].eid)
             for relation in sorted(example.relations, key=lambda relation: int(relation.id[1:]))]
    same(found, wanted, f"{what}: relations")


def spans(sentences):
    """The stretches that the tags mark, as (type, words)."""
    found = []
    for sentence in sentences:
        open_type = None
        for token in sentence:
            prefix, _, kind = token["tag"].partition("-")
            if prefix == "B":
                found.append((kind.lower(), [token["form"]]))
            elif prefix == "I":
                same(kind, open_type, "an I- behind another type")
                found[-1][1].append(token["form"])
            open_type = kind if prefix in "BI" else None
    return [(kind, "".join(words)) for kind, words in found]


def check_conll(sentences, text, record):
    mentions = [(mention["type"], "".join(unicodedata.normalize("NFC", text[mention["start"]:mention["end"]]).split()))
                for mention in record["mentions"]]
    same(spans(sentences), mentions, f"conll {record['id']}")


def main(folder):
    with open(f"{folder}/records.jsonl", encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    with open(f"{folder}/all.conll", encoding="utf-8", newline="\n") as file:
        sentences = conllu.parse(file.read(), fields=["form", "tag"])
    articles = []
    for sentence in sentences:
        if "newdoc id" in sentence.metadata:
            articles.append((sentence.metadata["newdoc id"], []))
        articles[-1][1].append(sentence)
    same([name for name, _ in articles], [record["id"] for record in records], "conll: articles")
    examples = {example.id: example for example in pybrat.parser.BratParser(error="raise").parse(f"{folder}/brat")}
    same(len(examples), len(records), "brat: articles")
    for number, record in enumerate(records, 1):
        with open(f"{folder}/brat/{number:08}.txt", encoding="utf-8", newline="") as file:
            text = file.read()
        check_brat(examples[f"{number:08}"], text, record)
        check_conll(articles[number - 1][1], text, record)
    print(f"{len(records)} articles alike in brat, CoNLL and the records")


main(sys.argv[1])
