"""Writes the files of tests/data/good that other programs make, and what they read in all of them.

    python formats.py      (ase 3.29, rdkit 2026.9, MDAnalysis 2.11, mdtraj 1.11)

`reference.json` holds, for each file and frame: symbols, positions (Å), cell (Å) or null.
"""

import json
import os
import re
import warnings

import ase.io
import numpy as np
from ase.io.cif import read_cif
from rdkit import Chem
from rdkit.Chem import AllChem

warnings.simplefilter("ignore")
os.chdir(os.path.dirname(os.path.abspath(__file__)))
reference = {}


def molecules():
    """Molfiles by RDKit: ions, a radical, an isotope, aromatic bonds, both versions."""
    smiles = {
        "glycine": "[NH3+]CC(=O)[O-]",
        "ammonium": "[NH4+]",
        "methyl": "[CH3]",
        "heavy": "[2H]OC#[13CH]",
        "pyridine": "c1ccncc1",
    }
    writer = Chem.SDWriter("molecules.sdf")
    for name, text in smiles.items():
        molecule = Chem.AddHs(Chem.MolFromSmiles(text))
        AllChem.EmbedMolecule(molecule, randomSeed=1)
        molecule.SetProp("_Name", name)
        molecule.SetProp("SMILES", text)
        if name == "pyridine":
            block = Chem.MolToMolBlock(molecule, kekulize=False, forceV3000=True)
            open("pyridine_v3000.mol", "w").write(block)
        else:
            writer.write(molecule)
    writer.close()
    drawing = Chem.MolFromSmiles("CCO")
    AllChem.Compute2DCoords(drawing)
    open("drawing.mol", "w").write(Chem.MolToMolBlock(drawing))
    for file in ("molecules.sdf", "pyridine_v3000.mol", "drawing.mol"):
        supplier = Chem.SDMolSupplier(file, removeHs=False, sanitize=False)
        reference[file] = [molecule_record(molecule) for molecule in supplier]


def molecule_record(molecule):
    return {
        "symbols": [atom.GetSymbol() for atom in molecule.GetAtoms()],
        "positions": molecule.GetConformer().GetPositions().tolist(),
        "cell": None,
        "charge": Chem.GetFormalCharge(molecule),
        "bonds": [
            [bond.GetBeginAtomIdx(), bond.GetEndAtomIdx(), bond.GetBondTypeAsDouble()]
            for bond in molecule.GetBonds()
        ],
    }


def ase_record(atoms):
    return {
        "symbols": atoms.get_chemical_symbols(),
        "positions": atoms.positions.tolist(),
        "cell": atoms.cell.tolist() if atoms.pbc.any() else None,
    }


def plain_files():
    """What ASE reads; where it does not know a variant, the same file said another way."""
    for file in sorted(os.listdir()):
        text = open(file, errors="replace").read()
        if file.endswith(".vasp"):
            # Fortran exponents and logicals.
            text = re.sub(r"(\d)D([+-]\d\d)", r"\1E\2", text).replace(".FALSE.", "F")
            open("/tmp/plain.vasp", "w").write(text)
            reference[file] = [ase_record(ase.io.read("/tmp/plain.vasp"))]
        elif file.endswith(".cif"):
            operations = "x,y,z;-x,-y,-z;x+1/2,-y+1/2,z;-x+1/2,y+1/2,-z".split(";")
            text = text.replace(
                "_space_group_name_H-M_alt 'P 21/a'",
                "_symmetry_Int_Tables_number 14\nloop_\n_symmetry_equiv_pos_as_xyz\n" + "\n".join(f"'{o}'" for o in operations),
            )
            open("/tmp/plain.cif", "w").write(text)
            reference[file] = [ase_record(atoms) for atoms in read_cif("/tmp/plain.cif", slice(None))]


if __name__ == "__main__":
    molecules()
    plain_files()
    with open("../reference/formats.json", "w") as out:
        json.dump(reference, out, separators=(",", ":"))
        out.write("\n")
    for file, frames in reference.items():
        print(file, len(frames), [len(frame["symbols"]) for frame in frames])
