"""Compares bond orders of mlipview, Open Babel and RDKit with those of SMILES strings.

Run by `compare_bonds.py --smiles N`, on N of the 5 000 molecules of the National Cancer Institute in RDKit
(Data/NCI/first_5K.smi) that are connected, without metals and of at most 80 atoms. RDKit embeds them (ETKDGv3)
and relaxes them (MMFF94); they are written as XYZ, without bonds and charge. The orders of a molecule are right if
they are those of RDKit, up to an exchange of symmetric or mesomeric ends (the oxygens of a nitro group).
"""

import os
from collections import Counter

from rdkit import Chem, RDConfig, RDLogger
from rdkit.Chem import AllChem, rdDetermineBonds

ORDERS = {"single": 1, "double": 2, "triple": 3, "aromatic": 1.5}


def run(arguments, folder, perceive):
    RDLogger.DisableLog("rdApp.*")
    molecules = embedded(arguments.smiles)
    files = []
    for number, (_, molecule) in enumerate(molecules):
        path = folder / f"{number}.xyz"
        path.write_text(Chem.MolToXYZBlock(molecule))
        files.append(path)
    perceived = perceive(arguments.mlipview, files)
    programs = {
        "mlipview": lambda number, _: orders_of_mlipview(perceived[number]),
        "Open Babel": lambda number, _: orders_of_openbabel(files[number]),
        "RDKit with the charge": lambda _, molecule: orders_of_rdkit(molecule),
    }
    print(f"{len(molecules)} molecules from SMILES")
    for name, program in programs.items():
        bonds_right = orders_right = 0
        wrong = []
        for number, (smiles, molecule) in enumerate(molecules):
            found = program(number, molecule)
            expected = reference_orders(molecule)
            if found is None or set(found) != set(expected):
                wrong.append((smiles, "bonds"))
                continue
            bonds_right += 1
            if equivalent(molecule, found, expected):
                orders_right += 1
            else:
                wrong.append((smiles, "orders"))
        share = 100 * orders_right / len(molecules)
        print(f"{name}: the same atoms bonded in {bonds_right}, all orders right in {orders_right} ({share:.1f} %)")
        for smiles, what in wrong if arguments.verbose and name == "mlipview" else []:
            print(f"  {what}: {smiles}")
    return 0


def embedded(count):
    lines = open(os.path.join(RDConfig.RDDataDir, "NCI", "first_5K.smi"), encoding="utf8").read().split("\n")
    smiles = [line.split()[0] for line in lines if line.split()]
    molecules = []
    for text in smiles[:: max(1, len(smiles) // (2 * count))]:
        molecule = Chem.MolFromSmiles(text)
        if molecule is None or "." in text or any(atom.GetNumRadicalElectrons() for atom in molecule.GetAtoms()):
            continue
        molecule = Chem.AddHs(molecule)
        light = all(atom.GetAtomicNum() in (1, 5, 6, 7, 8, 9, 14, 15, 16, 17, 35, 53) for atom in molecule.GetAtoms())
        if not light or not 2 < molecule.GetNumAtoms() <= 80 or not AllChem.MMFFHasAllMoleculeParams(Chem.Mol(molecule)):
            continue
        if AllChem.EmbedMolecule(molecule, randomSeed=1) != 0:
            continue
        # On a copy: MMFF94 changes the aromaticity of the molecule.
        relaxed = Chem.Mol(molecule)
        AllChem.MMFFOptimizeMolecule(relaxed, maxIters=2000)
        molecule.RemoveAllConformers()
        molecule.AddConformer(relaxed.GetConformer(), assignId=True)
        molecules.append((text, molecule))
        if len(molecules) == count:
            break
    return molecules


def reference_orders(molecule):
    return {
        tuple(sorted((bond.GetBeginAtomIdx(), bond.GetEndAtomIdx()))): bond.GetBondTypeAsDouble()
        for bond in molecule.GetBonds()
    }


def orders_of_mlipview(bonds):
    kept = (bond for bond in bonds if bond["strength"] >= 0.5)
    return {tuple(sorted(bond["atoms"])): ORDERS.get(bond["order"], 0) for bond in kept}


def orders_of_rdkit(molecule):
    plain = Chem.MolFromXYZBlock(Chem.MolToXYZBlock(molecule))
    try:
        rdDetermineBonds.DetermineBonds(plain, charge=Chem.GetFormalCharge(molecule), maxIterations=20000)
    except (ValueError, RuntimeError):
        return None
    return reference_orders(plain)


def orders_of_openbabel(path):
    from openbabel import openbabel

    openbabel.obErrorLog.SetOutputLevel(0)
    reader = openbabel.OBConversion()
    reader.SetInFormat("xyz")
    molecule = openbabel.OBMol()
    reader.ReadFile(molecule, str(path))
    return {
        tuple(sorted((bond.GetBeginAtomIdx() - 1, bond.GetEndAtomIdx() - 1))): 1.5
        if bond.IsAromatic()
        else bond.GetBondOrder()
        for bond in openbabel.OBMolBondIter(molecule)
    }


def equivalent(molecule, found, expected):
    """Whether the orders are the same, up to exchanges of equivalent ends."""
    if found == expected:
        return True
    ranks = equivalence_classes(molecule)
    return described(found, ranks) == described(expected, ranks)


def equivalence_classes(molecule):
    """Equivalence classes of atoms, ignoring bond orders and charges."""
    plain = Chem.RWMol(molecule)
    for bond in plain.GetBonds():
        bond.SetBondType(Chem.BondType.SINGLE)
        bond.SetIsAromatic(False)
    for atom in plain.GetAtoms():
        atom.SetIsAromatic(False)
        atom.SetFormalCharge(0)
        atom.SetNoImplicit(True)
        atom.SetChiralTag(Chem.ChiralType.CHI_UNSPECIFIED)
    return list(Chem.CanonicalRankAtoms(plain, breakTies=False, includeChirality=False))


def described(orders, ranks):
    around = Counter()
    for (one, other), order in orders.items():
        around[tuple(sorted((ranks[one], ranks[other]))), order] += 1
    return around
