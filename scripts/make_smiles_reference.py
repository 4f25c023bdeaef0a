"""Writes tests/data/smiles.tsv: what RDKit makes of SMILES strings.

Needs `pip install rdkit` (2026.9.1 was used). Columns: SMILES, formula (Hill), charge, multiplicity
(RDKit's unpaired electrons + 1), handedness. Handedness lists, for each stereocentre that the string
states, `centre:a,b,c:sign` with the sign of the triple product of the vectors to three neighbors in
RDKit's own embedding, and for each double bond `a,b,c,d:cis|trans`. Atoms are numbered as written,
hydrogens after all others in the order of the atoms that bear them.
"""

import sys
from collections import Counter

import numpy as np
from rdkit import Chem
from rdkit.Chem import AllChem

SMILES = """O N C CCO CC(=O)O c1ccccc1 c1ccc2ccccc2c1 Cn1cnc2c1c(=O)n(C)c(=O)n2C
CC(=O)Oc1ccccc1C(=O)O OC[C@H]1O[C@@H](O)[C@H](O)[C@@H](O)[C@@H]1O [NH3+]CC(=O)[O-] [NH4+] [OH3+] [OH-]
C12C3C4C1C5C2C3C45 C1CC2CCC1C2 C1CC2CCC1CC2 C1C2CC3CC1CC(C2)C3 C/C=C/C C/C=C\\C F/C=C\\Cl
C[C@H](N)C(=O)O C[C@@H](N)C(=O)O [Na+].[Cl-] O.O.O CC(=O)[O-].[NH4+] [CH3] [O][O] C#C C=C=C CC#N
C1CC1 C1CCCCC1 CS(=O)(=O)C OP(=O)(O)O [O-]S(=O)(=O)[O-] FP(F)(F)(F)F c1c[nH]cn1 C[N+](=O)[O-]
C[Si](C)(C)C CN1CCC[C@H]1c1cccnc1 C[C@]12CC[C@H]3[C@@H](CC[C@H]4CCCC[C@]34C)[C@@H]1CC[C@@H]2O
C[C@H](F)[C@@H](Cl)Br OC(=O)[C@@H]1CCCN1 CC(C)C[C@H](N)C(O)=O [H][H] [C-]#[O+] [2H]O[2H] Cl[Pt](Cl)(N)N
CC(=O)N[C@@H](C)C(=O)NC C1=CC=C2C(=C1)C=CC=C2 C/N=N/C C/C(F)=C(/C)Cl C[S@](=O)c1ccccc1 [CH2]C""".split()


def hill(count):
    """Carbon and hydrogen first where there is carbon, the rest by the alphabet."""
    order = sorted(count, key=lambda symbol: (("C", "H").index(symbol) if "C" in count and symbol in "CH" else 2, symbol))
    return "".join(symbol + (str(count[symbol]) if count[symbol] > 1 else "") for symbol in order)


def handedness(molecule):
    """The signs that the stated stereochemistry has in RDKit's embedding."""
    if AllChem.EmbedMolecule(molecule, randomSeed=1) != 0:
        return ""
    at = molecule.GetConformer().GetPositions()
    found = []
    for atom in molecule.GetAtoms():
        if atom.GetChiralTag() in (
            Chem.ChiralType.CHI_TETRAHEDRAL_CW,
            Chem.ChiralType.CHI_TETRAHEDRAL_CCW,
        ):
            centre = atom.GetIdx()
            a, b, c = sorted(n.GetIdx() for n in atom.GetNeighbors())[:3]
            volume = np.dot(at[a] - at[centre], np.cross(at[b] - at[centre], at[c] - at[centre]))
            found.append(f"{centre}:{a},{b},{c}:{'+' if volume > 0 else '-'}")
    for bond in molecule.GetBonds():
        if bond.GetStereo() in (Chem.BondStereo.STEREOE, Chem.BondStereo.STEREOZ):
            a, d = bond.GetStereoAtoms()
            b, c = bond.GetBeginAtomIdx(), bond.GetEndAtomIdx()
            side = np.dot(np.cross(at[a] - at[b], at[c] - at[b]), np.cross(at[d] - at[c], at[c] - at[b]))
            found.append(f"{a},{b},{c},{d}:{'cis' if side > 0 else 'trans'}")
    return " ".join(found)


with open(sys.argv[1] if len(sys.argv) > 1 else "tests/data/smiles.tsv", "w") as table:
    for smiles in SMILES:
        molecule = Chem.AddHs(Chem.MolFromSmiles(smiles))
        charge = Chem.GetFormalCharge(molecule)
        unpaired = sum(atom.GetNumRadicalElectrons() for atom in molecule.GetAtoms())
        formula = hill(Counter(atom.GetSymbol() for atom in molecule.GetAtoms()))
        print(smiles, formula, charge, unpaired + 1, handedness(molecule), sep="\t", file=table)
