"""Benchmark: effective medium theory of mlipview and ASE, one core, one run.

    pip install ase
    python benches/emt_vs_ase.py

1 000 rattled copper atoms; energy, forces and stress after small displacements, so that neither program uses cached
results or rebuilds its neighbor list. Best of interleaved rounds. The ratio is ASE's time over ours.
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

import ase
import numpy as np
from ase.build import bulk
from ase.calculators.emt import EMT

from bench_binary import build, run

ROUNDS = 3


def time_ase(atoms):
    best = np.inf
    for sign in (1, -1, 1, -1):
        atoms.positions[::2, 0] += 0.01 * sign
        start = time.perf_counter()
        atoms.get_potential_energy()
        atoms.get_forces()
        atoms.get_stress()
        best = min(best, time.perf_counter() - start)
    return best


def main():
    binary = build("potentials")
    atoms = bulk("Cu", "fcc", a=3.61) * (10, 10, 10)
    atoms.rattle(0.05, seed=7)
    atoms.calc = EMT()
    energy = atoms.get_potential_energy()
    ours = theirs = np.inf
    with tempfile.NamedTemporaryFile() as file:
        np.concatenate([atoms.cell.array, atoms.positions]).astype("<f8").tofile(file.name)
        for _ in range(ROUNDS):
            seconds, found = run(binary, "emt", file.name)
            assert abs(found - energy) < 1e-8, f"{found} eV, ASE has {energy} eV"
            ours = min(ours, seconds)
            theirs = min(theirs, time_ase(atoms))
    print(f"ASE {ase.__version__}, EMT, {len(atoms)} Cu atoms, energy + forces + stress, one core")
    print(f"ours {1 / ours:.0f}/s, ASE {1 / theirs:.2f}/s, ratio {theirs / ours:.0f}")


if __name__ == "__main__":
    main()
