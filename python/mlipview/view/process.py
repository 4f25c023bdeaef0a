"""The program that shows a view, started beside Python."""

from __future__ import annotations

import atexit
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

from ase import Atoms

from ..convert import CHARGES, MULTIPLICITIES, charge_and_multiplicity
from ..program import find_program
from ..structures import write
from .local import fetched

#: Time until a started program must answer, s; a window compiles its shaders first.
START_TIMEOUT = 120.0
#: Time until a program that is asked to end is killed, s.
END_TIMEOUT = 10.0


class Process:
    """A window or server of mlipview with a structure.

    Interrupting Python (Ctrl-C) leaves it running. A server ends with Python at the latest; a window stays.

    Args:
        atoms: the structure.
        command: arguments of the program for the path of a file with the structure and an address to listen on.
        has_window: whether these open a window.
        program: the program, as of `find_program`.

    Raises:
        FileNotFoundError: there is no program.
        RuntimeError: it ended, or does not answer; the message has its last words.
    """

    def __init__(
        self, atoms: Atoms, command: Callable[[str, str], list[str]], has_window: bool, program: str | None
    ) -> None:
        path = find_program(program)
        self._has_window = has_window
        self._words: deque[str] = deque(maxlen=20)
        self._process: subprocess.Popen[str] | None = None
        #: Link of the page with the rights of an owner; empty until a server has told it.
        self.link = ""
        self._folder = tempfile.mkdtemp(prefix="mlipview-")
        atexit.register(self._end_with_python)
        try:
            structure = os.path.join(self._folder, "atoms.xyz")
            write(structure, _bare(atoms))
            if has_window:
                # A window tells no links, so that it gets a port and a token.
                port, token = _free_port(), secrets.token_hex(16)
                self.link = f"http://127.0.0.1:{port}/#token={token}"
                arguments = [*command(structure, f"127.0.0.1:{port}"), "--owner-token", token]
            else:
                # Arguments are visible to all users of the computer: the server makes its own tokens.
                arguments = command(structure, "127.0.0.1:0")
            self._process = _started([path, *arguments], has_window)
            self._listeners = [self._listen(self._read_words), self._listen(self._read_link)]
            self._wait()
        except BaseException:
            self.close()
            raise

    @property
    def page(self) -> str:
        """Address of the page, ``http://HOST:PORT/``."""
        return self.link.partition("#")[0]

    @property
    def socket(self) -> str:
        """Address of the session protocol, with the rights of an owner."""
        page, _, token = self.link.partition("#")
        return f"ws{page.removeprefix('http')}ws?room=main&{token}"

    @property
    def words(self) -> str:
        """The last lines that the program wrote to its standard error output."""
        return "".join(self._words).strip()

    @property
    def is_running(self) -> bool:
        """Whether the program runs; closing its window ends it."""
        return self._process is not None and self._process.poll() is None

    def close(self) -> None:
        """Ends the program, and removes the files for it."""
        atexit.unregister(self._end_with_python)
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(timeout=END_TIMEOUT)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _end_with_python(self) -> None:
        """Ends a server; a window stays, which has read its structure."""
        if self._has_window:
            shutil.rmtree(self._folder, ignore_errors=True)
        else:
            self.close()

    def _wait(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT
        while time.monotonic() < deadline:
            if not self.is_running:
                raise RuntimeError(f"mlipview ended with {self._exit_code()}: {self.words}")
            if self.link and self._answers():
                return
            time.sleep(0.02)
        raise RuntimeError(f"mlipview does not answer within {START_TIMEOUT:.0f} s: {self.words}")

    def _answers(self) -> bool:
        try:
            fetched(self.page + "health", 5)
        except OSError:
            return False
        return True

    def _exit_code(self) -> int | None:
        # Its last words are complete then.
        for listener in self._listeners:
            listener.join(timeout=5)
        return self._process.returncode if self._process else None

    def _listen(self, read: Callable[[], None]) -> threading.Thread:
        # Read to the end, so that the program never waits for a full pipe.
        thread = threading.Thread(target=read, name="mlipview log", daemon=True)
        thread.start()
        return thread

    def _read_words(self) -> None:
        for line in (self._process and self._process.stderr) or ():
            self._words.append(line)

    def _read_link(self) -> None:
        for line in (self._process and self._process.stdout) or ():
            name, _, link = line.strip().partition(" ")
            if name == "own" and not self.link:
                self.link = link.strip()


def _started(command: list[str], has_window: bool) -> subprocess.Popen[str]:
    """The program in a session of its own, which Ctrl-C in the terminal does not reach."""
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        # A window that outlives Python keeps a place to write to.
        stdout=subprocess.DEVNULL if has_window else subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=True,
        # The same on Windows.
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )


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
