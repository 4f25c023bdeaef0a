"""Checks of live packing: statement 22."""

import json
import math

from .bodies import assert_close
from .connection import Client


def read_structure(text):
    """Edges of the cubic cell (Å), symbols and positions of an extended XYZ file."""
    lines = text.splitlines()
    count, comment = int(lines[0]), lines[1]
    lattice = [float(number) for number in comment.split('Lattice="')[1].split('"')[0].split()]
    atoms = [line.split() for line in lines[2 : 2 + count]]
    return lattice[::4], [atom[0] for atom in atoms], [[float(x) for x in atom[1:4]] for atom in atoms]


def distance(one, other, edges):
    """Distance of the nearest periodic images."""
    shift = [a - b - edge * round((a - b) / edge) for a, b, edge in zip(one, other, edges)]
    return math.hypot(*shift)


def molecules_are_packed_22(server):
    molecules, structures = [{"name": "water", "number": 20}, {"name": "methane", "number": 4}], []
    for _ in range(2):
        with Client(server) as client:
            client.send("pack", molecules=molecules, density=0.8, distance=2.0, seed=3)
            packing, frames = client.receive("packing"), []
            while (message := json.loads(client.socket.recv(timeout=60)))["type"] == "frame":
                frames.append(message["data"])
            assert message["type"] == "complete", message
            assert client.closed() == 1000
        assert sorted(packing["numbers"]) == [1] * 56 + [6] * 4 + [8] * 20 and len(packing["cell"]) == 3
        assert frames and [frame["frame_id"] for frame in frames] == sorted({frame["frame_id"] for frame in frames})
        assert all(len(frame["positions"]) == 3 * 80 for frame in frames)
        structures.append(message["structure"])
    assert structures[0] == structures[1], "the same seed makes the same structure"
    edges, symbols, positions = read_structure(structures[0])
    volume = edges[0] * edges[1] * edges[2]
    mass = 20 * 18.015 + 4 * 16.043
    assert_close(mass / volume * 1.66053907, 0.8, 0.008)
    # The atoms of a molecule follow each other: 3 of each water, then 5 of each methane.
    molecule = [i // 3 if i < 60 else 20 + (i - 60) // 5 for i in range(80)]
    assert (symbols.count("O"), symbols.count("C"), symbols.count("H")) == (20, 4, 56)
    for i in range(80):
        for j in range(i):
            if molecule[i] != molecule[j]:
                assert distance(positions[i], positions[j], edges) > 1.99, (i, j)


def a_wrong_packing_is_an_error_22(server):
    water = [{"name": "water", "number": 5}]
    for wrong in [
        {"molecules": [], "density": 1.0},
        {"molecules": [{"name": "unobtainium", "number": 1}], "density": 1.0},
        {"molecules": [{"name": "water", "number": 0}], "density": 1.0},
        {"molecules": water, "density": 0},
        {"molecules": water, "density": "x"},
        {"molecules": water},
    ]:
        with Client(server) as client:
            client.send("pack", **wrong)
            assert client.error()
    with Client(server) as client:
        client.send("pack", molecules=[{"name": "water", "number": 800}], density=1.1)
        client.receive("packing")
        client.send("stop")
        client.until("complete")
        assert client.closed() == 1000
