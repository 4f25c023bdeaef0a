"""Small NEP models with random parameters, and reference values for them.

Models: `*.txt` in the layout of GPUMD's `nep.txt`, made here from seeded random numbers; they describe no
material. Reference values: `reference.json`, by the CPU calculator of calorine 4.1 (`pip install
calorine==4.1 ase==3.29.0`; https://gitlab.com/materials-modeling/calorine), in double precision.

    python make_references.py                 writes the models and reference.json
    python make_references.py nep89.txt OUT   writes the reference values of a model of many elements
"""

import json
import sys
from pathlib import Path

import calorine.nep.model
import numpy as np
from ase import Atoms
from ase.build import bulk, molecule
from calorine.calculators import CPUNEP
from calorine.nep import get_descriptors

# The Python layer of calorine 4 admits version 4 only; its compiled code still has 3 and 5.
calorine.nep.model._require_nep4 = lambda version: None

HERE = Path(__file__).parent
UNIVERSAL = [0.18175, 3.1998, 0.50986, 0.94229, 0.28022, 0.4029, 0.02817, 0.20162]

# name: kind, elements, zbl line, cutoffs, n_max, basis_size, l_max, neurons
MODELS = {
    "nep3_one": ("nep3", "Si", None, "5 4.5 60 50", (6, 5), (8, 7), (4, 0, 0), 6),
    "nep3_three": ("nep3", "Na Cl O", None, "6 5 90 60", (4, 4), (8, 8), (4, 2, 0), 8),
    "nep4_one": ("nep4", "Si", None, "6 4 90 40", (8, 6), (12, 8), (4, 2, 1), 10),
    "nep4_three": ("nep4", "Na Cl O", None, "6 5 90 60", (4, 4), (8, 8), (4, 2, 1), 9),
    "nep4_cutoffs": ("nep4", "Na Cl O", None, "6 4.5 5.5 5 5 4 90 60", (3, 3), (6, 6), (3, 2, 1), 8),
    "nep5_three": ("nep5", "Na Cl O", None, "6 5 90 60", (3, 2), (6, 5), (4, 2, 1), 8),
    "nep4_zbl": ("nep4_zbl", "Na Cl O", "1 2", "6 5 90 60", (2, 2), (5, 5), (4, 2, 1), 8),
    "nep4_zbl_pairs": ("nep4_zbl", "Na Cl O", "1.25 2.5 0.7", "5 4 90 60", (2, 2), (5, 5), (2, 2, 0), 8),
    "nep3_zbl_flexible": ("nep3_zbl", "O Na Cl", "0 0", "5 4 90 60", (2, 2), (5, 5), (2, 0, 0), 8),
    "nep5_zbl_one": ("nep5_zbl", "Si", "1 2", "5 5 90 60", (4, 4), (8, 8), (4, 2, 1), 8),
}


def structures(elements):
    """Crystals, cells smaller than the cutoff, a wire, a cluster and pairs, of the given elements."""
    random = np.random.default_rng(7)
    systems = {}

    def add(name, atoms, rattle=0.15):
        if set(atoms.get_chemical_symbols()) <= set(elements):
            atoms.positions += rattle * random.standard_normal(atoms.positions.shape)
            systems[name] = atoms

    add("Si8", bulk("Si", cubic=True))
    add("Si2", bulk("Si"), 0.1)
    add("Si_cluster", Atoms("Si8", bulk("Si", cubic=True).positions), 0.1)
    add("NaCl8", bulk("NaCl", "rocksalt", a=5.6, cubic=True))
    salt = bulk("NaCl", "rocksalt", a=5.6, cubic=True) * (2, 1, 1)
    salt.symbols[[1, 4, 9]] = "O"
    salt.set_cell(salt.cell + [[0, 0.4, -0.3], [0.2, 0, 0.5], [-0.3, 0.1, 0]], scale_atoms=True)
    add("NaClO16", salt)
    add("NaCl2", bulk("NaCl", "rocksalt", a=5.2), 0.1)
    wire = Atoms("NaClO", [[0, 0, 0], [2.4, 0.3, 0], [1.0, 1.9, 0.8]], cell=[4.5, 40, 40], pbc=True)
    add("wire", wire, 0.1)
    cluster = Atoms("Na2Cl2O2", [[0, 0, 0], [2.6, 2.6, 0], [2.6, 0, 0], [0, 2.6, 0], [1.2, 1.3, 1.4], [1.3, 1.1, -2.2]])
    add("cluster", cluster, 0.1)
    for symbols in ("Si2", "NaO", "Cl2", "O2", "NaCl"):
        for distance in (0.6, 1.3, 1.8, 2.3):
            add(f"{symbols}_{distance}", Atoms(symbols, [[0, 0, 0], [0.5 * distance, 0, distance * 0.75**0.5]]), 0.0)
    if len(elements) > 20:
        for name in ("H2O", "CH3CH2OH", "C6H6"):
            add(name, molecule(name), 0.05)
        add("Cu3Au", bulk("Cu", a=3.8, cubic=True), 0.1)
        systems["Cu3Au"].symbols[0] = "Au"
        add("MgO", bulk("MgO", "rocksalt", a=4.2, cubic=True), 0.1)
        add("GaAs", bulk("GaAs", "zincblende", a=5.65, cubic=True), 0.1)
        add("water", water(), 0.03)
    if len(elements) == 16:
        alloy = bulk("Cu", a=3.9, cubic=True) * (2, 2, 2)
        alloy.symbols[:] = (elements * 2)
        add("alloy", alloy, 0.1)
        add("W", bulk("W", cubic=True), 0.1)
    return systems


