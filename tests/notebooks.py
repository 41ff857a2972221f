"""Runs the notebooks of docs/notebooks from top to bottom, each with a kernel of its own. That of the Python module, which
needs the wheel, is run by tests/python.

    notebooks.py PROGRAM           ends with 1 at the first cell that fails, and where a notebook draws nothing
    notebooks.py --write PROGRAM   keeps what they print and draw in the files

They work on the sample articles, or on those that MANGLUOI_ARTICLES names.
"""

import glob
import os
import sys

import nbclient
import nbformat


def run(path):
    notebook = nbformat.read(path, as_version=4)
    client = nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3",
                                     resources={"metadata": {"path": os.path.dirname(path)}})
    client.execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    if not any("image/png" in output.get("data", {}) for output in outputs):
        sys.exit(f"{path}: draws nothing")
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    return notebook


def main(arguments):
    os.environ["MANGLUOI"] = os.path.abspath(arguments[-1])
    paths = sorted(set(glob.glob("docs/notebooks/*.ipynb")) - {"docs/notebooks/module.ipynb"})
    if not paths:
        sys.exit("there are no notebooks in docs/notebooks")
    for path in paths:
        notebook = run(path)
        if arguments[0] == "--write":
            nbformat.write(notebook, path)


main(sys.argv[1:])
