"""Reads structure files by every program that supports their format, for `compare_formats.py`.

Reads paths from standard input and prints a JSON object per line: for each program its frames or its error message.
A frame has `formula` (count by symbol, D as H), `cell` (three vectors, Å, or null) and `charge` (e, or null if
unknown). Atoms of trajectories without elements are argon; their first and last frames have `positions`, Å.
"""

import bz2
import gzip
import json
import lzma
import os
import pathlib
import sys
import tempfile
import warnings
from collections import Counter

os.environ.setdefault("OMP_NUM_THREADS", "1")
warnings.simplefilter("ignore")

# Cells whose components are all smaller than this, Å, are treated as missing.
ZERO = 1e-8


def frame(symbols, cell=None, charge=None):
    symbols = ["H" if symbol in ("D", "T") else symbol for symbol in symbols]
    if cell is not None:
        cell = [[float(x) for x in vector] for vector in cell]
        if all(abs(x) < ZERO for vector in cell for x in vector):
            cell = None
    return {"formula": Counter(symbols), "cell": cell, "charge": charge}


def by_ase(path, format):
    from ase.io import read

    images = read(path, index=":", format=format)
    # An empty list of images is an error.
    if not images:
        raise ValueError("no images")
    return [
        frame([s for s in atoms.get_chemical_symbols() if s != "X"], atoms.cell.array)
        for atoms in images
    ]


def by_gemmi_crystal(path):
    import gemmi

    frames = []
    for block in gemmi.cif.read(str(path)):
        small = gemmi.make_small_structure_from_block(block)
        if not small.sites:
            continue
        small.setup_cell_images()
        sites = small.get_all_unit_cell_sites()
        symbols = [site.element.name for site in sites if site.element.name != "X"]
        # Sites without element and position are placeholders.
        if symbols:
            frames.append(frame(symbols, small.cell.orth.mat.transpose().tolist()))
    if not frames:
        raise ValueError("no sites")
    return frames


def by_gemmi(path):
    import gemmi

    structure = gemmi.read_structure(str(path))
    structure.remove_alternative_conformations()
    cell = structure.cell.orth.mat.transpose().tolist() if structure.cell.is_crystal() else None
    frames = []
    for model in structure:
        atoms = [cra.atom for cra in model.all() if cra.atom.element.name != "X"]
        charge = sum(atom.charge for atom in atoms)
        frames.append(frame([atom.element.name for atom in atoms], cell, charge))
    if not any(frame["formula"] for frame in frames):
        raise ValueError("no atoms")
    return frames


def by_pymatgen(path, kind):
    from pymatgen.core import Structure
    from pymatgen.io.cif import CifParser

    if kind == "cif":
        structures = CifParser(path, occupancy_tolerance=1.0).parse_structures(primitive=False)
    else:
        structures = [Structure.from_file(path)]
    frames = []
    for structure in structures:
        if not structure.is_ordered:
            raise ValueError("disordered")
        symbols = [site.specie.symbol for site in structure]
        frames.append(frame(symbols, structure.lattice.matrix.tolist()))
    return frames


def by_mdanalysis(path):
    import MDAnalysis
    from MDAnalysis.guesser.tables import Z2SYMB

    universe = MDAnalysis.Universe(str(path), to_guess=["elements"])
    symbols = [element.capitalize() for element in universe.atoms.elements if element]
    known = set(Z2SYMB.values()) | {"D"}
    if len(symbols) < len(universe.atoms) or not set(symbols) <= known:
        raise ValueError("elements that are not known")
    cell = universe.trajectory.ts.triclinic_dimensions
    return [frame(symbols, cell) for _ in universe.trajectory]


def by_mdanalysis_trajectory(path):
    from MDAnalysis.coordinates.DCD import DCDReader
    from MDAnalysis.coordinates.XTC import XTCReader

    reader = {".xtc": XTCReader, ".dcd": DCDReader}[path.suffix.lower()](str(path))
    frames = []
    for step in reader:
        read = frame(["Ar"] * step.n_atoms, step.triclinic_dimensions)
        if step.frame in (0, len(reader) - 1):
            read["positions"] = step.positions.tolist()
        frames.append(read)
    return frames


