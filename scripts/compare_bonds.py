#!/usr/bin/env python3
"""Compares bonds of mlipview with Open Babel, RDKit and ASE.

    pip install ase openbabel-wheel rdkit
    scripts/compare_bonds.py [--mlipview PROGRAM] [--smiles N] [FILE ...]

FILE [default: all structures of assets/structures and tests/data]

For each program it prints the number of structures with the same bonds, and each kind of bond that only one of
the two perceives, with its lengths. Criteria: Open Babel, sum of covalent radii + 0.45 Å; RDKit, 1.3 times the
sum of its radii; ASE, 1.2 times its natural cutoffs. Open Babel and RDKit support molecules only.

With --smiles N it compares bond orders instead, on N molecules from SMILES: see compare_bond_orders.py.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict

ROOT = pathlib.Path(__file__).resolve().parent.parent
READABLE = {".xyz", ".extxyz", ".pdb", ".cif", ".mmcif", ".mcif", ".mol", ".sdf", ".vasp", ".poscar"}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    parser.add_argument("--mlipview", default=str(ROOT / "target/release/mlipview"))
    parser.add_argument("--smiles", type=int, default=0, metavar="N")
    parser.add_argument("--verbose", action="store_true", help="name the structures that differ")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        if arguments.smiles:
            import compare_bond_orders

            return compare_bond_orders.run(arguments, folder, perceive)
        files = arguments.files or default_files()
        return compare_files(arguments, files, folder)


def default_files():
    """The built-in structures and the test data."""
    library = sorted((ROOT / "assets/structures").glob("*.xyz"))
    data = (ROOT / "tests/data").rglob("*")
    return library + sorted(path for path in data if path.suffix.lower() in READABLE)


def perceive(program, files):
    """The bonds that mlipview perceives, by file."""
    command = [program, "info", "--json", "--bonds", *map(str, files)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    return [json.loads(line)["bonds"] for line in answer.stdout.splitlines()]


def compare_files(arguments, files, folder):
    import ase.io

    programs = {"Open Babel": openbabel_bonds, "RDKit": rdkit_bonds, "ASE": ase_bonds}
    same, compared = Counter(), Counter()
    differences = {name: defaultdict(list) for name in programs}
    structures, skipped = 0, []
    for number, path in enumerate(files):
        plain = folder / f"{number}.xyz"
        command = [arguments.mlipview, "convert", str(path), str(plain)]
        converted = subprocess.run(command, capture_output=True, text=True)
        if converted.returncode != 0:
            skipped.append(path)
            continue
        atoms = ase.io.read(plain, format="extxyz")
        try:
            bonds = perceive(arguments.mlipview, [plain])[0]
        except subprocess.CalledProcessError:
            # Coincident atoms.
            skipped.append(path)
            continue
        structures += 1
        ours = {key(*bond["atoms"], bond["shift"]) for bond in bonds if bond["strength"] >= 0.5}
        for name, program in programs.items():
            theirs = program(atoms)
            if theirs is None:
                continue
            compared[name] += 1
            if theirs == ours:
                same[name] += 1
            for only, extra in (("mlipview", ours - theirs), (name, theirs - ours)):
                for one, other, shift in extra:
                    kind = "–".join(sorted(atoms.symbols[[one, other]]))
                    length = distance(atoms, one, other, shift)
                    differences[name][only, kind].append((length, path.name))
    print(f"{structures} structures; {len(skipped)} files skipped as unreadable")
    for name in programs:
        print(f"\n{name}: the same bonds in {same[name]} of {compared[name]}")
        kinds = sorted(differences[name].items(), key=lambda item: -len(item[1]))
        for (only, kind), found in kinds:
            lengths = sorted(length for length, _ in found)
            where = Counter(file for _, file in found).most_common(3 if not arguments.verbose else None)
            print(
                f"  only {only}: {len(found)} {kind} of {lengths[0]:.2f} to {lengths[-1]:.2f} Å in "
                + ", ".join(f"{file} ({count})" for file, count in where)
            )
    return 0


def key(one, other, shift):
    """A bond, independent of its direction."""
    forward = (int(one), int(other), tuple(int(x) for x in shift))
    backward = (int(other), int(one), tuple(-int(x) for x in shift))
    return min(forward, backward)


def distance(atoms, one, other, shift):
    import numpy

    vector = atoms.positions[other] + numpy.array(shift) @ atoms.cell.array - atoms.positions[one]
    return float(numpy.linalg.norm(vector))


def ase_bonds(atoms):
    from ase.neighborlist import natural_cutoffs, neighbor_list

    first, second, shifts = neighbor_list("ijS", atoms, natural_cutoffs(atoms, mult=1.2))
    return {key(i, j, shift) for i, j, shift in zip(first, second, shifts)}


def openbabel_bonds(atoms):
    from openbabel import openbabel

    openbabel.obErrorLog.SetOutputLevel(0)
    if atoms.pbc.any():
        return None
    molecule = openbabel.OBMol()
    molecule.BeginModify()
    for number, position in zip(atoms.numbers, atoms.positions):
        atom = molecule.NewAtom()
        atom.SetAtomicNum(int(number))
        atom.SetVector(*map(float, position))
    molecule.EndModify()
    molecule.ConnectTheDots()
    bonds = openbabel.OBMolBondIter(molecule)
    return {key(bond.GetBeginAtomIdx() - 1, bond.GetEndAtomIdx() - 1, (0, 0, 0)) for bond in bonds}


def rdkit_bonds(atoms):
    from rdkit import Chem, RDLogger
    from rdkit.Chem import rdDetermineBonds

    RDLogger.DisableLog("rdApp.*")
    if atoms.pbc.any():
        return None
    lines = [f"{symbol} {x:.8f} {y:.8f} {z:.8f}" for symbol, (x, y, z) in zip(atoms.symbols, atoms.positions)]
    molecule = Chem.MolFromXYZBlock("\n".join([str(len(atoms)), "", *lines]) + "\n")
    if molecule is None:
        return None
    rdDetermineBonds.DetermineConnectivity(molecule)
    return {key(bond.GetBeginAtomIdx(), bond.GetEndAtomIdx(), (0, 0, 0)) for bond in molecule.GetBonds()}


if __name__ == "__main__":
    sys.exit(main())