def water():
    """Eight molecules in a box at the density of the liquid."""
    one = molecule("H2O")
    box = Atoms(cell=[6.21] * 3, pbc=True)
    for index in range(8):
        other = one.copy()
        other.rotate(40 * index, "xyz"[index % 3])
        other.translate(3.105 * np.array([index // 4, index // 2 % 2, index % 2]))
        box += other
    return box


def write(name, seed):
    """Writes a model; parameters of the network are scaled by the ranges of the descriptors, as in training."""
    kind, elements, zbl, cutoff, n_max, basis, l_max, neurons = MODELS[name]
    elements = elements.split()
    count = len(elements)
    descriptors = n_max[0] + 1 + (n_max[1] + 1) * (l_max[0] + (l_max[1] > 0) + (l_max[2] > 0))
    head = [f"{kind} {count} {' '.join(elements)} "]
    if zbl:
        head.append(f"zbl {zbl}")
    head += [
        f"cutoff {cutoff}",
        "n_max {} {}".format(*n_max),
        "basis_size {} {}".format(*basis),
        "l_max {} {} {}".format(*l_max),
        f"ANN {neurons} 0",
    ]
    random = np.random.default_rng(seed)
    networks = []
    for _ in range(1 if kind.startswith("nep3") else count):
        networks.append(random.uniform(-0.7, 0.7, (descriptors + 1) * neurons))
        networks.append(random.uniform(-1, 1, neurons))
        if kind.startswith("nep5"):
            networks.append(random.uniform(-3, 3, 1))
    bias = random.uniform(-2, 2, 1)
    coefficients = []
    for n, k in zip(n_max, basis):
        # Smaller for faster functions, as in trained models.
        of_pairs = random.uniform(-1, 1, (n + 1, k + 1, count * count))
        coefficients += list((of_pairs / np.arange(1, k + 2)[:, None]).ravel())
    extra = []
    if zbl == "0 0":
        for pair in range(count * (count + 1) // 2):
            extra += [0.5 + 0.1 * pair, 1.5 + 0.2 * pair]
            extra += list(np.array(UNIVERSAL) * random.uniform(0.8, 1.2, 8))
    path = HERE / f"{name}.txt"

    def put(scale):
        numbers = np.concatenate([*networks, bias, coefficients, scale, extra])
        path.write_text("\n".join(head) + "\n" + "".join(f"{number:15.7e}\n" for number in numbers))

    put(np.ones(descriptors))
    found = [get_descriptors(with_cell(atoms), str(path)) for atoms in structures(elements).values() if len(atoms) > 2]
    found = np.concatenate(found)
    put(1 / np.ptp(found, axis=0))
    return path, elements


def evaluate(path, elements):
    """Energies, forces and stresses of all structures of some elements."""
    calculator = CPUNEP(str(path))
    rows = []
    for name, atoms in structures(elements).items():
        free = not atoms.pbc.any()
        atoms = with_cell(atoms)
        atoms.calc = calculator
        row = {
            "name": name,
            "numbers": atoms.numbers.tolist(),
            "positions": atoms.positions.tolist(),
            "cell": None if free else atoms.cell.array.tolist(),
            "energies": atoms.get_potential_energies().tolist(),
            "forces": atoms.get_forces().tolist(),
        }
        if not free:
            row["stress"] = atoms.get_stress().tolist()
        rows.append(row)
    return rows


def with_cell(atoms):
    """The same, in a wide cell if it has none, which calorine needs."""
    atoms = atoms.copy()
    if not atoms.pbc.any():
        atoms.set_cell([60, 60, 60])
    return atoms


def rounded(value):
    """Ten decimals are enough, and shorter."""
    if isinstance(value, float):
        return round(value, 10)
    if isinstance(value, list):
        return [rounded(part) for part in value]
    if isinstance(value, dict):
        return {key: rounded(part) for key, part in value.items()}
    return value


def main():
    if len(sys.argv) == 3:
        elements = Path(sys.argv[1]).read_text().split("\n")[0].split()[2:]
        Path(sys.argv[2]).write_text(json.dumps({"model": evaluate(sys.argv[1], elements)}))
        return
    reference = {}
    for seed, name in enumerate(MODELS):
        path, elements = write(name, 100 + seed)
        reference[name] = rounded(evaluate(path, elements))
    lines = [f'"{name}": [\n' + ",\n".join(json.dumps(row) for row in rows) + "\n]" for name, rows in reference.items()]
    (HERE / "reference.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
