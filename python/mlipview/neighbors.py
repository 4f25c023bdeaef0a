"""Neighbor lists."""

from __future__ import annotations

import numpy as np
from ase import Atoms

from ._native import neighbor_list as _pairs
from .convert import bare_configuration


def neighbor_list(atoms: Atoms, cutoff: float, quantities: str = "ijdDS") -> tuple[np.ndarray, ...]:
    """All directed pairs within a cutoff, sorted by i, j and S.

    Args:
        atoms: the atoms, in any cell, also one smaller than the cutoff.
        cutoff: distance, Å.
        quantities: as of ``ase.neighborlist.neighbor_list``: atom i, neighbor j, distance d (Å), vector D
            from i to j (Å), shift S of the neighbor's cell.

    >>> from ase.build import bulk
    >>> i, j, d, D, S = neighbor_list(bulk("Cu"), 2.6)
    >>> len(i)
    12

    Raises:
        ValueError: an unknown quantity, an invalid cutoff, or too many neighbors to list.
    """
    unknown = sorted(set(quantities) - set("ijdDS"))
    if unknown or not quantities:
        raise ValueError(f"invalid quantities {quantities!r}: expected letters of 'ijdDS'")
    arrays = dict(zip("ijdDS", _pairs(bare_configuration(atoms, 0, 1), float(cutoff))))
    return tuple(arrays[letter] for letter in quantities)
