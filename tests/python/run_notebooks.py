"""run_notebooks.py FOLDER NOTEBOOK...: runs each in FOLDER; fails where a cell fails, and where a notebook has no cell that prints."""

import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

folder, *paths = sys.argv[1:]
failed = False
for path in paths:
    notebook = nbformat.read(path, as_version=4)
    try:
        NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": folder}}).execute()
    except CellExecutionError as error:
        print(f"{path}: {error}")
        failed = True
        continue
    shown = sum(bool(cell.get("outputs")) for cell in notebook.cells)
    print(f"{path}: {shown} cells with answers")
    failed = failed or not shown
sys.exit(failed)
