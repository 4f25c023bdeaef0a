"""The notebooks of examples/ run; cells that open a view need MLIPVIEW_BINARY and use its server."""

import functools
import json
from pathlib import Path

import mlipview
import pytest
from conftest import has_ipi, help_of

NOTEBOOKS = sorted((Path(__file__).parents[2] / "examples").glob("*.ipynb"))


def test_the_notebooks_are_found_and_have_no_outputs():
    assert len(NOTEBOOKS) == 3
    for path in NOTEBOOKS:
        for cell in json.loads(path.read_text())["cells"]:
            assert not cell.get("outputs") and cell.get("execution_count") is None, path.name


def run(path, can_run):
    namespace = {}
    for number, cell in enumerate(json.loads(path.read_text())["cells"]):
        if cell["cell_type"] == "code" and can_run(cell["metadata"].get("tags", [])):
            source = "".join(cell["source"])
            exec(compile(source, f"{path.name}, cell {number}", "exec"), namespace)
    return namespace


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_cells_without_a_window_run(path):
    run(path, lambda tags: "window" not in tags)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_all_cells_run_with_the_program(path, monkeypatch, program):
    can = {"ipi": has_ipi(program), "attach": "attach" in help_of(program)}
    hidden = functools.partial(mlipview.view, display="none", program=program, arguments=("--speed", "max"))
    monkeypatch.setattr(mlipview, "view", hidden)
    monkeypatch.setenv("MLIPVIEW_BINARY", program)
    run(path, lambda tags: all(can.get(tag, True) for tag in tags))
