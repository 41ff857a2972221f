"""A network cut into parts by machines that each have some of the articles, and merged part by part, is that of `mangluoi build`."""

import json
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

from mangluoi._library import MangluoiError
from mangluoi._merge import Merger

PARTS, MACHINES = 7, 3


def comparable(rows):
    return sorted(json.dumps({k: v for k, v in row.items() if k not in ("id", "key") or "source" not in row}, sort_keys=True) for row in rows)


def main(program, *inputs):
    records = subprocess.run([program, "extract", "-q", "--date", "2019-10-15", *inputs], check=True, capture_output=True).stdout.splitlines()
    with tempfile.TemporaryDirectory() as folder:
        lines, target = Path(folder) / "records.jsonl", Path(folder) / "network.json"
        lines.write_bytes(b"\n".join(records) + b"\n")
        subprocess.run([program, "build", "-q", str(lines), "-o", str(target)], check=True)
        whole = json.loads(target.read_text())
    assert len(whole["nodes"]) > PARTS and len(whole["edges"]) > PARTS
    # All records of one article are on one machine.
    machine_of = [zlib.crc32(json.loads(record)["id"].encode()) % MACHINES for record in records]
    machines = [Merger(record for record, at in zip(records, machine_of) if at == machine) for machine in range(MACHINES)]
    for what, key in (("vertices", "nodes"), ("edges", "edges")):
        parts = {part: [] for part in range(PARTS)}
        for machine in machines:
            for part, cut in machine.split(what, PARTS):
                parts[part] += cut.splitlines()
        merged = [row for lines in parts.values() for row in Merger(lines).graph()[key]]
        assert sum(1 for lines in parts.values() if lines) > 1
        assert comparable(merged) == comparable(whole[key]), f"{what} differ"
        print(f"{len(merged)} {what} merged in {PARTS} parts, the same as those of mangluoi build")
    try:
        list(machines[0].split("corners", 2))
    except MangluoiError as error:
        assert error.status == "usage"
    else:
        raise AssertionError("a network has no corners")


main(*sys.argv[1:])
