"""Labels of `solid`: structures with energies, forces and stresses of a teacher, in shards of 200 structures.

A shard is made from its number alone, so any number of processes may share the work, and a shard that exists is
not made again: label.py --teacher FOLDER --out labels --first 0 --count 300 [--step 2] [--kind test].
Kinds of shards: train, of all prototypes; simple, of those with few atoms, with more strains; test, of held-out ones;
explored, where relaxations and dynamics with earlier parameters lead (--program mlipview --parameters solid.safetensors).
Each shard is a .npz file: counts [frames], numbers, positions, forces (concatenated atoms), cells, stresses
[frames, 3, 3], energies, kinds, structures (serial number within the shard), tags (prototype). Units: eV, Å.
"""

import argparse
import os
import time

import numpy as np
import torch

import exploration
import prototypes
import variants
from teachers import TensorNet

STRUCTURES = 200  # in a shard
MAX_FORCE = 40.0  # eV/Å; frames with larger forces are dropped
KINDS = ("train", "test", "simple", "explored")  # of shards, in the order of their seeds
SCALES = np.array([0.88, 0.97, 1.07, 1.18])  # of lengths, where the volume at rest is searched


def seeds(rng, kind):
    """The seeds of a shard: (tag, crystal) with crystal = (numbers, positions, cell)."""
    found = []
    while len(found) < STRUCTURES:
        simple = kind == "simple" or (kind == "explored" and rng.random() < 0.5)
        made = prototypes.seed(rng, kind == "test", simple)
        if made is None:
            continue
        tag, numbers, fractional, cell = made
        if len(numbers) <= variants.MAX_ATOMS and np.linalg.norm(cell, axis=1).min() > 2.0:
            found.append((tag, (numbers, fractional @ cell, cell)))
    return found


def at_rest(found, teacher):
    """The seeds scaled to the teacher's minimum of energy; those without one between the scales are dropped."""
    scaled = [(n, x * s, c * s) for _, (n, x, c) in found for s in SCALES]
    energies = np.array([result.energy for result in teacher.evaluate(scaled, gradients=False)]).reshape(-1, len(SCALES))
    out, again = [], []
    for (tag, (n, x, c)), e in zip(found, energies):
        lowest = int(np.argmin(e))
        if lowest in (0, len(SCALES) - 1):
            factor = SCALES[lowest]
            again.append((tag, (n, x * factor, c * factor)))
            continue
        a, b, _ = np.polyfit(SCALES[lowest - 1 : lowest + 2], e[lowest - 1 : lowest + 2], 2)
        s = np.clip(-b / (2 * a), SCALES[lowest - 1], SCALES[lowest + 1])
        out.append((tag, (n, x * s, c * s)))
    return out, again


def frames(crystals, teacher, rng, simple):
    """The labeled frames: (structure, tag, kind, frame, result); of simple crystals one more, strained farther."""
    first = []
    for serial, (tag, crystal) in enumerate(crystals):
        if simple:
            length, shear = rng.uniform(-0.09, 0.12), rng.choice([0.0, 0.02])
            first.append((serial, tag, "scaled", variants.rattled(variants.strained(crystal, rng, length, shear), rng, 0.01)))
        length = rng.uniform(-0.06, 0.09)
        first.append((serial, tag, "scaled", variants.rattled(variants.strained(crystal, rng, length, 0.005), rng, 0.03)))
        amplitude = np.exp(rng.uniform(np.log(0.03), np.log(0.25)))
        first.append((serial, tag, "rattled", variants.rattled(variants.strained(crystal, rng, 0, 0.03), rng, amplitude)))
        if rng.random() < 0.55:
            made = variants.variant(crystal, rng)
            if made is not None and len(made[1][0]) <= variants.MAX_ATOMS:
                first.append((serial, tag, *made))
    labeled = evaluate(first, teacher)
    second = []
    for serial, tag, kind, (numbers, positions, cell), result in labeled:
        # A step down from frames far from rest: what a relaxation meets.
        if kind != "scaled" and rng.random() < 0.45:
            moved = positions + np.clip(0.06 * result.forces, -0.25, 0.25) + rng.normal(size=positions.shape) * 0.02
            second.append((serial, tag, "descent", (numbers, moved, cell)))
    return labeled + evaluate(second, teacher)


def evaluate(entries, teacher):
    """The entries with their results, without those whose forces are too large or not finite."""
    results = teacher.evaluate([frame for *_, frame in entries])
    return [
        (*entry, result)
        for entry, result in zip(entries, results)
        if np.isfinite(result.energy) and np.abs(result.forces).max() < MAX_FORCE
    ]


def save(path, labeled):
    """Writes a shard, whole or not at all."""
    serials, tags, kinds, structures, results = zip(*labeled)
    numbers, positions, cells = zip(*structures)
    with open(path + ".part", "wb") as file:
        np.savez_compressed(
            file,
            counts=np.array([len(n) for n in numbers], np.int16),
            numbers=np.concatenate(numbers).astype(np.int16),
            positions=np.concatenate(positions),
            cells=np.stack(cells),
            energies=np.array([r.energy for r in results]),
            forces=np.concatenate([r.forces for r in results]).astype(np.float32),
            stresses=np.stack([(r.stress + r.stress.T) / 2 for r in results]),
            kinds=np.array(kinds),
            tags=np.array(tags),
            structures=np.array(serials, np.int32),
        )
    os.replace(path + ".part", path)


def shard(number, teacher, kind, explorer):
    """The labeled frames of one shard."""
    rng = np.random.default_rng([20261129, number, KINDS.index(kind)])
    if kind == "explored":
        return evaluate(exploration.frames(seeds(rng, kind), explorer, rng), teacher)
    crystals, again = at_rest(seeds(rng, kind), teacher)
    more, _ = at_rest(again, teacher) if again else ([], [])
    return frames(crystals + more, teacher, rng, kind == "simple")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--teacher", required=True, help="folder of TensorNet-MatPES-r2SCAN-v2025.1-PES")
    parser.add_argument("--out", default="work/labels")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--kind", choices=KINDS, default="train")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu", help="of the teacher")
    parser.add_argument("--program", help="mlipview, for shards of the kind explored")
    parser.add_argument("--parameters", help="a file of export.py, for the same")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    os.makedirs(arguments.out, exist_ok=True)
    teacher = TensorNet(arguments.teacher, arguments.device)
    explorer = exploration.Explorer(arguments.program, arguments.parameters) if arguments.kind == "explored" else None
    for number in range(arguments.first, arguments.first + arguments.count, arguments.step):
        path = os.path.join(arguments.out, f"{arguments.kind}-{number:04d}.npz")
        if os.path.exists(path):
            continue
        start = time.time()
        labeled = shard(number, teacher, arguments.kind, explorer)
        save(path, labeled)
        atoms = np.mean([len(entry[3][0]) for entry in labeled])
        structures = len({entry[0] for entry in labeled})
        print(f"{path}: {structures} structures, {len(labeled)} frames of {atoms:.1f} atoms, {time.time() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
