"""Keeps the README's sessions true: runs every `$ command` of its ```console blocks and compares what it prints.

    readme.py PROGRAM           ends with 1 and the difference where the README is not true
    readme.py --write PROGRAM   brings the README up to date

Commands run in a folder of their own that has docs/ and PROGRAM as build/mangluoi. Standard error counts as output.
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


def renew_all(text, program):
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(f"{folder}/build")
        os.symlink(os.path.abspath(program), f"{folder}/build/mangluoi")
        os.symlink(os.path.abspath("docs"), f"{folder}/docs")
        return re.sub(r"```console\n(.*?)\n```", lambda match: renew(match.group(1), folder), text, flags=re.S)


def main(arguments):
    write = arguments[0] == "--write"
    program = arguments[-1]
    with open("README.md", encoding="utf-8") as file:
        old = file.read()
    new = renew_all(old, program)
    if write:
        with open("README.md", "w", encoding="utf-8") as file:
            file.write(new)
    elif new != old:
        difference = difflib.unified_diff(old.splitlines(), new.splitlines(), "README.md", "as it runs", lineterm="")
        print("\n".join(difference))
        sys.exit("README.md is not true any more: run `make docs` and review what it changes")


main(sys.argv[1:])
