"""Training molecules, and held-out molecules that training never sees.

Molecules are assembled at random from fragments, in unlimited number and with every pair of functional groups. Held-out
molecules are excluded.
"""

import numpy as np
from rdkit import Chem, RDLogger
from rdkit.Chem import AllChem

RDLogger.DisableLog("rdApp.*")

ELEMENTS = ["H", "B", "C", "N", "O", "F", "Na", "Si", "P", "S", "Cl", "K", "Br", "I"]
NUMBERS = [Chem.GetPeriodicTable().GetAtomicNumber(symbol) for symbol in ELEMENTS]

# Test set: not used for training, early stopping or the choice of hyperparameters.
HELD_OUT = {
    # Drug-like, of H, C, N and O.
    "caffeine": "Cn1cnc2c1c(=O)n(C)c(=O)n2C",
    "aspirin": "CC(=O)Oc1ccccc1C(=O)O",
    "dialanine": "NC(C)C(=O)NC(C)C(=O)O",
    "glucose": "OCC1OC(O)C(O)C(O)C1O",
    "paracetamol": "CC(=O)Nc1ccc(O)cc1",
    "ibuprofen": "CC(C)Cc1ccc(cc1)C(C)C(=O)O",
    "nicotine": "CN1CCCC1c1cccnc1",
    "dopamine": "NCCc1ccc(O)c(O)c1",
    "metformin": "CN(C)C(=N)NC(N)=N",
    "lidocaine": "CCN(CC)CC(=O)Nc1c(C)cccc1C",
    # The other elements.
    "sulfanilamide": "Nc1ccc(cc1)S(N)(=O)=O",
    "methionine": "CSCCC(N)C(=O)O",
    "cysteamine-disulfide": "NCCSSCCN",
    "fluorouracil": "O=c1[nH]cc(F)c(=O)[nH]1",
    "sevoflurane": "FCOC(C(F)(F)F)C(F)(F)F",
    "clonidine": "Clc1cccc(Cl)c1NC1=NCCN1",
    "bromobenzocaine": "CCOC(=O)c1ccc(N)c(Br)c1",
    "phosphoethanolamine": "NCCOP(=O)(O)O",
    "dimethylaminophosphine-oxide": "CN(C)P(C)(C)=O",
    "chloramphenicol-fragment": "OCC(NC(=O)C(Cl)Cl)CO",
    "trimethylsilylethanol": "C[Si](C)(C)CCO",
    "phenylboronic-acid": "OB(O)c1ccccc1",
    "iodotyrosine-fragment": "Cc1ccc(O)c(I)c1",
}

