"""Writes small GRO, MOL2 and cube files by other programs, and what these read in them.

    python gro_mol2_cube.py      (ase 3.29, MDAnalysis 2.11, mdtraj 1.11, openbabel 3.1.1)

`reference/gro_mol2_cube.json` has for each file and frame: symbols, positions (Å), cell (Å, three
vectors) or null, and where there are any: velocities (Å/fs), residues, bonds, partial charges (e).
"""

import json
import os
import warnings

import ase.io
import ase.build
import ase.geometry
import ase.io.cube
import MDAnalysis
import mdtraj
import numpy as np
from openbabel import openbabel as ob
from openbabel import pybel

warnings.simplefilter("ignore")
ob.obErrorLog.SetOutputLevel(0)
os.chdir(os.path.dirname(os.path.abspath(__file__)))
random = np.random.default_rng(3)
reference = {}

# Names of GROMACS topologies, and the elements they have there.
ATOMS = [
    ("ALA", "N", "N"), ("ALA", "H", "H"), ("ALA", "CA", "C"), ("ALA", "HA", "H"), ("ALA", "CB", "C"),
    ("ALA", "C", "C"), ("ALA", "O", "O"),
    ("SOL", "OW", "O"), ("SOL", "HW1", "H"), ("SOL", "HW2", "H"),
    ("SOL", "OW", "O"), ("SOL", "HW1", "H"), ("SOL", "HW2", "H"),
    ("NA", "NA", "Na"), ("CL", "CL", "Cl"), ("CA", "CA", "Ca"),
]  # fmt: skip
RESIDUES = [0] * 7 + [1] * 3 + [2] * 3 + [3, 4, 5]
RESIDUE_NAMES = ["ALA", "SOL", "SOL", "NA", "CL", "CA"]


def gro():
    """By MDAnalysis, with velocities in a triclinic box; by mdtraj, two frames of more decimals."""
    symbols = [symbol for _, _, symbol in ATOMS]
    residues = [[RESIDUE_NAMES[residue], residue + 1] for residue in RESIDUES]
    universe = MDAnalysis.Universe.empty(
        len(ATOMS), 6, atom_resindex=RESIDUES, trajectory=True, velocities=True
    )
    universe.add_TopologyAttr("names", [name for _, name, _ in ATOMS])
    universe.add_TopologyAttr("resnames", RESIDUE_NAMES)
    universe.add_TopologyAttr("resids", range(1, 7))
    universe.atoms.positions = np.round(20 * random.random((len(ATOMS), 3)), 2)
    universe.atoms.velocities = np.round(20 * random.random((len(ATOMS), 3)) - 10, 3)
    universe.dimensions = [21.0, 23.5, 24.25, 80.0, 95.0, 101.0]
    universe.atoms.write("solvated.gro")
    read = MDAnalysis.Universe("solvated.gro")
    reference["solvated.gro"] = [{
        "symbols": symbols,
        "positions": read.atoms.positions.tolist(),
        "cell": read.trajectory.ts.triclinic_dimensions.tolist(),
        "velocities": (read.atoms.velocities / 1000).tolist(),
        "residues": residues,
    }]

    topology = mdtraj.Topology()
    chain = topology.add_chain()
    added = [topology.add_residue(name, chain, number + 1) for number, name in enumerate(RESIDUE_NAMES)]
    for (_, name, symbol), residue in zip(ATOMS, RESIDUES):
        topology.add_atom(name, mdtraj.element.get_by_symbol(symbol), added[residue])
    trajectory = mdtraj.Trajectory(
        2 * random.random((2, len(ATOMS), 3)), topology, time=[0.5, 1.0],
        unitcell_lengths=np.full((2, 3), 2.5), unitcell_angles=np.full((2, 3), 90.0),
    )  # fmt: skip
    trajectory.save_gro("precise.gro", precision=6)
    read = mdtraj.load("precise.gro")
    reference["precise.gro"] = [{
        "symbols": symbols,
        "positions": (10 * read.xyz[frame].astype(float)).tolist(),
        "cell": (10 * read.unitcell_vectors[frame].astype(float)).tolist(),
        "residues": residues,
        "time": 1000 * float(read.time[frame]),
    } for frame in range(2)]


def molecule_record(molecule):
    """As Open Babel sees it; aromatic bonds are of order 1.5."""
    molecule = molecule.OBMol
    atoms = list(ob.OBMolAtomIter(molecule))
    return {
        "symbols": [ob.GetSymbol(atom.GetAtomicNum()) for atom in atoms],
        "positions": [[atom.GetX(), atom.GetY(), atom.GetZ()] for atom in atoms],
        "cell": None,
        "bonds": [
            [b.GetBeginAtomIdx() - 1, b.GetEndAtomIdx() - 1, 1.5 if b.IsAromatic() else b.GetBondOrder()]
            for b in ob.OBMolBondIter(molecule)
        ],
        "partial_charges": [atom.GetPartialCharge() for atom in atoms],
    }


