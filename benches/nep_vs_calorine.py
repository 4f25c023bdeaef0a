"""Benchmark: a neuroevolution potential of mlipview and calorine's C++ code, one core, one run.

    pip install calorine ase
    python benches/nep_vs_calorine.py [nep89.txt]

Without a file, the model has the sizes of NEP89 (T. Liang et al., arXiv:2504.21286) and random parameters: the time does
not depend on their values.

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
from ase.data import chemical_symbols
from ase.io import write
from calorine.calculators import CPUNEP

from bench_binary import build, run

ROUNDS = 3


def write_random_model(path):
    """A model of 89 elements with the sizes of NEP89: cutoffs 6 and 5 Å, 5 functions of 9 each, 80 neurons."""
    elements = [symbol for symbol in chemical_symbols[1:95] if symbol not in ("Po", "At", "Rn", "Fr", "Ra")]
    types, functions, basis, neurons = len(elements), 5, 9, 80
    descriptors = functions + 6 * functions  # radial; l = 1 to 4 of three bodies, one of four, one of five
    rng = np.random.default_rng(7)
    draw = lambda width, *shape: rng.normal(size=shape).ravel() * width
    networks = [np.concatenate([draw(0.3, neurons, descriptors), draw(0.3, neurons), draw(0.05, neurons)]) for _ in elements]
    pairs = [draw(0.3, functions, basis, types, types) for _ in ("radial", "angular")]
    numbers = np.concatenate([*networks, [0.0], *pairs, np.full(descriptors, 0.05)])
    header = f"""nep4_zbl {types} {" ".join(elements)}
zbl 1 2
cutoff 6 5 200 150
n_max {functions - 1} {functions - 1}
basis_size {basis - 1} {basis - 1}
l_max 4 2 1
ANN {neurons} 0
"""
    pathlib.Path(path).write_text(header + "".join(f"{number:.8e}\n" for number in numbers))


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
    with tempfile.TemporaryDirectory() as folder:
        model, title = pathlib.Path(folder, "nep.txt"), "random parameters"
        if len(sys.argv) > 1:
            model = pathlib.Path(sys.argv[1]).resolve()
            title = model.name
        else:
            write_random_model(model)
        compare(str(model), title)


def compare(model, title):
    binary = build("potentials")
    print(f"{title}, energy + forces + stress, one core, µs per atom")
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
