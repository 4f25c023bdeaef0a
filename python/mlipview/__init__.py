"""Interactive atomistic simulation: potentials for ASE, relaxation, dynamics, readers, and a window.

>>> import mlipview
>>> atoms = mlipview.library("caffeine")
>>> atoms.calc = mlipview.Calculator("nano")
>>> outcome = mlipview.relax(atoms, fmax=0.05)
>>> outcome.converged
True

Units are those of ASE: Å, eV, eV/Å, eV/Å³; timesteps are in fs, pressures in bar.
"""

from ._native import potentials
from .calculator import Calculator
from .convert import from_atoms, to_atoms
from .errors import CautionWarning, ReaderWarning
from .hands import Hands
from .neighbors import neighbor_list
from .room import Room
from .simulation import Outcome, md, relax
from .structures import library, read, smiles, write
from .view import View, view

__all__ = [
    "Calculator",
    "CautionWarning",
    "Hands",
    "Outcome",
    "ReaderWarning",
    "Room",
    "View",
    "from_atoms",
    "library",
    "md",
    "neighbor_list",
    "potentials",
    "read",
    "relax",
    "smiles",
    "to_atoms",
    "view",
    "write",
]
