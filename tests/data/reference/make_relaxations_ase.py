"""Relaxations step by step by ASE, written to relaxations_ase.json beside this file.

Run with ASE 3.29 and NumPy: python make_relaxations_ase.py
"""

import json
from pathlib import Path

import ase
import numpy as np
from ase import Atoms
from ase.build import add_adsorbate, bulk, fcc100
from ase.calculators.emt import EMT
from ase.calculators.lj import LennardJones
from ase.constraints import FixAtoms
from ase.filters import FrechetCellFilter
from ase.optimize import BFGS, FIRE, FIRE2, LBFGS

METHODS = {"BFGS": BFGS, "LBFGS": LBFGS, "FIRE": FIRE, "FIRE2": FIRE2}


def relaxation(title, atoms, potential, method, fmax, steps, cell=None, every=False):
    """One relaxation; `cell` holds the arguments of FrechetCellFilter."""
    atoms = atoms.copy()
    atoms.calc = EMT() if potential == "EMT" else LennardJones(**potential)
    fixed = sorted(i for c in atoms.constraints for i in c.get_indices())
    case = {
        "title": title,
        "potential": potential,
        "numbers": atoms.numbers.tolist(),
        "positions": atoms.positions.tolist(),
        "cell": atoms.cell.tolist() if atoms.pbc.any() else None,
        "pbc": atoms.pbc.tolist(),
        "fixed": [int(i) for i in fixed],
        "method": method,
        "fmax": fmax,
        "pressure": (cell or {}).get("scalar_pressure", 0.0),
        "isotropic": (cell or {}).get("hydrostatic_strain", False),
        "variable_cell": cell is not None,
        "energies": [],
        "trajectory": [],
    }
    target = atoms if cell is None else FrechetCellFilter(atoms, **cell)
    optimizer = METHODS[method](target, logfile=None)

    def note():
        case["energies"].append(atoms.get_potential_energy())
        if every:
            case["trajectory"].append(atoms.positions.tolist())

    optimizer.attach(note)
    case["converged"] = bool(optimizer.run(fmax=fmax, steps=steps))
    case["steps"] = optimizer.nsteps
    case["final_positions"] = atoms.positions.tolist()
    case["final_cell"] = atoms.cell.tolist()
    print(title, case["steps"], case["converged"], case["energies"][-1])
    return case


def cluster():
    """Thirteen argon-like atoms thrown loosely together: negative curvature at the start."""
    random = np.random.default_rng(5)
    grid = np.array(np.meshgrid(*[range(3)] * 3)).reshape(3, -1).T[:13] * 1.25
    positions = np.round(grid + random.normal(0, 0.05, grid.shape), 6)
    return Atoms("Ar13", positions)


def surface():
    """Oxygen above a copper (100) surface whose lowest layer is fixed."""
    random = np.random.default_rng(8)
    atoms = fcc100("Cu", (2, 2, 3), vacuum=6.0)
    add_adsorbate(atoms, "O", 1.3, "bridge")
    atoms.positions = np.round(atoms.positions + random.normal(0, 0.04, atoms.positions.shape), 6)
    atoms.set_constraint(FixAtoms(mask=atoms.get_tags() == 3))
    return atoms


def crystal():
    """Eight atoms of a copper-gold alloy in a cell sheared and squeezed out of shape."""
    random = np.random.default_rng(11)
    atoms = bulk("Cu", "fcc", a=3.7) * (2, 2, 2)
    atoms.numbers[[0, 3, 5]] = 79
    strain = np.eye(3) + np.round(random.normal(0, 0.04, (3, 3)), 6)
    atoms.set_cell(atoms.cell @ strain, scale_atoms=True)
    atoms.positions = np.round(atoms.positions + random.normal(0, 0.05, atoms.positions.shape), 6)
    return atoms


LJ = {"sigma": 1.0, "epsilon": 1.0, "rc": 3.0}
ANGLE = np.radians(104.51)
WATER = Atoms("HHO", 0.9575 * np.array([[1, 0, 0], [np.cos(ANGLE), np.sin(ANGLE), 0], [0, 0, 0]]))
IN_PLANE = {"mask": [True, True, False, False, False, True]}

cases = [relaxation("water as Lennard-Jones spheres", WATER, LJ, "BFGS", 1e-9, 20)]
cases += [
    relaxation(f"cluster, {method}", cluster(), LJ, method, 0.01, 30, every=method == "BFGS")
    for method in METHODS
]
cases += [
    relaxation(f"surface, {method}", surface(), "EMT", method, 0.01, 200, every=method == "BFGS")
    for method in METHODS
]
cases += [
    relaxation(f"crystal in its cell, {method}", crystal(), "EMT", method, 0.005, 300, {})
    for method in METHODS
]
cases += [
    relaxation("crystal under pressure", crystal(), "EMT", "BFGS", 0.002, 300, {"scalar_pressure": 0.1}),
    relaxation("crystal of one shape", crystal(), "EMT", "BFGS", 0.002, 300, {"hydrostatic_strain": True}),
    relaxation("surface in its plane", surface(), "EMT", "BFGS", 0.01, 300, IN_PLANE),
]

file = Path(__file__).with_name("relaxations_ase.json")
file.write_text(json.dumps({"ase": ase.__version__, "cases": cases}) + "\n")
