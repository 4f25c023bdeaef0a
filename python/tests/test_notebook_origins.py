"""Origins of Jupyter servers, which may show a view inline."""

import json
import re
from urllib.request import urlopen

import mlipview
import pytest
from ase.build import molecule
from mlipview.view import notebook, session


def test_origins_are_those_of_the_running_servers(tmp_path, monkeypatch):
    pytest.importorskip("jupyter_core")
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    assert notebook.origins() == []
    (tmp_path / "jpserver-1.json").write_text(json.dumps({"url": "http://localhost:8888/lab"}))
    (tmp_path / "jpserver-2.json").write_text(json.dumps({"url": "https://desk.lan:8890/"}))
    (tmp_path / "jpserver-3.json").write_text("not JSON")
    (tmp_path / "jpserver-4.json").write_text(json.dumps({"url": "http://a;b:1/"}))
    found = notebook.origins()
    assert {"http://localhost:8888", "http://127.0.0.1:8888", "https://desk.lan:8890"} <= set(found)
    assert not any(";" in origin for origin in found)


def test_only_pages_of_notebooks_show_a_view_in_frames(program, monkeypatch):
    def ancestors():
        with mlipview.view(molecule("H2O"), "nano", display="none", program=program) as view:
            policy = urlopen(view.link).headers["Content-Security-Policy"]
            return re.search("frame-ancestors ([^;]*)", policy)[1]

    assert ancestors() == "'none'"
    monkeypatch.setattr(session, "is_notebook", lambda: True)
    monkeypatch.setattr(session, "origins", lambda: ["http://localhost:8888"])
    assert ancestors() == "localhost:8888"
