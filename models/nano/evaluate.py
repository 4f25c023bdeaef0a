"""Test-set errors on held-out molecules: `python evaluate.py --frames DIR --parameters FILE [--program mlipview] [--plot FILE]`.

Prints the tables of the model card. The frames are those of `held_out.py`; errors of other methods are cached beside
them in `baselines.json`. With `--program`, forces of the program are compared with those of the network in JAX.
"""

import argparse
import json
import multiprocessing
import os
import subprocess
import tempfile
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import ase
import ase.io
import jax
import numpy as np
from gfnff import GFNFFCalculator
from rdkit import Chem
from rdkit.Chem import AllChem

import molecules
import network
import train
from gfn2 import label
from sampling import BOHR, HARTREE

KCAL = 0.0433641043  # kcal/mol in eV
MAX_ATOMS = 42  # Every molecule is padded to this number of atoms, so that the network is compiled once.


def gfn1(smiles, numbers, charge, frames):
    energies, forces, _ = zip(*(label(numbers, x, charge, "GFN1-xTB") for x in frames))
    return np.array(energies), np.array(forces)


def gfnff(smiles, numbers, charge, frames):
    """GFN-FF with the bonds that it perceives in the first frame."""
    engine = GFNFFCalculator(numbers, frames[0] / BOHR, charge=charge)
    done = [engine.singlepoint(numbers, x / BOHR) for x in frames]
    return np.array([e for e, *_ in done]) * HARTREE, -np.array([g for _, g, *_ in done]) * (HARTREE / BOHR)


def _rdkit(smiles, frames, field):
    molecule = Chem.AddHs(Chem.MolFromSmiles(smiles))
    energies, forces = [], []
    for x in frames:
        conformer = Chem.Conformer(molecule.GetNumAtoms())
        conformer.SetPositions(x)
        molecule.RemoveAllConformers()
        molecule.AddConformer(conformer)
        made = field(molecule)
        energies.append(made.CalcEnergy() * KCAL)
        forces.append(-np.array(made.CalcGrad()).reshape(-1, 3) * KCAL)
    return np.array(energies), np.array(forces)


def mmff94(smiles, numbers, charge, frames):
    def field(molecule):
        types = AllChem.MMFFGetMoleculeProperties(molecule)
        return AllChem.MMFFGetMoleculeForceField(molecule, types, nonBondedThresh=1000.0, ignoreInterfragInteractions=False)

    known = AllChem.MMFFHasAllMoleculeParams(Chem.AddHs(Chem.MolFromSmiles(smiles)))
    return _rdkit(smiles, frames, field) if known else None


def uff(smiles, numbers, charge, frames):
    field = lambda molecule: AllChem.UFFGetMoleculeForceField(molecule, vdwThresh=1000.0, ignoreInterfragInteractions=False)
    known = AllChem.UFFHasAllMoleculeParams(Chem.AddHs(Chem.MolFromSmiles(smiles)))
    return _rdkit(smiles, frames, field) if known else None


BASELINES = {"GFN1-xTB": gfn1, "GFN-FF": gfnff, "MMFF94": mmff94, "UFF": uff}


def errors(energies, forces, frames):
    """Root mean square error of forces (eV/Å), their cosine, and of energies without their mean (meV/atom)."""
    e, f = energies - frames["energy"], forces - frames["forces"]
    cosine = (forces * frames["forces"]).sum() / np.sqrt((forces**2).sum() * (frames["forces"] ** 2).sum())
    return [float(np.sqrt((f**2).mean())), float(cosine), float(1e3 * np.std(e) / len(frames["numbers"]))]


def baseline(method, name, frames):
    """The errors of one method; None if it has no parameters for the molecule."""
    done = BASELINES[method](molecules.HELD_OUT[name], frames["numbers"], int(frames["charge"]), frames["positions"])
    return done and errors(*done, frames)


def baselines(folder, held_out):
    """Errors of all other methods on all molecules, each in a separate process, which GFN-FF can crash."""
    path = f"{folder}/baselines.json"
    known = json.load(open(path)) if os.path.exists(path) else {}
    for name, frames in held_out.items():
        for method in BASELINES:
            if method in known.setdefault(name, {}):
                continue
            with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
                try:
                    known[name][method] = pool.submit(baseline, method, name, frames).result()
                except BrokenProcessPool:
                    known[name][method] = None
            with open(path, "w") as file:
                json.dump(known, file, indent=1)
    return known


