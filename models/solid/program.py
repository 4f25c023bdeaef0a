"""The program as a subprocess: relaxations and dynamics by `solid`, on one thread."""

import hashlib
import json
import os
import pathlib
import subprocess
import tempfile
import threading

from ase.io import read, write

TAUGHT = pathlib.Path(__file__).with_name("teacher.json")  # results of the teacher
MAX_FORCE, MAX_STRESS, STEPS = 0.003, 10, 300  # eV/Å, bar
NOT_CONVERGED = 3  # exit status of a relaxation that has not converged


class ProgramError(Exception):
    """A command that the program refused or that failed, and its text."""


class Program:
    """mlipview with the parameters of a file of export.py, or with its own."""

    def __init__(self, path, parameters=None):
        self.path = pathlib.Path(path).resolve()
        self.parameters = pathlib.Path(parameters).resolve() if parameters else None

    def stamp(self):
        """What results depend on: the hash of the parameters."""
        return hashlib.sha256((self.parameters or self.path).read_bytes()).hexdigest()[:16]

    def lines(self, *arguments):
        """The lines of a command as JSON."""
        return self.run(*arguments)[0]

    def run(self, *arguments):
        """The lines of a command as JSON, and whether it has converged."""
        potential = "solid" + (f":file={self.parameters}" if self.parameters else "")
        command = [self.path, *map(str, arguments), "--potential", potential, "--json"]
        done = subprocess.run(command, capture_output=True, text=True, env={"RAYON_NUM_THREADS": "1", **os.environ})
        if done.returncode not in (0, NOT_CONVERGED):
            raise ProgramError(f"{' '.join(map(str, command))}: {done.stderr}")
        return [json.loads(line) for line in done.stdout.splitlines()], done.returncode == 0

    def relaxed(self, atoms, cell=False, fixed=0):
        """A copy of the atoms at rest, with their energy; the first `fixed` atoms keep their places.

        `info["converged"]` of the copy is False if the largest number of steps was not enough.
        """
        with tempfile.TemporaryDirectory() as folder:
            start, end = pathlib.Path(folder, "start.extxyz"), pathlib.Path(folder, "end.extxyz")
            write(start, atoms)
            options = ["--cell", "--smax", MAX_STRESS] if cell else []
            options += ["--fix", f"0:{fixed}"] if fixed else []
            rows, converged = self.run("relax", start, "--fmax", MAX_FORCE, "--steps", STEPS, "--every", STEPS, *options, "-o", end)
            found = read(end)
        moved = atoms.copy()
        moved.set_cell(found.cell)
        moved.positions = found.positions
        moved.info["converged"] = converged
        return moved, rows[-1]["energy"]

    def energy(self, atoms):
        """Energy, eV."""
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "atoms.extxyz")
            write(path, atoms)
            return self.lines("energy", path)[-1]["energy"]


class Results:
    """Results of a script in a JSON file, which are computed once; of other parameters, they are dropped."""

    def __init__(self, path, stamp=None):
        self.path = pathlib.Path(path)
        self.lock = threading.Lock()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.found = json.loads(self.path.read_text()) if self.path.exists() else {}
        if stamp is not None and self.found.get("stamp") != stamp:
            self.found = {"stamp": stamp}

    def once(self, name, compute):
        """The result of a name."""
        if name not in self.found:
            result = compute()
            with self.lock:
                self.found[name] = result
                part = self.path.with_suffix(".part")
                rows = (f"{json.dumps(key)}: {json.dumps(self.found[key])}" for key in sorted(self.found))
                part.write_text("{\n" + ",\n".join(rows) + "\n}\n")
                part.replace(self.path)
        return self.found[name]
