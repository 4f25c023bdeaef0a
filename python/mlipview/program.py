"""The program mlipview, which has the window and the server."""

from __future__ import annotations

import os
import shutil


def find_program(program: str | None = None) -> str:
    """Path of the program: the argument, else ``MLIPVIEW_BINARY``, else ``mlipview`` of the PATH.

    Raises:
        FileNotFoundError: there is no such program.
    """
    wanted = program or os.environ.get("MLIPVIEW_BINARY") or "mlipview"
    path = shutil.which(wanted)
    if path is None:
        raise FileNotFoundError(
            f"no program {wanted!r}: install mlipview (cargo install --path . in its repository), put it on the "
            "PATH, or set MLIPVIEW_BINARY to its path"
        )
    return path
