"""Neighbor lists against those of ASE."""

import mlipview
import numpy as np
import pytest
from ase import Atoms
from ase.build import bulk, molecule
from ase.neighborlist import neighbor_list

STRUCTURES = {
    "molecule": molecule("C6H6"),
    "copper": bulk("Cu"),
    "skewed": Atoms("HNO", np.random.default_rng(1).normal(size=(3, 3)) * 4, cell=[[3, 0, 0], [2, 3, 0], [1, -2, 4]], pbc=True),
    "slab": Atoms("CuO", [(0, 0, 0), (1, 1, 9)], cell=[3, 3, 8], pbc=[True, True, False]),
}


@pytest.mark.parametrize("name", STRUCTURES)
@pytest.mark.parametrize("cutoff", [1.5, 4.0])
def test_pairs_are_those_of_ase(name, cutoff):
    def rows(i, j, d, D, S):
        order = np.lexsort((S[:, 2], S[:, 1], S[:, 0], j, i))
        return [array[order] for array in (i, j, d, D, S)]

    atoms = STRUCTURES[name]
    ours = rows(*mlipview.neighbor_list(atoms, cutoff))
    theirs = rows(*neighbor_list("ijdDS", atoms, cutoff))
    for found, expected in zip(ours, theirs):
        np.testing.assert_allclose(found, expected, atol=1e-12)


def test_quantities_come_in_their_order():
    S, i = mlipview.neighbor_list(bulk("Cu"), 2.6, "Si")
    assert S.shape == (12, 3) and i.tolist() == [0] * 12
    with pytest.raises(ValueError, match="ijx"):
        mlipview.neighbor_list(bulk("Cu"), 2.6, "ijx")
    with pytest.raises(ValueError, match="cutoff -1"):
        mlipview.neighbor_list(bulk("Cu"), -1)
