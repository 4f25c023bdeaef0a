"""Ratio of the ASE calculator of python/ to the plain loop in Rust.

    pip install ./python && python benches/python_calculator.py

Both evaluate the same two geometries in turn, in one process; the Rust loop is a function of the extension
module, which sets positions and evaluates. "ASE" is `atoms.get_forces()` after the positions of the atoms have
changed. Each round times the loop of ASE between two loops in Rust; prints medians over the rounds.
"""

import statistics
import time
import warnings

import mlipview
import numpy as np
from ase.build import bulk
from mlipview._native import benchmark
from mlipview.convert import from_atoms

STEP = 0.01  # Å
ROUNDS = 41
SECONDS = 0.05  # Of one loop, short beside changes of the machine's load.


def systems():
    molecules = [mlipview.library(key) for key in ("water", "caffeine")]
    yield from (("nano", atoms) for atoms in molecules)
    helix = mlipview.library("alanine-helix")
    yield "nano", helix
    yield "nano", mlipview.library("water-box")
    for size in (2, 3, 4, 6):
        yield "emt", bulk("Cu", cubic=True) * (size, size, size)
    for size in (2, 3):
        yield "solid", bulk("NaCl", "rocksalt", a=5.64, cubic=True) * (size, size, size)


def ase_loop(atoms, calls):
    start = atoms.positions.copy()
    moved = start.copy()
    moved[:, 0] += STEP * np.arange(len(atoms)) / len(atoms)
    before = time.perf_counter()
    for call in range(calls):
        atoms.positions = moved if call % 2 else start
        atoms.get_forces()
    elapsed = time.perf_counter() - before
    atoms.positions = start
    return elapsed


def main():
    warnings.simplefilter("ignore")
    print(f"{'potential':10} {'atoms':>6} {'Rust/µs':>9} {'ASE/µs':>9} {'ASE/Rust':>9}")
    for request, atoms in systems():
        atoms.rattle(0.02, seed=1)
        atoms.calc = mlipview.Calculator(request)
        potential, configuration = atoms.calc.potential_for(atoms), from_atoms(atoms)
        calls = 2
        while (took := benchmark(potential, configuration, calls, STEP)) < SECONDS:
            calls = max(2 * calls, int(calls * SECONDS / took) // 2 * 2)
        ase_loop(atoms, 4)
        rust, ase, ratios = [], [], []
        for _ in range(ROUNDS):
            before = benchmark(potential, configuration, calls, STEP)
            between = ase_loop(atoms, calls)
            after = benchmark(potential, configuration, calls, STEP)
            rust.append((before + after) / 2)
            ase.append(between)
            ratios.append(between / rust[-1])
        ratio = statistics.median(ratios)
        per_call = [1e6 * statistics.median(times) / calls for times in (rust, ase)]
        print(f"{request:10} {len(atoms):6} {per_call[0]:9.1f} {per_call[1]:9.1f} {ratio:9.3f}", flush=True)


if __name__ == "__main__":
    main()
