"""The program beside Python: its end with a script, Ctrl-C, its token, its files, proxies."""

import os
import signal
import subprocess
import sys
import time

import mlipview
import pytest
from ase.build import molecule
from mlipview.view import process

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and /proc")

SCRIPT = """
import os, sys, mlipview
from ase.build import molecule
view = mlipview.view(molecule("H2O"), "nano", display="none", program=sys.argv[1])
print(view._session.process._process.pid, flush=True)
"""


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def opened(program):
    return mlipview.view(molecule("H2O"), "nano", display="none", program=program)


def test_a_script_that_ends_without_close_ends_its_server_and_leaves_no_files(program, tmp_path):
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", SCRIPT, program]
    script = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
    assert not is_alive(int(script.stdout))
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_of_the_terminal_leaves_the_server_running(program):
    waits = "\ntry:\n    input()\nexcept KeyboardInterrupt:\n    view.relax(); view.wait(20); print('goes on')\n"
    script = subprocess.Popen(
        [sys.executable, "-c", SCRIPT + waits, program],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True,
    )
    pid = int(script.stdout.readline())
    os.killpg(script.pid, signal.SIGINT)
    words, _ = script.communicate(timeout=60)
    assert words.strip() == "goes on" and not is_alive(pid)


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="no /proc")
def test_no_token_is_among_the_arguments_of_a_server(program):
    with opened(program) as view:
        pid = view._session.process._process.pid
        with open(f"/proc/{pid}/cmdline") as arguments:
            told = arguments.read()
        page, _, token = view.link.partition("#token=")
        assert len(token) >= 16 and token not in told and "token" not in told
        assert page.startswith("http://127.0.0.1:")


def test_a_structure_that_cannot_be_written_leaves_no_files(program, monkeypatch, tmp_path):
    def full(*_):
        raise OSError("no space left")

    monkeypatch.setattr(process, "write", full)
    monkeypatch.setattr(process.tempfile, "tempdir", str(tmp_path))
    with pytest.raises(OSError, match="no space left"):
        opened(program)
    assert list(tmp_path.iterdir()) == []


def test_a_proxy_of_the_environment_is_not_asked(program, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ws_proxy"):
        # Nobody listens on this port.
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    start = time.monotonic()
    with opened(program) as view:
        assert len(view.positions) == 3
    assert time.monotonic() - start < process.START_TIMEOUT / 2