def by_rdkit(path, kind):
    from rdkit import Chem, RDLogger

    RDLogger.DisableLog("rdApp.*")
    if kind == "sdf":
        supplier = Chem.SDMolSupplier(str(path), sanitize=False, removeHs=False, strictParsing=False)
        molecules = [molecule for molecule in supplier if molecule is not None]
    elif kind == "mol":
        molecules = [Chem.MolFromMolFile(str(path), sanitize=False, removeHs=False, strictParsing=False)]
    else:
        molecules = [Chem.MolFromMol2File(str(path), sanitize=False, removeHs=False)]
    # mlipview skips molecules with dummy atoms.
    molecules = [m for m in molecules if m is not None and all(a.GetAtomicNum() for a in m.GetAtoms())]
    if not molecules:
        raise ValueError("no molecules")
    return [
        frame(
            [atom.GetSymbol() for atom in molecule.GetAtoms()],
            charge=Chem.GetFormalCharge(molecule) if kind != "mol2" else None,
        )
        for molecule in molecules
    ]


def readers(path):
    """The programs for a file, by its name and content."""
    name = path.name.lower()
    extension = path.suffix.lower()
    ase = lambda format: (f"ASE ({format})", lambda: by_ase(path, format))
    if extension in (".cif", ".mcif", ".mmcif", ".pdbx"):
        if "_atom_site_fract_x" in path.read_text(errors="replace").lower():
            return [
                ("gemmi", lambda: by_gemmi_crystal(path)),
                ase("cif"),
                ("pymatgen", lambda: by_pymatgen(path, "cif")),
            ]
        return [("gemmi", lambda: by_gemmi(path))]
    if extension in (".xtc", ".dcd"):
        return [("MDAnalysis", lambda: by_mdanalysis_trajectory(path))]
    if extension in (".pdb", ".ent"):
        return [("gemmi", lambda: by_gemmi(path)), ("MDAnalysis", lambda: by_mdanalysis(path))]
    if extension in (".xyz", ".extxyz"):
        return [ase("extxyz"), ase("xyz")]
    if extension in (".sdf", ".sd", ".mol"):
        return [("RDKit", lambda: by_rdkit(path, "mol" if extension == ".mol" else "sdf"))]
    if extension == ".mol2":
        return [("RDKit", lambda: by_rdkit(path, "mol2")), ("MDAnalysis", lambda: by_mdanalysis(path))]
    if extension == ".gro":
        return [ase("gromacs"), ("MDAnalysis", lambda: by_mdanalysis(path))]
    if extension in (".cube", ".cub"):
        return [ase("cube")]
    if "xdatcar" in name:
        return [ase("vasp-xdatcar")]
    if any(word in name for word in ("chgcar", "locpot", "parchg", "elfcar", "aeccar")):
        return [ase("vasp")]
    return [ase("vasp"), ("pymatgen", lambda: by_pymatgen(path, "poscar"))]


def decompressed(path, folder):
    """The decompressed file; the content determines the compression, since some extensions are wrong."""
    magics = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ": lzma.open}
    if path.suffix.lower() not in (".gz", ".bz2", ".xz"):
        return path
    content = path.read_bytes()
    for magic, opener in magics.items():
        if content.startswith(magic):
            with opener(path) as file:
                content = file.read()
            break
    plain = pathlib.Path(folder) / path.stem
    plain.write_bytes(content)
    return plain


def read(path):
    """The frames or the error message of each program."""
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        path = decompressed(path, folder)
        for name, read in readers(path):
            try:
                results[name] = read()
            except BaseException as error:  # some raise other than Exception
                results[name] = f"{type(error).__name__}: {error}"
    return results


def main():
    # Keeps output of the programs out of the results.
    out, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        print(json.dumps(read(pathlib.Path(line.rstrip("\n")))), file=out, flush=True)


if __name__ == "__main__":
    main()
