"""Labeled structures with their edges, and batches of them with padded neighbor lists."""

import numpy as np
from matscipy.neighbours import neighbour_list

import network

INDEX = np.full(120, -1)
INDEX[network.SPECIES] = np.arange(len(network.SPECIES))
WIDTHS = (16, 32, 48, 72, 112, 176)  # neighbors per atom that lists are padded to; 176 in compressed diamond
EDGES = 2_500  # padded edges of a micro-batch: what the caches of a core hold
MAX_ATOMS = 32  # of a labeled frame
MAX_LABEL = 20.0  # eV/Å: frames with larger forces are left out


class Frame:
    """One labeled structure with its edges; energies are relative to free atoms, virials in eV."""

    __slots__ = ("species", "targets", "sources", "slots", "reverse", "vectors", "energy", "forces", "virial", "kind", "structure", "width")


def reversed_edges(i, j, shifts):
    """The index of the edge from j to i with the opposite shift, for each edge."""
    key = lambda a, b, s: np.stack([a, b, *s.T])
    forward, backward = np.lexsort(key(i, j, shifts)), np.lexsort(key(j, i, -shifts))
    reverse = np.empty(len(i), np.int32)
    reverse[forward] = backward
    return reverse


def frame_of(numbers, positions, cell):
    """A frame without labels; None if it has elements, atoms or neighbors beyond what is learned."""
    frame = Frame()
    i, j, D, S = neighbour_list("ijDS", cutoff=network.CUTOFF, positions=positions, cell=cell, pbc=[True] * 3, numbers=numbers.astype(np.int32))
    counts = np.bincount(i, minlength=len(numbers))
    fitting = [width for width in WIDTHS if width >= counts.max()]
    frame.species = INDEX[numbers].astype(np.int32)
    if (frame.species < 0).any() or not fitting or len(numbers) > MAX_ATOMS:
        return None
    frame.width = fitting[0]
    frame.targets, frame.sources, frame.vectors = i.astype(np.int32), j.astype(np.int32), D.astype(np.float32)
    frame.slots = (np.arange(len(i)) - np.repeat(np.cumsum(counts) - counts, counts)).astype(np.int32)
    frame.reverse = reversed_edges(i, j, S)
    frame.energy, frame.forces, frame.virial = 0.0, np.zeros((len(numbers), 3), np.float32), np.zeros((3, 3), np.float32)
    return frame


def read_shard(path):
    """The frames of a shard, and the number of those that are left out: large forces, too many neighbors."""
    shard, found = dict(np.load(path)), []
    for k, end in enumerate(np.cumsum(shard["counts"])):
        a = slice(end - shard["counts"][k], end)
        if np.abs(shard["forces"][a]).max() > MAX_LABEL:
            continue
        frame = frame_of(shard["numbers"][a], shard["positions"][a], shard["cells"][k])
        if frame is None:
            continue
        frame.energy, frame.forces = float(shard["energies"][k]), shard["forces"][a]
        frame.virial = (shard["stresses"][k] * abs(np.linalg.det(shard["cells"][k]))).astype(np.float32)
        frame.kind, frame.structure = str(shard["kinds"][k]), f"{path}:{shard['structures'][k]}"
        found.append(frame)
    return found, len(shard["counts"]) - len(found)


def atoms_of_batch(width):
    """Atoms of a batch of lists of a width: at least one of the largest frames, and an atom of padding."""
    return max(EDGES // width, MAX_ATOMS + 1)


def collate(frames, width, offset):
    """A batch of frames of one width, padded to its atoms."""
    A = atoms_of_batch(width)
    B = max(2, A // 3)
    neighbors, vectors, mask = np.zeros((A, width), np.int32), np.zeros((A, width, 3), np.float32), np.zeros((A, width), np.float32)
    # Of padding: the last slot of the batch, which is padding, since batches are never full.
    reverse = np.full((A, width), A * width - 1, np.int32)
    species, real, forces, graph = np.zeros(A, np.int32), np.zeros(A, np.float32), np.zeros((A, 3), np.float32), np.full(A, B - 1, np.int32)
    energy, count, weight, virial = np.zeros(B, np.float32), np.ones(B, np.float32), np.zeros(B, np.float32), np.zeros((B, 3, 3), np.float32)
    at = 0
    for b, f in enumerate(frames):
        n = len(f.species)
        edge = (at + f.targets, f.slots)
        neighbors[edge], vectors[edge], mask[edge] = at + f.sources, f.vectors, 1
        reverse[edge] = (at + f.sources) * width + f.slots[f.reverse]
        a = slice(at, at + n)
        species[a], real[a], forces[a], graph[a] = f.species, 1, f.forces, b
        energy[b], count[b], weight[b], virial[b] = f.energy - offset[f.species].sum(), n, 1, f.virial
        at += n
    return dict(neighbors=neighbors, reverse=reverse, vectors=vectors, mask=mask, species=species, real=real, forces=forces, graph=graph,
                energy=energy, count=count, weight=weight, virial=virial)  # fmt: skip


