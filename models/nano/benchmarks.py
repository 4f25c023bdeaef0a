"""Errors on the reactions of GMTKN55 in the domain of nano: `python benchmarks.py --tables gmtkn55.tar.gz --parameters FILE [FILE …]`.

GMTKN55 (L. Goerigk et al., Phys. Chem. Chem. Phys. 19, 32184 (2017)) as text, of the repository foxtran/gmtkn55-rs: reactions
and reference energies, kcal/mol, in data/databases/*.csv; structures with charge and multiplicity in data/geometries/*.xyz.
Left out are reactions with other elements, open shells, charges beyond ±1.
Prints the mean absolute deviations of GFN2-xTB and nano from the reference values, and of nano from GFN2-xTB.
"""

import argparse
import csv
import io
import json
import os
import tarfile

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

import jax
import numpy as np
from ase.data import atomic_numbers

import molecules
import network
import train
from gfn2 import label

KCAL = 0.0433641043  # kcal/mol in eV
MAX_ATOMS, PADDING = 120, 20  # Larger molecules are left out; others are padded to multiples, so that few are compiled.
DOMAIN = [number for number in molecules.NUMBERS if number not in (11, 19)]
# Groups of sets, as in the paper: https://doi.org/10.1039/C7CP04913G
GROUPS = {
    "non-covalent, between molecules": "S22 S66 ADIM6 HAL59 AHB21 CHB6 IL16 CARBHB12 PNICO23 WATER27 RG18 HEAVY28",
    "conformers and non-covalent, within molecules": "ACONF Amino20x4 BUT14DIOL ICONF IDISP MCONF PCONF21 SCONF UPU23",
    "barriers": "BHROT27 INV24 PX13 WCPT18 BHPERI BHDIV10 BH76",
    "isomers and reactions": "ISO34 ISOL24 TAUT15 CDIE20 BSR36 FH51 NBPRC G2RC DARC ALK8 DC13 C60ISO PArel PA26 BH76RC",
}


def molecule(text):
    """Atomic numbers, positions (Å), charge, and number of unpaired electrons of a structure."""
    lines = text.splitlines()
    count, (charge, multiplicity) = int(lines[0]), lines[1].split()[:2]
    rows = [line.split() for line in lines[2 : 2 + count]]
    numbers = np.array([atomic_numbers[row[0].capitalize()] for row in rows])
    return numbers, np.array([[float(v) for v in row[1:4]] for row in rows]), int(charge), int(multiplicity) - 1


def read(path):
    """Structures by name, and by set the reactions [(coefficient, name), …] with their energies, kcal/mol."""
    structures, sets = {}, {}
    with tarfile.open(path) as archive:
        for member in archive:
            folder, name = os.path.split(member.name)
            if not member.isfile():
                continue
            text = archive.extractfile(member).read().decode()
            if folder.endswith("geometries") and name.endswith(".xyz"):
                structures[name[:-4]] = molecule(text)
            elif folder.endswith("databases") and name.endswith(".csv"):
                sets[name[:-4]] = [(terms(row["Reaction"]), float(row["ReferenceValue"])) for row in csv.DictReader(io.StringIO(text), delimiter=";")]
    return structures, sets


def terms(text):
    """The coefficients and names of "-1 one + 2 other"."""
    words = text.replace(" + ", " ").split()
    return [(float(number), name) for number, name in zip(words[::2], words[1::2])]


def in_domain(structure):
    numbers, _, charge, unpaired = structure
    return np.isin(numbers, DOMAIN).all() and abs(charge) < 2 and unpaired == 0 and len(numbers) <= MAX_ATOMS


def of_network(path, structures):
    """Energies by the network, eV."""
    file = train.parameters(path)
    p = {name: value for name, value in file.items() if not name.startswith(("offset", "doubt")) and name in network.initial(0)}
    index = np.full(120, -1)
    index[molecules.NUMBERS] = np.arange(len(molecules.NUMBERS))
    run, out = jax.jit(network.energies), {}
    for name, (numbers, x, charge, _) in structures.items():
        n = len(numbers)
        size = -(-n // PADDING) * PADDING
        y, species, mask = np.zeros((1, size, 3), np.float32), np.zeros((1, size), int), np.zeros((1, size), np.float32)
        y[0, :n], species[0, :n], mask[0, :n] = x - x.mean(0), index[numbers], 1
        out[name] = float(run(p, y, species, mask, np.array([float(charge)], np.float32))[0]) + file["offset"][species[0, :n]].sum()
    return out


def of_gfn2(structures, path):
    """Energies by GFN2-xTB, eV, kept in a file; structures for which it does not converge are left out."""
    known = json.load(open(path)) if os.path.exists(path) else {}
    for name, (numbers, x, charge, _) in structures.items():
        if name not in known:
            values = label(numbers, x, charge)
            known[name] = values and values[0]
    with open(path, "w") as file:
        json.dump(known, file, indent=1)
    return {name: known[name] for name in structures if known[name] is not None}


def reaction(energies, reaction_terms):
    return sum(number * energies[name] for number, name in reaction_terms) / KCAL


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", required=True, help="gmtkn55.tar.gz")
    parser.add_argument("--parameters", nargs="+", required=True, help="nano.npz of a run, or nano.safetensors")
    parser.add_argument("--gfn2", default="gfn2.json", help="file that keeps the energies of GFN2-xTB")
    parser.add_argument("--reactions", help="print every reaction of this set")
    options = parser.parse_args()
    structures, sets = read(options.tables)
    structures = {name: s for name, s in structures.items() if in_domain(s)}
    reference = of_gfn2(structures, options.gfn2)
    methods = {"GFN2-xTB": reference, **{os.path.basename(path): of_network(path, structures) for path in options.parameters}}
    titles = [*methods, *(f"{name} − GFN2-xTB" for name in list(methods)[1:])]
    print("| kcal/mol | reactions | mean size | " + " | ".join(titles) + " |\n|---|" + "--:|" * (2 + len(titles)))
    for group, names in GROUPS.items():
        print(f"| **{group}** |" + " |" * (2 + len(titles)))
        for name in names.split():
            rows = [(t, value) for t, value in sets[name] if all(part in reference for _, part in t)]
            if not rows:
                continue
            target = np.array([value for _, value in rows])
            found = np.array([[reaction(energies, t) for t, _ in rows] for energies in methods.values()])
            errors = [np.abs(values - target).mean() for values in found] + [np.abs(values - found[0]).mean() for values in found[1:]]
            print(f"| {name} | {len(rows)} | {np.abs(target).mean():.1f} | " + " | ".join(f"{e:.2f}" for e in errors) + " |")
            if name == options.reactions:
                for (t, value), each in zip(rows, found.T):
                    print(f"    {value:8.2f}", " ".join(f"{v:8.2f}" for v in each), t)


if __name__ == "__main__":
    main()