# Fragments as SMILES, each with its relative frequency; they are joined at atoms with hydrogens.
_FRAGMENTS = """
C 9 CC 5 CCC 2 C(C)C 2 CC(C)(C)C 1 C=C 3 CC=C 1 C#C 2 C=C=C 1 C=CC=C 2 C1CC1 2 C1=CC1 .3 C1CCC1 1
C1CCCC1 3 C1CCCCC1 3 C1=CCCC1 1 C1=CCCCC1 1 C1CC2CC1C2 .3 C1CC2CCC1C2 .5 C12C3C4C1C5C2C3C45 .2
c1ccccc1 9 c1ccc2ccccc2c1 1 C1=CC=CC=CC=C1 .2 C1CCC2CCCCC2C1 .3 C1C2CC3CC1CC(C2)C3 .3
O 7 CO 5 COC 3 OCCO 1 OCO .7 C=O 4 CC(C)=O 3 CC(=O)O 4 C(=O)O 3 CC(=O)OC 3 COC=O 1 C1CO1 1 C1COC1 .7
C1CCOC1 2 C1CCOCC1 2 C1COCCO1 1 OC1CCCCO1 2 OC1COCC1O 1 O=C1CCCCC1 1 O=C1CCCC1 1 O=C1CCCO1 1 C=C=O .5
COO .6 OO .5 COOC .5 CC(=O)OC(C)=O .8 CC(=O)OOC .4 CC(=O)CC(C)=O 1 C=CC=O 1 OC(=O)O .4 COC(=O)OC .5
c1ccoc1 2 c1ccc2occc2c1 .7 O=C1C=CC(=O)C=C1 .6 O=c1cccco1 .5 Oc1ccccc1 2 COc1ccccc1 1 OC(=O)c1ccccc1 1
N 6 CN 5 CNC 3 CN(C)C 3 NCCN 1 C#N 3 CC#N 1 C=NC 1 CC(C)=N .7 NC=O 3 CC(N)=O 4 CNC(C)=O 5 CN(C)C(C)=O 3
NC(N)=O 2 COC(N)=O 1 CNC(=N)N 1.5 NC(C)=N 1 CC=NO .7 CNO .5 CON .7 CN=NC .7 CNNC .6 NN .7 CN=[N+]=[N-] .5
C[N+](=O)[O-] 1.5 CN=C=O .5 CO[N+](=O)[O-] .4 CN=O .4 CC=[N+]=[N-] .2 C[N+]#[C-] .2 C[N+](C)(C)[O-] .3
C1CN1 .7 C1CNC1 .7 C1CCNC1 2 C1CCNCC1 3 C1CNCCN1 2 C1COCCN1 2 O=C1CCCN1 1 O=C1NCC(=O)N1 .7 O=C1CCC(=O)N1 1
c1ccncc1 4 c1ccncn1 2 c1cnccn1 2 c1ccnnc1 1 c1ncncn1 .7 c1cc[nH]c1 3 c1c[nH]cn1 4 c1cn[nH]c1 3 c1nc[nH]n1 1.5
c1nn[nH]n1 .7 c1cocn1 1 c1cnoc1 1 c1nnco1 .8 c1ccc2[nH]ccc2c1 2 c1ccc2[nH]cnc2c1 1 c1ccc2ncccc2c1 1
c1ncc2[nH]cnc2n1 1.5 Cn1cnc2cncnc12 1 c1ncn2ccnc2c1 .5 O=c1cc[nH]c(=O)[nH]1 2.5 Nc1cc[nH]c(=O)n1 1.5
Nc1ncnc2[nH]cnc12 1 Nc1nc2[nH]cnc2c(=O)[nH]1 1 O=c1cc[nH]cc1 1 Cn1ccc(=O)n(C)c1=O 2 O=c1nc[nH]c2[nH]cnc12 1
Cn1cnc2c(=O)[nH]cnc21 .7 Nc1ccccc1 2 NC(=O)c1ccccc1 1 N#Cc1ccccc1 .7 [O-][n+]1ccccc1 .3
NCC(=O)O 2 CC(N)C(=O)O 2 CNCC(=O)NC 2 CC(=O)NCC(=O)NC 3 CC(=O)NC(C)C(N)=O 2 O=CNCC(=O)N 2 CNC(=O)CN 2
F 3 CF 2 C(F)F 1 CC(F)(F)F 2 FC(F)=C .5 Fc1ccccc1 2 Fc1ccncc1 .7 CCl 3 Cl 2 ClCCl 1 C=CCl .7 CC(=O)Cl .7
Clc1ccccc1 2 Clc1ccncc1 .7 ClC(Cl)Cl .4 CCC(Cl)Cl .5 CBr 2 Br 1 Brc1ccccc1 1.5 C=CBr .5 BrCCBr .4 CI .8 Ic1ccccc1 .5
S 2 CS 2 CSC 3 CSSC 1.5 CSS .3 C1CCSC1 1 C1CS1 .4 C1CSCCN1 .7 c1ccsc1 3 c1cscn1 2 c1nncs1 .7 c1ccc2scnc2c1 .7
CC(=S)N 1.2 NC(N)=S .8 CC(=O)SC 1 CSC(C)=N .4 CN=C=S .6 CSC#N .5 C=S .3 CS(C)=O 2 CS(C)(=O)=O 2 CS(N)(=O)=O 2.5
CNS(C)(=O)=O 1.5 CS(=O)(=O)O 1 COS(=O)(=O)O .5 CS(=O)(=O)c1ccccc1 1 CS(=O)O .3 CS(=O)(=O)F .4 CS(=O)(=O)Cl .4
CP 1 CPC .7 CP(C)C 1 CP(C)(C)=O 1.2 COP(=O)(O)O 2 COP(=O)(OC)OC 1.5 OP(=O)(O)O 1 CP(=O)(O)O 1.2 COP(C)(=O)O 1
CP(=O)(OC)OC .7 COP(OC)OC .5 CSP(=O)(OC)OC .4 COP(=S)(OC)OC .6 OP(=O)(O)OP(=O)(O)O .6 CNP(=O)(OC)OC .6 CP(=O)(F)OC .3
C[SiH3] .7 C[SiH2]C .7 C[Si](C)(C)C 1.2 C[Si](C)(C)O 1 C[Si](C)(C)Cl .5 C[SiH](O)O .5 C[Si](C)(C)O[SiH3] .6 CO[SiH3] .4
F[SiH3] .2 CB(O)O 1.2 OB(O)O .6 COB(OC)OC .5 CB(C)C .4 CB1OCCO1 .6 OB(O)c1ccccc1 .3 BC .2
"""
# Small molecules and ions, of which clusters and pairs are made.
SMALL = """O CO C CC CCC CCCC C=C C#C N CN N#C C=O CC=O CC(=O)O OC=O NC=O c1ccccc1 CC#N CC(C)=O COC CNC(C)=O
F Cl Br S CS CCl CF CBr CI FC(F)F ClCCl O=C=O N#N [HH] O=S=O OO NN c1ccncc1 c1c[nH]cn1 NC(N)=O CSC OP(=O)(O)O
CS(C)=O CP FS(F)(F)(F)(F)F B(F)(F)F FC(F)(F)F ClC(Cl)(Cl)Cl [SiH4] [SiH3]C O=[N+]([O-])O FF ClCl BrBr II IC P OCl
BrCl ICl [N-]=[N+]=O [C-]#[O+] [O-][O+]=O O=S(=O)=O S=C=S O=C=S N=C=O N=N O=NO O[N+](=O)[O-] OS(=O)(=O)O OC(=O)O N#CC#N C=C=C C=C=O
FOF ClOCl FP(F)F ClP(Cl)Cl FP(F)(F)(F)F F[Si](F)(F)F Cl[Si](Cl)(Cl)Cl B FN(F)F ClB(Cl)Cl CN=C=O C1CC1 C1CO1 C=CC=C SS""".split()
IONS = """[OH3+] [OH-] [NH4+] C[NH3+] CC[NH3+] C[NH2+]C C[NH+](C)C C[N+](C)(C)C CC(=O)[O-] C(=O)[O-] [F-] [Cl-] [Br-] [I-]
[Na+] [K+] C[O-] CC[O-] [SH-] C[S-] NC(N)=[NH2+] c1c[nH]c[nH+]1 c1cc[nH+]cc1 [O-]c1ccccc1 OC(=O)[O-] OP(=O)(O)[O-]
OS(=O)(=O)[O-] O=[N+]([O-])[O-] O=N[O-] [C-]#N [N-]=[N+]=[N-] C[OH2+] CC=[OH+] CS(=O)(=O)[O-] F[B-](F)(F)F CC(=O)NCC(=O)[O-]
COP(=O)([O-])OC [NH3+]CC(=O)O C1CC[NH2+]C1 OC(=O)CC(=O)[O-] C[PH3+] [NH2-] [O-]Cl CC(=O)[CH2-] C[B-](O)(O)O
[O-]c1ccncc1 O=c1cc[n-]c(=O)[nH]1 c1c[n-]cn1 CNC(N)=[NH2+] F[P-](F)(F)(F)(F)F""".split()
ZWITTERIONS = """[NH3+]CC(=O)[O-] CC([NH3+])C(=O)[O-] [NH3+]CCC(=O)[O-] C[NH2+]CC(=O)[O-] [NH3+]CCS(=O)(=O)[O-]
C[N+](C)(C)CC(=O)[O-] [NH3+]CCOP(=O)(O)[O-] OCC([NH3+])C(=O)[O-] C1CC([NH2+]C1)C(=O)[O-] [NH3+]CC(=O)NCC(=O)[O-]""".split()