def of_network(parameters, held_out):
    """Energies (eV), forces (eV/Å) and charges (e) of all frames by the network in JAX."""
    p = train.parameters(parameters)
    offset, run, out = p.pop("offset"), jax.jit(network.energy_and_forces), {}
    index = np.full(120, -1)
    index[molecules.NUMBERS] = np.arange(len(molecules.NUMBERS))
    for name, frames in held_out.items():
        count, n = frames["positions"].shape[:2]
        x, species, mask = np.zeros((count, MAX_ATOMS, 3)), np.zeros((count, MAX_ATOMS), int), np.zeros((count, MAX_ATOMS))
        x[:, :n] = frames["positions"] - frames["positions"].mean(1, keepdims=True)
        species[:, :n], mask[:, :n] = index[frames["numbers"]], 1
        e, f, q = run(p, x, species, mask, np.full(count, float(frames["charge"])))
        out[name] = np.array(e, float) + offset[species[0, :n]].sum(), np.array(f)[:, :n], np.array(q)[:, :n]
    return out


def of_program(program, held_out):
    """Energies (eV) and forces (eV/Å) of all frames by the program."""
    out = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, frames in held_out.items():
            atoms = [ase.Atoms(frames["numbers"], x, info={"charge": int(frames["charge"])}) for x in frames["positions"]]
            ase.io.write(f"{folder}/in.xyz", atoms, format="extxyz")
            command = [program, "energy", f"{folder}/in.xyz", "--potential", "nano", "--output", f"{folder}/out.xyz"]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            done = ase.io.read(f"{folder}/out.xyz", ":", format="extxyz")
            out[name] = np.array([a.get_potential_energy() for a in done]), np.array([a.get_forces() for a in done])
    return out


def drug_like(frames):
    return bool(np.isin(frames["numbers"], [1, 6, 7, 8]).all())


def print_table(title, held_out, found, column):
    """A row per molecule and a column per method; then means over two groups."""
    methods = ["nano", *BASELINES]
    digits = ".1f" if column == 2 else ".3f"
    text = lambda value: "–" if value is None else format(value, digits)
    print(f"\n| {title} | atoms | rms force | " + " | ".join(methods) + " |")
    print("|---|" + "--:|" * (2 + len(methods)))
    for name, frames in held_out.items():
        size = f"{len(frames['numbers'])} | {np.sqrt((frames['forces'] ** 2).mean()):.2f}"
        values = [found[name][m] and found[name][m][column] for m in methods]
        print(f"| {name} | {size} | " + " | ".join(map(text, values)) + " |")
    for group, wanted in (("mean of drug-like HCNO", True), ("mean of the others", False)):
        names = [name for name, frames in held_out.items() if drug_like(frames) == wanted]
        means = []
        for m in methods:
            values = [found[name][m][column] for name in names if found[name][m]]
            means.append(np.mean(values) if values else None)
        print(f"| **{group}** | | | " + " | ".join(map(text, means)) + " |")


def plot(path, held_out, found):
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    methods = ["nano", *BASELINES]
    figure, axis = plt.subplots(figsize=(9, 3.6), layout="constrained")
    for method, mark in zip(methods, "osDv^"):
        values = [found[name][method][0] if found[name][method] else np.nan for name in held_out]
        axis.plot(range(len(held_out)), values, mark, label=method, markersize=5)
    axis.set(yscale="log", ylabel="force RMSE against GFN2-xTB, eV/Å")
    axis.set_xticks(range(len(held_out)), held_out, rotation=60, ha="right", fontsize=7)
    axis.grid(axis="y", which="both", alpha=0.3)
    figure.legend(ncols=5, fontsize=7, loc="outside upper center")
    figure.savefig(path, dpi=110)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", default="held_out")
    parser.add_argument("--parameters", required=True)
    parser.add_argument("--program", help="mlipview, compared with the network")
    parser.add_argument("--plot", help="PNG file for a plot of the force errors")
    options = parser.parse_args()

    paths = {name: f"{options.frames}/{name}.npz" for name in molecules.HELD_OUT}
    held_out = {name: dict(np.load(path)) for name, path in paths.items() if os.path.exists(path)}
    found = baselines(options.frames, held_out)
    network_results = of_network(options.parameters, held_out)
    for name, frames in held_out.items():
        found[name]["nano"] = errors(*network_results[name][:2], frames)

    print_table("force RMSE, eV/Å", held_out, found, 0)
    print_table("energy RMSE, meV/atom", held_out, found, 2)
    if options.program:
        program_results = of_program(options.program, held_out)
        forces = max(np.abs(program_results[name][1] - network_results[name][1]).max() for name in held_out)
        energy = max(np.abs(program_results[name][0] - network_results[name][0]).max() for name in held_out)
        print(f"\nProgram and network differ by at most {forces:.1e} eV/Å and {energy:.1e} eV.")
    if options.plot:
        plot(options.plot, held_out, found)


if __name__ == "__main__":
    main()
