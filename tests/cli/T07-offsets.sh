#!/bin/sh
# Offsets count the code points of the text as it was given: decomposed, or with a byte order mark.
. tests/cli/lib.sh

command -v python3 >/dev/null || skip "there is no python3"
printf '%s\n' "$sentence" >"$work/nfc.txt"
python3 - "$work" <<'PY'
import sys, unicodedata
work = sys.argv[1]
text = open(work + "/nfc.txt", encoding="utf-8", newline="").read()
for name, other in (("nfd", unicodedata.normalize("NFD", text)), ("bom", "\ufeff" + text),
                    ("crlf", text.replace("\n", "\r\n")), ("far", "\U0001F600 " + text)):
    open(f"{work}/{name}.txt", "w", encoding="utf-8", newline="").write(other)
PY
expect 0 extract "$work/nfc.txt" "$work/nfd.txt" "$work/bom.txt" "$work/crlf.txt" "$work/far.txt"
lines 5 "$out"
python3 - "$work" <<'PY' || fail "offsets"
import json, sys, unicodedata
work = sys.argv[1]
found = {}
for line in open(work + "/out", encoding="utf-8"):
    record = json.loads(line)
    text = open(f"{work}/{record['id']}.txt", encoding="utf-8", newline="").read()
    surfaces = [unicodedata.normalize("NFC", text[m["start"]:m["end"]]) for m in record["mentions"]]
    found[record["id"]] = (surfaces, [m["entity"] for m in record["mentions"]], record["relations"] and
                           sorted((r["type"], r["source"], r["target"]) for r in record["relations"]))
    for relation in record["relations"]:
        evidence = relation["evidence"]
        assert 0 <= evidence["start"] < evidence["end"] <= len(text), relation
assert "UBND tỉnh Nam Định" in found["nfc"][0] and "thành phố Nam Định" in found["nfc"][0], found["nfc"]
for name, what in found.items():
    if what != found["nfc"]:
        sys.exit(f"{name}: {what}\nnfc: {found['nfc']}")
PY
