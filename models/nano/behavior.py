"""Barriers of rotation, small molecules and a substitution beside GFN2-xTB: `python behavior.py --parameters FILE [FILE …]`.

Every structure is relaxed by each method; of a barrier, all but the angle of four atoms.
"""

import argparse
import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

import jax
import numpy as np

import gfn2
import molecules
import network
import sampling
import train

KCAL = 0.0433641043  # kcal/mol in eV
PADDED = 16  # Atoms of every molecule, so that the network is compiled once.
# Molecule, SMILES, four atoms in the order of RDKit, angles (degrees): of the minimum, of the barrier.
ROTORS = [
    ("ethane", "CC", (2, 0, 1, 5), 180, 120), ("methanol", "CO", (2, 0, 1, 5), 180, 120), ("methylamine", "CN", (2, 0, 1, 5), 180, 0),
    ("propane", "CCC", (3, 0, 1, 2), 180, 120), ("propene", "CC=C", (3, 0, 1, 2), 0, 180), ("acetaldehyde", "CC=O", (3, 0, 1, 2), 0, 180),
    ("butane, 120°", "CCCC", (0, 1, 2, 3), 180, 120), ("butane, cis", "CCCC", (0, 1, 2, 3), 180, 0), ("butane, gauche", "CCCC", (0, 1, 2, 3), 180, 66),
    ("ethanol, C–O, 120°", "CCO", (0, 1, 2, 8), 180, 120), ("ethanol, C–O, cis", "CCO", (0, 1, 2, 8), 180, 0),
    ("dimethyl ether", "COC", (3, 0, 1, 2), 180, 120), ("methanethiol", "CS", (2, 0, 1, 5), 180, 120), ("methylsilane", "C[SiH3]", (2, 0, 1, 5), 180, 120),
    ("butadiene, 90°", "C=CC=C", (0, 1, 2, 3), 180, 90), ("butadiene, cis", "C=CC=C", (0, 1, 2, 3), 180, 0),
    ("hydrogen peroxide, trans", "OO", (2, 0, 1, 3), 115, 180), ("hydrogen peroxide, cis", "OO", (2, 0, 1, 3), 115, 0),
    ("formamide, 90°", "NC=O", (3, 0, 1, 2), 180, 90), ("formic acid, cis", "OC=O", (3, 0, 1, 2), 0, 180),
]  # fmt: skip
SMALL = """[HH] [C-]#[O+] N#N [N-]=[N+]=O [O-][O+]=O O=C=O O=S=O C#N C#C C=C C=O N=N OO FF ClCl [BH3] FB(F)F FN(F)F S=C=S O=C=S O=NO
O=N[O-] [OH-] [NH4+] [C-]#N N O C S Cl P""".split()


class Network:
    """Energies (eV) and forces (eV/Å) of a molecule by the network, as `gfn2.Engine`."""

    compiled = staticmethod(jax.jit(network.energy_and_forces))

    def __init__(self, p, offset, numbers, charge):
        index = np.full(120, -1)
        index[molecules.NUMBERS] = np.arange(len(molecules.NUMBERS))
        self.p, self.n = p, len(numbers)
        self.species, self.mask = np.zeros((1, PADDED), int), np.zeros((1, PADDED), np.float32)
        self.species[0, : self.n], self.mask[0, : self.n] = index[numbers], 1
        self.charge, self.offset = np.array([float(charge)], np.float32), offset[index[numbers]].sum()

    def __call__(self, x):
        y = np.zeros((1, PADDED, 3), np.float32)
        y[0, : self.n] = x - x.mean(0)
        e, f, _ = self.compiled(self.p, y, self.species, self.mask, self.charge)
        forces = np.array(f, float)[0, : self.n]
        return (float(e[0]) + self.offset, forces) if np.isfinite(forces).all() else None


def engines(paths):
    """Methods by name: functions of atomic numbers and charge."""
    out = {"GFN2-xTB": gfn2.Engine}
    for path in paths:
        file = train.parameters(path)
        p = {name: file[name] for name in network.initial(0) if name in file}
        out[os.path.basename(path)] = lambda numbers, charge, p=p, offset=file["offset"]: Network(p, offset, numbers, charge)
    return out


def barrier(make, smiles, atoms, low, high):
    """The energy at an angle above that at another one, kcal/mol, all else relaxed."""
    numbers, x, charge, bonds = molecules.conformer(smiles, 1)
    coordinate = gfn2.Dihedral(list(atoms), sampling._side(bonds, atoms[1], atoms[2]))
    energies = []
    for angle in (low, high):
        trail = gfn2.relaxation(make(numbers, charge), coordinate.moved(x, np.radians(angle + 0.01)), coordinate, 200, fmax=0.01)
        energies.append(trail[-1][1][0])
    return (energies[1] - energies[0]) / KCAL


def distances(make, smiles):
    """All distances between atoms of a relaxed molecule, Å."""
    numbers, x, charge, _ = molecules.conformer(smiles, 1)
    x = gfn2.relaxation(make(numbers, charge), x, None, 200, fmax=0.01)[-1][0]
    return np.linalg.norm(x[:, None] - x[None], axis=-1)


def substitution(make):
    """C–F and C–Cl distances (Å) where CH3Cl and a fluoride ion, 2.7 Å behind it, come to rest or part."""
    numbers, x, _, _ = molecules.conformer("CCl", 1)
    back = (x[0] - x[1]) / np.linalg.norm(x[0] - x[1])
    x = np.concatenate([x, [x[0] + 2.7 * back + [0.02, 0.01, 0.0]]])
    last = gfn2.relaxation(make(np.append(numbers, 9), -1), x, None, 400, fmax=0.02)[-1][0]
    return np.linalg.norm(last[0] - last[-1]), np.linalg.norm(last[0] - last[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parameters", nargs="+", required=True, help="nano.npz of a run, or nano.safetensors")
    options = parser.parse_args()
    methods = engines(options.parameters)
    print("| barrier, kcal/mol | " + " | ".join(methods) + " |\n|---|" + "--:|" * len(methods))
    for name, *rotor in ROTORS:
        print(f"| {name} | " + " | ".join(f"{barrier(make, *rotor):.2f}" for make in methods.values()) + " |", flush=True)
    print("\n| relaxed: largest error of a distance, Å | " + " | ".join(list(methods)[1:]) + " |\n|---|" + "--:|" * (len(methods) - 1))
    for smiles in SMALL:
        reference, *others = (distances(make, smiles) for make in methods.values())
        print(f"| `{smiles}` | " + " | ".join(f"{np.abs(d - reference).max():.3f}" for d in others) + " |", flush=True)
    print("\n| F⁻ + CH₃Cl ends at C–F; C–Cl, Å |\n|---|")
    for name, make in methods.items():
        print(f"| {name} | {'; '.join(f'{d:.2f}' for d in substitution(make))} |")


if __name__ == "__main__":
    main()
