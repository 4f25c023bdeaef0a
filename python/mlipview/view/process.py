"""The program that shows a view, started beside Python."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable
from urllib.error import URLError
from urllib.request import urlopen

from ase import Atoms

from ..convert import CHARGES, MULTIPLICITIES, charge_and_multiplicity
from ..program import find_program
from ..structures import write

#: Time until a started program must answer, s; a window compiles its shaders first.
START_TIMEOUT = 120.0
#: Time until a program that is asked to end is killed, s.
END_TIMEOUT = 10.0


class Process:
    """A window or server of mlipview with a structure.

    Args:
        atoms: the structure.
        command: arguments of the program for the path of a file with the structure.
        program: the program, as of `find_program`.

    Raises:
        FileNotFoundError: there is no program.
        RuntimeError: it ended, or does not answer; the message has its last words.
    """

    def __init__(self, atoms: Atoms, command: Callable[[str], list[str]], program: str | None) -> None:
        path = find_program(program)
        self._folder = tempfile.mkdtemp(prefix="mlipview-")
        structure = os.path.join(self._folder, "atoms.xyz")
        write(structure, _bare(atoms))
        port, token = _free_port(), secrets.token_hex(16)
        self.page = f"http://127.0.0.1:{port}/"
        self.link = f"{self.page}#token={token}"
        self.socket = f"ws://127.0.0.1:{port}/ws?room=main&token={token}"
        arguments = [path, *command(structure), "--listen", f"127.0.0.1:{port}", "--owner-token", token]
        self._words: deque[str] = deque(maxlen=20)
        self._process = subprocess.Popen(
            arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace"
        )
        self._listener = threading.Thread(target=self._listen, name="mlipview log", daemon=True)
        self._listener.start()
        try:
            self._wait()
        except BaseException:
            self.close()
            raise

    @property
    def words(self) -> str:
        """The last lines that the program wrote to its standard error output."""
        return "".join(self._words).strip()

    @property
    def is_running(self) -> bool:
        """Whether the program runs; closing its window ends it."""
        return self._process.poll() is None

    def close(self) -> None:
        """Ends the program, and removes the files for it."""
        self._process.terminate()
        try:
            self._process.wait(timeout=END_TIMEOUT)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _wait(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT
        while time.monotonic() < deadline:
            if not self.is_running:
                self._listener.join(timeout=5)
                raise RuntimeError(f"mlipview ended with {self._process.returncode}: {self.words}")
            try:
                with urlopen(self.page + "health", timeout=5):
                    return
            except (URLError, OSError):
                time.sleep(0.05)
        raise RuntimeError(f"mlipview does not answer within {START_TIMEOUT:.0f} s: {self.words}")

    def _listen(self) -> None:
        # Read to the end, so that the program never waits for a full pipe.
        for line in self._process.stderr or ():
            self._words.append(line)


def _bare(atoms: Atoms) -> Atoms:
    """The atoms with what a structure file holds, without results."""
    copy = atoms.copy()
    copy.calc = None
    copy.info = {name: value for name, value in atoms.info.items() if name in CHARGES + MULTIPLICITIES}
    return copy


def charge_arguments(atoms: Atoms, charge: int | None = None, multiplicity: int | None = None) -> list[str]:
    """Arguments for the charge and the multiplicity: as given, else of ``atoms.info``, else none."""
    total, spin = charge_and_multiplicity(atoms, charge, multiplicity)
    arguments = []
    if charge is not None or any(name in atoms.info for name in CHARGES):
        arguments.append(f"--charge={total}")
    # A multiplicity of 0 is "unknown": the program takes the lowest.
    if multiplicity is not None or any(atoms.info.get(name, 0) != 0 for name in MULTIPLICITIES):
        arguments.append(f"--multiplicity={spin}")
    return arguments


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]
