"""Writes extended XYZ files by ASE or by hand, and as JSON what ASE reads from them.

Run in this folder with ASE 3.29: `python make.py`. Velocities in the JSON are in Å/fs.
"""

import json
import math

import ase
import numpy as np
from ase import Atoms, units
from ase.build import bulk, fcc111, molecule
from ase.calculators.emt import EMT
from ase.calculators.singlepoint import SinglePointCalculator
from ase.constraints import FixAtoms, FixCartesian
from ase.io import read, write

# Read verbatim by ASE, each for a habit of the format.
BY_HAND = {
    "quoting.xyz": r"""2
Properties=species:S:1:pos:R:3 bare=word double="two words" single='it is "so"' braces={1 2 3} brackets=[4, 5, 6] escaped="a \"quoted\" back\\slash" "spaced key"=7 around = 8 equation="a=b" chain=a=b=c flag comma=1,2,3 unit=eV/Ang.^3 negative=-0.0 large=123456789012345678901234567890 underscore=1_000 exponent=1e-3 yes=True no=false mixed="1 T" logical="T F true" nan=nan utf8="Å²" uid=123 pbc="F F F"
H 0.0 0.0 0.0
H 0.0 0.0 0.74
""",
    "columns.xyz": """3
Lattice="4.0 0.0 0.0 0.5 4.5 0.0 0.25 0.125 5.0" Properties=Z:I:1:species:S:1:pos:R:3:charge:R:1:name:S:1:flags:L:2:hessian:R:4:move_mask:L:1:momenta:R:3 virial="1 2 3 4 5 6 7 8 9" stress="0.1 0.2 0.3 0.2 0.4 0.5 0.3 0.5 0.6" energy=-1.5 free_energy=-1.75 dipole="0.1 0.2 0.3" pbc="T F T"
8 O 0.1 0.2 0.3 -0.8 OW T F 1 2 3 4 F 1.0 2.0 3.0 surplus
1 H 1.0 0.2 0.3 0.4 HW1 F F 1e3 -2.5 3. .4 T -0.5 0.25 0.0
1 H 0.1 1.2 0.3 0.4 HW2 T T 0 0 0 0 T 0.0 0.0 0.0
""",
    "adf.xyz": """2
two atoms in a wire
C 0.0 0.0 0.0
H 1.1 0.0 0.0
VEC1 5.0 0.0 0.0
VEC2 0.0 6.0 0.0
""",
    "lenient.xyz": "2\r\n\r\nh\t0.0\t0.0\t0.0\r\nCL 1.27 0.0 0.0 0.5 0.5\r\n1\nsecond=T\nhE 1 2 3\n\n",
}


def written_by_ase():
    random = np.random.default_rng(7)
    frames = []
    for frame in range(3):
        atoms = bulk("Cu", cubic=True) * (1, 1, 1 + frame)
        atoms.rattle(0.05, rng=random)
        atoms.set_momenta(random.normal(size=(len(atoms), 3)))
        atoms.set_tags(range(len(atoms)))
        atoms.info.update(
            step=frame, time=0.5 * frame, converged=frame == 2, title="copper, rattled",
            empty=None, weights=np.array([0.1, 0.2]), counts=np.array([1, 2, 3]),
            switches=np.array([True, False]), table=np.arange(6.0).reshape(2, 3),
            grid=np.arange(4).reshape(2, 2), parameters={"cutoff": 5.0, "names": ["a", "b"]},
            words=["x", "y z"], virial=-atoms.get_volume() * np.eye(3), charge=2, spin=3,
        )
        atoms.calc = EMT()
        atoms.get_potential_energy(), atoms.get_forces(), atoms.get_stress()
        frames.append(atoms)
    write("copper.xyz", frames)

    slab = fcc111("Al", (1, 1, 3), periodic=True)
    slab.cell[2] = 0
    slab.pbc = (True, True, False)
    slab.set_constraint(FixAtoms([0, 1]))
    slab.set_initial_magnetic_moments([0.0, 1.0, -1.0])
    write("slab.xyz", slab)

    water = molecule("H2O")
    water.set_masses([15.9949, 2.014, 1.0078])
    water.set_initial_charges([-0.8, 0.4, 0.4])
    water.set_constraint(FixCartesian(1, mask=(True, False, False)))
    water.set_velocities([[0.01, 0.02, 0.03]] * 3)
    water.info["total_charge"] = -1
    results = {"energy": -14.25, "dipole": np.array([0.0, 0.0, -0.4]),
               "charges": np.array([-0.7, 0.35, 0.35]), "forces": np.ones((3, 3)) / 3}
    water.calc = SinglePointCalculator(water, **results)
    write("water.extxyz", water)

    write("empty.xyz", Atoms())


def described(value):
    """Kind, shape and values."""
    if isinstance(value, (str, dict, type(None))) or (
        isinstance(value, list) and not all(isinstance(v, (bool, str)) for v in value)
    ):
        kind = "text" if isinstance(value, str) else "json"
        return {"kind": kind, "shape": [], "values": [value]}
    array = np.asarray(value)
    kind = {"b": "bool", "i": "integer", "f": "real", "U": "text", "O": "text"}[array.dtype.kind]
    values = array.reshape(-1).tolist()
    values = ["nan" if isinstance(v, float) and math.isnan(v) else v for v in values]
    return {"kind": kind, "shape": list(array.shape), "values": values}


def frame(atoms):
    results = atoms.calc.results if atoms.calc else {}
    taken = {"numbers", "positions", "momenta", "masses"}
    fixed = set()
    for constraint in atoms.constraints:
        mask = getattr(constraint, "mask", np.array([True] * 3))
        fixed |= set(np.atleast_1d(constraint.index).tolist()) if mask.all() else set()
    others = {name: value for name, value in results.items()
              if name not in {"energy", "forces", "stress"}}
    per_atom = {name: value for name, value in others.items() if np.shape(value)[:1] == (len(atoms),)
                and name not in {"dipole"}}
    per_frame = {name: value for name, value in others.items() if name not in per_atom}
    arrays = {name: value for name, value in atoms.arrays.items() if name not in taken} | per_atom
    described_or_none = lambda value: None if value is None else np.asarray(value).tolist()
    return {
        "numbers": atoms.numbers.tolist(),
        "positions": atoms.positions.tolist(),
        "cell": atoms.cell.array.tolist(),
        "pbc": atoms.pbc.tolist(),
        "fixed": sorted(fixed),
        "masses": described_or_none(atoms.arrays.get("masses")),
        "velocities": described_or_none(
            atoms.get_velocities() * units.fs if "momenta" in atoms.arrays else None),
        "energy": results.get("energy"),
        "forces": described_or_none(results.get("forces")),
        "stress": described_or_none(results.get("stress")),
        "info": {key: described(value) for key, value in (atoms.info | per_frame).items()},
        "arrays": {name: described(value) for name, value in arrays.items()},
    }


if __name__ == "__main__":
    written_by_ase()
    for name, content in BY_HAND.items():
        with open(name, "w", encoding="utf-8", newline="") as file:
            file.write(content)
    names = sorted([*BY_HAND, "copper.xyz", "slab.xyz", "water.extxyz", "empty.xyz"])
    expected = {name: [frame(atoms) for atoms in read(name, ":", format="extxyz")] for name in names}
    with open("expected.json", "w") as file:
        json.dump({"ase": ase.__version__, "files": expected}, file, indent=1)
