"""Rewrites tests/data/smiles.tsv and tests/data/smiles_flexible.tsv with results of RDKit.

Needs `pip install rdkit` (2026.9.1 was used). Columns: SMILES, formula (Hill), charge, multiplicity
(RDKit's unpaired electrons + 1), handedness. Only the first is required. Handedness lists, for each
stereocenter that the string states, `center:a,b,c:sign` with the sign of the triple product of the
vectors to three neighbors in RDKit's own embedding, and for each double bond `a,b,c,d:cis|trans`. Atoms
are numbered as written, hydrogens after all others in the order of their heavy atoms.
"""

import sys
from collections import Counter

import numpy as np
from rdkit import Chem
from rdkit.Chem import AllChem

TABLES = ["tests/data/smiles.tsv", "tests/data/smiles_flexible.tsv"]


def hill(count):
    """Formula in Hill order: carbon and hydrogen first if there is carbon, then alphabetically."""
    order = sorted(count, key=lambda symbol: (("C", "H").index(symbol) if "C" in count and symbol in "CH" else 2, symbol))
    return "".join(symbol + (str(count[symbol]) if count[symbol] > 1 else "") for symbol in order)


def handedness(molecule):
    """The signs that the stated stereochemistry has in RDKit's embedding."""
    if AllChem.EmbedMolecule(molecule, randomSeed=1) != 0:
        if AllChem.EmbedMolecule(molecule, randomSeed=1, useRandomCoords=True) != 0:
            return ""
    at = molecule.GetConformer().GetPositions()
    found = []
    for atom in molecule.GetAtoms():
        if atom.GetChiralTag() in (
            Chem.ChiralType.CHI_TETRAHEDRAL_CW,
            Chem.ChiralType.CHI_TETRAHEDRAL_CCW,
        ):
            center = atom.GetIdx()
            a, b, c = sorted(n.GetIdx() for n in atom.GetNeighbors())[:3]
            volume = np.dot(at[a] - at[center], np.cross(at[b] - at[center], at[c] - at[center]))
            found.append(f"{center}:{a},{b},{c}:{'+' if volume > 0 else '-'}")
    for bond in molecule.GetBonds():
        if bond.GetStereo() in (Chem.BondStereo.STEREOE, Chem.BondStereo.STEREOZ):
            a, d = bond.GetStereoAtoms()
            b, c = bond.GetBeginAtomIdx(), bond.GetEndAtomIdx()
            side = np.dot(np.cross(at[a] - at[b], at[c] - at[b]), np.cross(at[d] - at[c], at[c] - at[b]))
            found.append(f"{a},{b},{c},{d}:{'cis' if side > 0 else 'trans'}")
    return " ".join(found)


for path in sys.argv[1:] or TABLES:
    with open(path) as table:
        strings = [line.rstrip("\n").split("\t")[0] for line in table]
    with open(path, "w") as table:
        for smiles in strings:
            molecule = Chem.AddHs(Chem.MolFromSmiles(smiles))
            charge = Chem.GetFormalCharge(molecule)
            unpaired = sum(atom.GetNumRadicalElectrons() for atom in molecule.GetAtoms())
            formula = hill(Counter(atom.GetSymbol() for atom in molecule.GetAtoms()))
            print(smiles, formula, charge, unpaired + 1, handedness(molecule), sep="\t", file=table)
