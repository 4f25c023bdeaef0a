"""Benchmark: energy and forces of nano and two force fields, one core, one run.

    pip install ase gfnff numpy rdkit
    python benches/nano_vs_force_fields.py

Energy and gradient of MMFF94 by RDKit and of GFN-FF by the package gfnff, without atom typing and topology; neither
can break bonds. Caffeine, a peptide of about 200 atoms and a water droplet of about 1000 atoms; best of interleaved
rounds. The ratio is our evaluations per second over theirs; a dash means not supported.
"""

import os
import pathlib
import sys
import tempfile
import time

os.environ |= {"RAYON_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import numpy as np
from ase import Atoms
from gfnff import GFNFF
from rdkit import Chem
from rdkit.Chem import AllChem

from bench_binary import build, run

ROUNDS = 3


def molecule(smiles):
    """An embedded molecule with hydrogens."""
    molecule = Chem.AddHs(Chem.MolFromSmiles(smiles))
    AllChem.EmbedMolecule(molecule, randomSeed=7, useRandomCoords=True)
    return molecule


def droplet(radius=13.5):
    """Water molecules in a sphere, 0.1 atoms per Å³."""
    water, rng, lattice = molecule("O"), np.random.default_rng(7), 30 ** (1 / 3)
    shape = water.GetConformer().GetPositions()
    shape -= shape.mean(0)
    cells = np.arange(-6, 7)
    corners = np.stack(np.meshgrid(cells, cells, cells), -1).reshape(-1, 3) * lattice
    corners = corners[np.linalg.norm(corners, axis=1) < radius]
    positions = [shape @ np.linalg.qr(rng.normal(size=(3, 3)))[0] + corner for corner in corners]
    waters = Chem.RWMol()
    for _ in corners:
        waters.InsertMol(water)
    waters = waters.GetMol()
    Chem.SanitizeMol(waters)
    conformer = Chem.Conformer(waters.GetNumAtoms())
    for atom, position in enumerate(np.concatenate(positions)):
        conformer.SetAtomPosition(atom, position.tolist())
    waters.RemoveAllConformers()
    waters.AddConformer(conformer)
    return waters


def time_calls(call, seconds=1.0):
    """The best time of a call, s."""
    best, end = np.inf, time.perf_counter() + seconds
    while True:
        start = time.perf_counter()
        call()
        now = time.perf_counter()
        best = min(best, now - start)
        if now > end:
            return best


def mmff(molecule):
    """An evaluation by MMFF94."""
    properties = AllChem.MMFFGetMoleculeProperties(molecule)
    field = AllChem.MMFFGetMoleculeForceField(molecule, properties, ignoreInterfragInteractions=False)
    return lambda: (field.CalcEnergy(), field.CalcGrad())


def gfnff(molecule):
    """An evaluation by GFN-FF."""
    numbers = [atom.GetAtomicNum() for atom in molecule.GetAtoms()]
    atoms = Atoms(numbers, molecule.GetConformer().GetPositions(), calculator=GFNFF(charge=0))
    atoms.get_forces()

    def evaluate():
        atoms.positions[::2, 0] += 1e-4  # Prevents cached results.
        return atoms.get_potential_energy(), atoms.get_forces()

    return evaluate


def attempt(make, molecule):
    """An evaluation function of a force field; None if it does not support the molecule."""
    try:
        return make(molecule)
    except Exception as error:
        print(f"{make.__name__} failed: {error}", file=sys.stderr)
        return None


def main():
    binary = build("potentials")
    peptide = "NCC(=O)" + "N[C@@H](C)C(=O)" * 19 + "O"
    systems = {"caffeine": molecule("Cn1cnc2c1c(=O)n(C)c(=O)n2C"), "peptide": molecule(peptide), "water": droplet()}
    print(f"{'':10}{'atoms':>7}{'nano/s':>10}{'MMFF94/s':>10}{'ratio':>8}{'GFN-FF/s':>10}{'ratio':>8}")
    for name, system in systems.items():
        calls = [attempt(make, system) for make in (mmff, gfnff)]
        ours, theirs = np.inf, [np.inf, np.inf]
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "system.xyz"
            path.write_text(Chem.MolToXYZBlock(system))
            for _ in range(ROUNDS):
                ours = min(ours, *run(binary, "nano", path))
                theirs = [min(best, time_calls(call)) if call else best for best, call in zip(theirs, calls)]
        cells = "".join(f"{1 / best:10.1f}{best / ours:8.2f}" if np.isfinite(best) else f"{'-':>10}{'-':>8}" for best in theirs)
        print(f"{name:10}{system.GetNumAtoms():7}{1 / ours:10.1f}{cells}", flush=True)


if __name__ == "__main__":
    main()