def _weighted(text):
    words = text.split()
    return words[0::2], np.array([float(word) for word in words[1::2]])


_SMILES, _WEIGHTS = _weighted(_FRAGMENTS)


def _flat(smiles):
    """Canonical SMILES without stereochemistry."""
    return Chem.MolToSmiles(Chem.MolFromSmiles(smiles), isomericSmiles=False)


_EXCLUDED = {_flat(smiles) for smiles in HELD_OUT.values()}


def _join(one, other, rng):
    """Joins two molecules by a single bond between atoms with hydrogens, at carbon with twice the probability."""
    pair = Chem.RWMol(Chem.CombineMols(one, other))

    def site(first, last):
        atoms = [pair.GetAtomWithIdx(i) for i in range(first, last)]
        atoms = [atom for atom in atoms if atom.GetTotalNumHs() > 0]
        if not atoms:
            return None
        weights = np.array([2.0 if atom.GetSymbol() == "C" else 1.0 for atom in atoms])
        return atoms[rng.choice(len(atoms), p=weights / weights.sum())]

    n = one.GetNumAtoms()
    a, b = site(0, n), site(n, pair.GetNumAtoms())
    if a is None or b is None:
        return None
    if a.GetSymbol() != "C" and b.GetSymbol() != "C" and rng.random() < 0.8:
        return None
    for atom in (a, b):
        if atom.GetNumExplicitHs() > 0:
            atom.SetNumExplicitHs(atom.GetNumExplicitHs() - 1)
    pair.AddBond(a.GetIdx(), b.GetIdx(), Chem.BondType.SINGLE)
    joined = pair.GetMol()
    try:
        Chem.SanitizeMol(joined)
    except Exception:
        return None
    return joined


