#!/bin/sh
# Offsets count the code points of the text as it was given: decomposed, or with a byte order mark.
. tests/cli/lib.sh

command -v python3 >/dev/null || skip "there is no python3"
printf '%s' "$sentence" >"$work/sentence"
# Each variant is an article of the same id, so that ids must be the same too.
python3 - "$work" <<'PY'
import json, sys, unicodedata
work = sys.argv[1]
text = open(work + "/sentence", encoding="utf-8").read()
for name, other in (("nfc", text), ("nfd", unicodedata.normalize("NFD", text)), ("bom", "\ufeff" + text),
                    ("crlf", "\r\n" + text + "\r\n"), ("far", "\U0001F600 " + text)):
    with open(f"{work}/{name}.jsonl", "w", encoding="utf-8") as file:
        json.dump({"id": "same", "date": "2019-08-17", "text": other}, file, ensure_ascii=False)
PY
for name in nfc nfd bom crlf far; do
    expect 0 extract "$work/$name.jsonl"
    cp "$out" "$work/$name.record"
done
python3 - "$work" <<'PY' || fail "offsets"
import json, sys, unicodedata
work = sys.argv[1]
found = {}
for name in ("nfc", "nfd", "bom", "crlf", "far"):
    text = json.load(open(f"{work}/{name}.jsonl", encoding="utf-8"))["text"]
    record = json.load(open(f"{work}/{name}.record", encoding="utf-8"))
    for relation in record["relations"]:
        evidence = relation["evidence"]
        assert 0 <= evidence["start"] < evidence["end"] <= len(text), relation
    found[name] = ([unicodedata.normalize("NFC", text[m["start"]:m["end"]]) for m in record["mentions"]],
                   [m["entity"] for m in record["mentions"]],
                   sorted((r["type"], r["source"], r["target"]) for r in record["relations"]))
assert "UBND tỉnh Nam Định" in found["nfc"][0] and "thành phố Nam Định" in found["nfc"][0], found["nfc"]
for name, what in found.items():
    if what != found["nfc"]:
        sys.exit(f"{name}: {what}\nnfc: {found['nfc']}")
PY

# A text file's byte order mark counts as it stands there.
printf '\357\273\277%s\n' "$sentence" >"$work/mark.txt"
expect 0 extract "$work/mark.txt"
says '"mentions":[{"start":12,"end":30,' "$out"
