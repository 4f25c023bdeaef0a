"""Benchmark: a neuroevolution potential of mlipview and calorine's C++ code, one core, one run.

    pip install calorine ase
    python benches/nep_vs_calorine.py nep89.txt

216 atoms of silicon, salt and water; energy, forces and stress after small displacements, so that neither program uses
cached results or rebuilds its neighbor list without need. Best of interleaved rounds. The ratio is calorine's time over
ours.
"""

import os
import pathlib
import sys
import tempfile
import time

os.environ |= {"RAYON_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import numpy as np
from ase import Atoms
from ase.build import bulk, molecule
from ase.io import write
from calorine.calculators import CPUNEP

from bench_binary import build, run

ROUNDS = 3


def systems():
    silicon = bulk("Si", cubic=True) * (3, 3, 3)
    salt = bulk("NaCl", "rocksalt", a=5.6, cubic=True) * (3, 3, 3)
    water = Atoms(cell=[18.63, 12.42, 9.315], pbc=True)
    for index in range(72):
        one = molecule("H2O")
        one.rotate(40 * index, "xyz"[index % 3])
        one.translate(3.105 * np.array([index // 12, index // 3 % 4, index % 3]))
        water += one
    for name, atoms in (("Si", silicon), ("NaCl", salt), ("water", water)):
        atoms.rattle(0.05, seed=7)
        yield name, atoms


def time_calorine(atoms):
    best = np.inf
    for sign in (1, -1, 1, -1, 1, -1):
        atoms.positions[::2, 0] += 0.01 * sign
        start = time.perf_counter()
        atoms.get_potential_energy()
        atoms.get_forces()
        atoms.get_stress()
        best = min(best, time.perf_counter() - start)
    return best


def main():
    model = str(pathlib.Path(sys.argv[1]).resolve())
    binary = build("potentials")
    print(f"{model}, energy + forces + stress, one core, µs per atom")
    print("system  atoms   ours  calorine  ratio")
    for name, atoms in systems():
        atoms.calc = CPUNEP(model)
        energy = atoms.get_potential_energy()
        ours = theirs = np.inf
        with tempfile.NamedTemporaryFile(suffix=".xyz") as file:
            write(file.name, atoms, format="extxyz", columns=["symbols", "positions"], write_results=False)
            for _ in range(ROUNDS):
                seconds, found = run(binary, "nep", model, file.name)
                assert abs(found - energy) < 1e-5 * len(atoms), f"{found} eV, calorine has {energy} eV"
                ours = min(ours, seconds)
                theirs = min(theirs, time_calorine(atoms))
        ours, theirs = (1e6 * seconds / len(atoms) for seconds in (ours, theirs))
        print(f"{name:7} {len(atoms):5} {ours:6.2f} {theirs:9.2f} {theirs / ours:6.1f}", flush=True)


if __name__ == "__main__":
    main()
