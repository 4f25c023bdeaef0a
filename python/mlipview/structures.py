"""Structures from files, the library and SMILES strings."""

from __future__ import annotations

import os
import warnings
from typing import overload

from ase import Atoms

from . import _native
from .convert import from_atoms, to_atoms, to_write
from .errors import ReaderWarning


def read(path: str | os.PathLike, index: int | str | slice | None = None, topology: Atoms | None = None):
    """Atoms of a file: XYZ, PDB, mmCIF, CIF, MOL, SDF, MOL2, GRO, POSCAR, XDATCAR, cube, XTC, DCD, and
    any of them compressed.

    Args:
        path: the file; ``FILE@3`` and ``FILE@10:`` select frames, as in ASE.
        index: a frame, or a slice such as ``":"`` for a list [default: the last frame].
        topology: the atoms of a trajectory without elements (XTC, DCD).

    Returns:
        Atoms, or for a slice a list of them. Charge and multiplicity are in ``info`` as ``charge`` and
        ``spin``, fixed atoms are ``FixAtoms``.

    Raises:
        OSError: a file that cannot be read.
        ValueError: content that does not follow the format; the message has the line.
    """
    path = os.fspath(path)
    if index is None and not os.path.exists(path) and "@" in path:
        path, _, index = path.rpartition("@")
    selection = _selection(-1 if index is None else index)
    reference = None if topology is None else from_atoms(topology)
    frames = _native.read(path, selection, reference)
    for note in dict.fromkeys(note for frame in frames for note in frame.notes):
        warnings.warn(f"{path}: {note}", ReaderWarning, stacklevel=2)
    images = [to_atoms(frame) for frame in frames]
    return images if ":" in selection else images[0]


def write(path: str | os.PathLike, images: Atoms | list[Atoms]) -> None:
    """Writes atoms to a file in the format of its extension, with results that are already computed.

    The old file stays until the new one is complete.

    >>> import os, tempfile
    >>> path = os.path.join(tempfile.mkdtemp(), "ethanol.pdb")
    >>> write(path, smiles("CCO"))
    >>> len(read(path))
    9

    Raises:
        OSError: a file that cannot be written.
        ValueError: an unknown extension, or a format that cannot hold these atoms.
    """
    images = [images] if isinstance(images, Atoms) else list(images)
    _native.write(os.fspath(path), [to_write(image) for image in images])


@overload
def library(key: str) -> Atoms: ...
@overload
def library(key: None = None) -> list[str]: ...
def library(key=None):
    """A built-in structure, or without a key the list of keys.

    >>> library("caffeine").get_chemical_formula()
    'C8H10N4O2'
    >>> "water" in library()
    True

    Raises:
        KeyError: an unknown key.
    """
    return _native.library_keys() if key is None else to_atoms(_native.library(key))


def smiles(text: str, seed: int = 0) -> Atoms:
    """A molecule with hydrogens from a SMILES string; the seed determines the conformer.

    Stated stereochemistry is kept. Formal charges are the array ``formal_charge``, their sum is
    ``info["charge"]``. Relax the molecule before use.

    >>> smiles("CCO").get_chemical_formula()
    'C2H6O'

    Raises:
        ValueError: an invalid string, or one without a plausible geometry.
    """
    return to_atoms(_native.smiles(text, seed))


def _selection(index: int | str | slice) -> str:
    if isinstance(index, slice):
        parts = (index.start, index.stop, 1 if index.step is None else index.step)
        return ":".join("" if part is None else str(part) for part in parts)
    return str(index)
