"""Pulls of viewers as forces in ASE."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from ase import Atoms
from ase.constraints import FixConstraint

from .convert import fixed_atoms

if TYPE_CHECKING:
    from .room import Room


class Hands(FixConstraint):
    """A constraint that adds the pulls of a room's viewers to the forces of the atoms.

    Works with dynamics and with optimizers that use forces alone (BFGS, FIRE, LBFGS …). Line searches compare
    energies, which do not contain the pulls. Atoms of ``FixAtoms`` are not pulled.

    Args:
        room: the room whose viewers pull.
        max_force: a stronger pull on an atom is shortened to this, eV/Å.

    >>> from ase.build import bulk
    >>> from ase.calculators.emt import EMT
    >>> from mlipview import Room
    >>> atoms = bulk("Cu", cubic=True)
    >>> atoms.calc = EMT()
    >>> with Room(atoms) as room:
    ...     atoms.set_constraint([Hands(room), *atoms.constraints])
    ...     bool(abs(atoms.get_forces()).max() < 1e-9)  # nobody pulls
    True
    """

    def __init__(self, room: Room, max_force: float = 10.0) -> None:
        if not max_force > 0:
            raise ValueError(f"invalid max_force={max_force}: expected a positive number, eV/Å")
        self.room, self.max_force = room, max_force

    def adjust_positions(self, atoms: Atoms, new: np.ndarray) -> None:
        """Leaves positions as they are."""

    def adjust_momenta(self, atoms: Atoms, momenta: np.ndarray) -> None:
        """Leaves momenta as they are."""

    def get_removed_dof(self, atoms: Atoms) -> int:
        """No degree of freedom is removed."""
        return 0

    def adjust_forces(self, atoms: Atoms, forces: np.ndarray) -> None:
        """Adds the pulls, eV/Å, on the atoms that no ``FixAtoms`` of the atoms fixes."""
        pulls = self.room.forces()
        if len(pulls) != len(forces):
            raise ValueError(f"the room has {len(pulls)} atoms, these are {len(forces)}")
        # Constraints act in their order: one that follows must not be needed.
        pulls[fixed_atoms(atoms)] = 0
        lengths = np.linalg.norm(pulls, axis=1, keepdims=True)
        forces += pulls * np.minimum(1.0, self.max_force / np.maximum(lengths, 1e-12))

    def adjust_potential_energy(self, atoms: Atoms) -> float:
        """Pulls have no energy; ASE's dynamics ask for the forces of constraints with this function only."""
        return 0.0

    def todict(self) -> dict:
        """A constraint without effect: files cannot hold the connection to viewers."""
        return {"name": "FixAtoms", "kwargs": {"indices": []}}

    def __deepcopy__(self, _: dict) -> Hands:
        # Copies of atoms are pulled by the same viewers.
        return self
