"""Benchmark: neighbor lists of mlipview and vesin, one core, one run.

    pip install vesin numpy
    python benches/neighbors_vs_vesin.py

Both compute the full list of pairs with indices, shifts and vectors, without a skin, into existing buffers; those of
vesin are not copied into Python. Best of interleaved rounds. The last column
is vesin's time over ours: above 1 we are faster.
"""

import os
import tempfile
import time

os.environ |= {"RAYON_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

import numpy as np
import vesin

from bench_binary import build, run

ROUNDS = 3


def random_gas(atoms, density=0.05):
    """Random points at the density of a molecular liquid, Å⁻³."""
    length = (atoms / density) ** (1 / 3)
    points = np.random.default_rng(7).random((atoms, 3)) * length
    return np.eye(3) * length, points


def copper(atoms, lattice=3.61):
    """An fcc crystal with about this number of atoms, rattled."""
    cells = round((atoms / 4) ** (1 / 3))
    corners = np.stack(np.meshgrid(*[np.arange(cells)] * 3, indexing="ij"), -1).reshape(-1, 1, 3)
    basis = np.array([[0, 0, 0], [0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]])
    points = (corners + basis).reshape(-1, 3) * lattice
    points += np.random.default_rng(7).normal(0, 0.05, points.shape)
    return np.eye(3) * cells * lattice, points


def time_vesin(calculator, cell, points):
    best = np.inf
    for _ in range(5):
        start = time.perf_counter()
        first, *_ = calculator.compute(
            points=points, box=cell, periodic=True, quantities="ijSD", copy=False
        )
        best = min(best, time.perf_counter() - start)
    return best, len(first)


def main():
    binary = build("neighbors")
    print(f"vesin {vesin.__version__}")
    print(f"{'system':12} {'atoms':>7} {'cutoff':>6} {'pairs':>9} {'ours/ms':>9} {'vesin/ms':>9} {'ratio':>6}")
    for name, system, cutoff in [("random", random_gas, 6.0), ("fcc copper", copper, 6.0)]:
        for atoms in [1_000, 10_000, 100_000]:
            cell, points = system(atoms)
            calculator = vesin.NeighborList(cutoff=cutoff, full_list=True, n_threads=1)
            with tempfile.NamedTemporaryFile() as file:
                np.concatenate([cell, points]).astype("<f8").tofile(file.name)
                ours = theirs = np.inf
                for _ in range(ROUNDS):
                    seconds, our_pairs = run(binary, file.name, cutoff)
                    ours = min(ours, seconds)
                    seconds, pairs = time_vesin(calculator, cell, points)
                    theirs = min(theirs, seconds)
                    assert our_pairs == pairs, f"{our_pairs:.0f} pairs, vesin has {pairs}"
            print(
                f"{name:12} {len(points):7} {cutoff:6.1f} {pairs:9} {ours * 1e3:9.2f}"
                f" {theirs * 1e3:9.2f} {theirs / ours:6.2f}"
            )


if __name__ == "__main__":
    main()