def random_smiles(rng, max_atoms):
    """SMILES of a random molecule of at most `max_atoms` atoms, hydrogens included."""
    while True:
        parts = rng.choice(_SMILES, size=rng.choice([1, 2, 3, 4], p=[0.12, 0.38, 0.32, 0.18]), p=_WEIGHTS / _WEIGHTS.sum())
        molecule = Chem.MolFromSmiles(str(parts[0]))
        for part in parts[1:]:
            molecule = molecule and _join(molecule, Chem.MolFromSmiles(str(part)), rng)
        if molecule is None or Chem.AddHs(molecule).GetNumAtoms() > max_atoms:
            continue
        smiles = Chem.MolToSmiles(molecule)
        if Chem.MolFromSmiles(smiles) is not None and _flat(smiles) not in _EXCLUDED:
            return smiles


def conformer(smiles, seed):
    """Atomic numbers, positions (Å), total charge and bonds of a conformer; None if the embedding fails."""
    molecule = Chem.AddHs(Chem.MolFromSmiles(smiles))
    if molecule.GetNumAtoms() > 1:
        if AllChem.EmbedMolecule(molecule, randomSeed=int(seed % (1 << 31))) != 0:
            return None
        try:
            AllChem.MMFFOptimizeMolecule(molecule, maxIters=200)
        except Exception:
            pass
        positions = molecule.GetConformer().GetPositions()
    else:
        positions = np.zeros((1, 3))
    numbers = np.array([atom.GetAtomicNum() for atom in molecule.GetAtoms()])
    bonds = [
        (b.GetBeginAtomIdx(), b.GetEndAtomIdx(), b.GetBondType() == Chem.BondType.SINGLE and not b.IsInRing())
        for b in molecule.GetBonds()
    ]
    return numbers, positions, Chem.GetFormalCharge(molecule), bonds
