"""The program mlipview for the tests that need it."""

import functools
import os
import shutil
import subprocess

import pytest


@functools.cache
def help_of(program: str, *command: str) -> str:
    found = subprocess.run([program, *command, "--help"], capture_output=True, text=True, timeout=60)
    return found.stdout


@pytest.fixture(scope="session")
def program():
    """Path of the program; tests without one are skipped with the reason."""
    wanted = os.environ.get("MLIPVIEW_BINARY") or "mlipview"
    path = shutil.which(wanted)
    if path is None:
        pytest.skip(f"no program {wanted!r}: set MLIPVIEW_BINARY")
    if "serve" not in help_of(path):
        pytest.skip(f"{path} was built without the server")
    return path


def has_ipi(program: str) -> bool:
    """Whether the program speaks the i-PI protocol: it has the command drive."""
    return "\n  drive " in help_of(program)


@pytest.fixture(scope="session")
def program_with_ipi(program):
    if not has_ipi(program):
        pytest.skip(f"{program} has no potential ipi")
    return program


@pytest.fixture(scope="session")
def program_with_attach(program):
    if "attach" not in help_of(program):
        pytest.skip(f"{program} has no command attach")
    return program
