"""Keeps the sessions of the documents true: runs every `$ command` of their ```console blocks and compares what it prints.

    readme.py PROGRAM [DOCUMENT [FILE...]]           ends with 1 and the difference where the document is not true
    readme.py --write PROGRAM [DOCUMENT [FILE...]]   brings the document up to date

Without a DOCUMENT it is README.md. Commands run in a folder of their own that has docs/, PROGRAM as build/mangluoi and each
FILE under its name. Standard error counts as output.
"""

import difflib
import os
import re
import subprocess
import sys
import tempfile


def run(command, folder):
    done = subprocess.run(["sh", "-c", command], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, encoding="utf-8")
    return [line.rstrip() for line in done.stdout.rstrip("\n").splitlines()]


def renew(block, folder):
    sessions = ["\n".join([f"$ {command}", *run(command, folder)]) for command in re.findall(r"^\$ (.*)$", block, re.M)]
    return "```console\n" + "\n\n".join(sessions) + "\n```"


def renew_all(text, program, files):
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(f"{folder}/build")
        os.symlink(os.path.abspath(program), f"{folder}/build/mangluoi")
        os.symlink(os.path.abspath("docs"), f"{folder}/docs")
        for file in files:
            os.symlink(os.path.abspath(file), f"{folder}/{os.path.basename(file)}")
        return re.sub(r"```console\n(.*?)\n```", lambda match: renew(match.group(1), folder), text, flags=re.S)


def main(arguments):
    write = arguments[0] == "--write"
    program, *rest = arguments[write:]
    document = rest[0] if rest else "README.md"
    with open(document, encoding="utf-8") as file:
        old = file.read()
    new = renew_all(old, program, rest[1:])
    if write:
        with open(document, "w", encoding="utf-8") as file:
            file.write(new)
    elif new != old:
        difference = difflib.unified_diff(old.splitlines(), new.splitlines(), document, "as it runs", lineterm="")
        print("\n".join(difference))
        sys.exit(f"{document} is not true any more: run `make docs` and review what it changes")


main(sys.argv[1:])