GAFF = """\
# Acetamide with the types of GAFF, as antechamber writes it.
@<TRIPOS>MOLECULE
ACM
    9     8     1     0     0
SMALL
bcc


@<TRIPOS>ATOM
      1 C1           1.2400    0.3600    0.0100 c3         1 ACM      -0.184100
      2 C2          -0.1900   -0.1200    0.0000 c          1 ACM       0.696600
      3 O1          -0.4900   -1.3000    0.0000 o          1 ACM      -0.624100
      4 N1          -1.1100    0.8700   -0.0100 n          1 ACM      -0.736800
      5 H1           1.7400   -0.0600    0.8800 hc         1 ACM       0.057700
      6 H2           1.2900    1.4500    0.0300 hc         1 ACM       0.057700
      7 H3           1.7500    0.0000   -0.8800 hc         1 ACM       0.057700
      8 H4          -2.0800    0.6100    0.0400 hn         1 ACM       0.337700
      9 H5          -0.8600    1.8400    0.0500 hn         1 ACM       0.337600
@<TRIPOS>BOND
     1     1     2 1
     2     1     5 1
     3     1     6 1
     4     1     7 1
     5     2     3 2
     6     2     4 am
     7     4     8 1
     8     4     9 1
@<TRIPOS>SUBSTRUCTURE
     1 ACM         1 TEMP              0 ****  ****    0 ROOT
"""

CRYSTAL = """\
@<TRIPOS>MOLECULE
CRYSTAL
 3 1
SMALL
NO_CHARGES
@<TRIPOS>ATOM
1 O1 1.0 1.0 1.0 O.3 1 RES1 0.0
2 H1 1.6 1.6 1.1 H 1 RES1 0.0
3 CA1 3.0 3.0 3.0 Ca 1 RES1 0.0
@<TRIPOS>BOND
1 1 2 1
@<TRIPOS>CRYSIN
5.0 6.0 7.0 80.0 95.0 101.0 1 1
"""


def mol2():
    """By Open Babel from SMILES: amide, aromatic and triple bonds, an anion, a nitro group."""
    out = pybel.Outputfile("mol2", "molecules.mol2", overwrite=True)
    for text in ["CC(=O)Nc1ccccc1", "CC#N", "CC(=O)[O-]", "C[N+](=O)[O-]", "BrCCl"]:
        molecule = pybel.readstring("smi", text)
        molecule.make3D()
        out.write(molecule)
    out.close()
    open("gaff.mol2", "w").write(GAFF)
    open("crystal.mol2", "w").write(CRYSTAL)
    for file in ["molecules.mol2", "gaff.mol2", "crystal.mol2"]:
        reference[file] = [molecule_record(molecule) for molecule in pybel.readfile("mol2", file)]
    # Open Babel does not know the types of GAFF; the elements are those that the atoms are named after.
    names = [line.split()[1] for line in GAFF.split("@<TRIPOS>")[2].splitlines()[1:]]
    reference["gaff.mol2"][0]["symbols"] = [name[0] for name in names]
    # Open Babel passes over CRYSIN; the vectors are by ASE.
    cell = ase.geometry.cellpar_to_cell([5.0, 6.0, 7.0, 80.0, 95.0, 101.0])
    reference["crystal.mol2"][0]["cell"] = cell.tolist()


def cube():
    """By ASE: a crystal and a molecule; the molecule once more with an orbital, and in Å."""
    crystal = ase.build.bulk("NaCl", "rocksalt", a=5.64)
    molecule = ase.build.molecule("CH3CH2OH")
    molecule.center(vacuum=3.0)
    for name, atoms in [("crystal", crystal), ("molecule", molecule)]:
        with open(f"{name}.cube", "w") as out:
            ase.io.cube.write_cube(out, atoms, random.random((3, 4, 5)), comment=name)
        read = ase.io.read(f"{name}.cube")
        reference[f"{name}.cube"] = [ase_record(read, name == "crystal")]
    lines = open("molecule.cube").read().splitlines()
    orbital = lines[:2] + ["   -9" + lines[2][5:]] + lines[3:15] + ["    1    5"] + lines[15:]
    open("orbital.cube", "w").write("\n".join(orbital) + "\n")
    reference["orbital.cube"] = [ase_record(ase.io.read("orbital.cube"), False)]

    def angstrom(line, first):
        head, numbers = line[:5], [float(word) for word in line[5:].split()]
        bohr = ase.units.Bohr
        scaled = [x if index < first else bohr * x for index, x in enumerate(numbers)]
        return head + "".join(f"{x:14.8f}" for x in scaled)

    in_angstrom = lines[:2] + [angstrom(lines[2], 0)]
    in_angstrom += [f"{-int(line[:5]):5}" + angstrom(line, 0)[5:] for line in lines[3:6]]
    in_angstrom += [angstrom(line, 1) for line in lines[6:15]] + lines[15:]
    open("angstrom.cube", "w").write("\n".join(in_angstrom) + "\n")
    reference["angstrom.cube"] = reference["molecule.cube"]


def ase_record(atoms, repeats):
    return {
        "symbols": atoms.get_chemical_symbols(),
        "positions": atoms.positions.tolist(),
        "cell": atoms.cell.tolist() if repeats else None,
    }


if __name__ == "__main__":
    gro()
    mol2()
    cube()
    with open("../reference/gro_mol2_cube.json", "w") as out:
        json.dump(reference, out, separators=(",", ":"))
        out.write("\n")
    for file, frames in reference.items():
        print(file, len(frames), [len(frame["symbols"]) for frame in frames])
