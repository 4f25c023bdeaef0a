"""Frames of the potential's own relaxations and dynamics, with the program: where the student goes, the teacher is to be asked.

Crystals are (numbers, positions [atoms, 3] in Å, cell [3, 3] in Å).
"""

import pathlib
import tempfile
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from ase import Atoms
from ase.io import read, write

import variants
from program import Program, ProgramError

MAX_SCALE = 1.5  # of lengths, by a relaxation: beyond it the crystal has fallen apart
THREADS = 4  # programs at a time, which wait for files more than they calculate
RATTLE = 0.05  # Å: so that no symmetry keeps atoms at their sites


class Explorer:
    """The program on one thread with the parameters of a file."""

    def __init__(self, program, parameters):
        self.program = Program(program, parameters)

    def run(self, command, crystal, *options):
        """The last frame of a command, as a crystal; None if the command refuses or fails."""
        numbers, positions, cell = crystal
        with tempfile.TemporaryDirectory() as folder:
            start, end = (pathlib.Path(folder) / name for name in ("start.extxyz", "end.extxyz"))
            write(start, Atoms(numbers, positions, cell=cell, pbc=True))
            try:
                self.program.lines(command, start, *options, "-o", end)
            except ProgramError:
                return None
            atoms = read(end, index=-1)
        inside = np.isfinite(atoms.positions).all() and np.isfinite(atoms.cell.array).all()
        return (atoms.numbers, atoms.positions, atoms.cell.array) if inside else None

    def relaxed(self, crystal, rng):
        """The crystal with its cell at a minimum of the energy, or near it after 200 steps; None if it falls apart."""
        made = self.run("relax", variants.rattled(crystal, rng, RATTLE), "--cell", "--steps", 200, "--every", 200, "--fmax", 0.03)
        if made is None:
            return None
        scale = abs(np.linalg.det(made[2]) / np.linalg.det(crystal[2])) ** (1 / 3)
        return made if 1 / MAX_SCALE < scale < MAX_SCALE else None

    def moved(self, crystal, rng, temperature):
        """The crystal after 100 to 300 steps of 2 fs of dynamics at a temperature, K."""
        steps = int(rng.integers(100, 300))
        return self.run("md", crystal, "--steps", steps, "--every", steps, "--timestep", 2, "--temperature", temperature,
                        "--initial-temperature", 2 * temperature, "--seed", rng.integers(1 << 30))  # fmt: skip


def explored(crystal, explorer, rng):
    """Unlabeled frames of a crystal: relaxed, compressed, warm, and changed and warm: (kind, crystal)."""
    rest = explorer.relaxed(crystal, rng)
    if rest is None:
        return []
    found = [("relaxed", variants.strained(rest, rng, rng.normal() * 0.01, 0.005))]
    if rng.random() < 0.3:
        found.append(("compressed", variants.rattled(variants.strained(rest, rng, rng.uniform(-0.22, -0.07), 0.03), rng, 0.05)))
    temperature = round(np.exp(rng.uniform(np.log(300), np.log(3000))))
    found.append(("warm", explorer.moved(variants.enlarged(rest, rng, 6), rng, temperature)))
    changed = variants.variant(rest, rng) if rng.random() < 0.4 else None
    if changed is not None and len(changed[1][0]) <= variants.MAX_ATOMS:
        found.append(("warm " + changed[0], explorer.moved(changed[1], rng, round(rng.uniform(300, 1200)))))
    return [(kind, made) for kind, made in found if made is not None]


def frames(seeds, explorer, rng):
    """Unlabeled frames of seeds (tag, crystal): (structure, tag, kind, crystal)."""
    with ThreadPoolExecutor(THREADS) as pool:
        made = pool.map(lambda job: explored(job[0][1], explorer, job[1]), zip(seeds, rng.spawn(len(seeds))))
        return [(serial, tag, *frame) for serial, ((tag, _), found) in enumerate(zip(seeds, made)) for frame in found]
