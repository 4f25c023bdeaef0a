"""Labels by GFN2-xTB: `python label.py --out DIR [--scale 1.0] [--workers N] [--kinds thermal,pair]`.

The work is split into shards, each seeded by its kind and number. Existing shards are not made again, so a stopped
run resumes.
"""

import argparse
import multiprocessing
import os
import time
import zlib

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import numpy as np

import molecules
import paths
import sampling
from gfn2 import label

# Kinds of structures: number of shards at scale 1, each of about LABELS labels.
SHARDS = {
    "thermal": 72, "hand": 40, "pair": 36, "ion": 24, "water": 8, "reaction": 12, "small": 16, "twist": 16, "touch": 16, "salt": 8,
    "overlap": 8, "rotor": 36, "substitution": 8,
}  # fmt: skip
LABELS, TIMEOUT = 250, 900  # Requested number of labels, and maximum time (s), of a shard.


def _thermal(rng, count):
    frames = []
    while len(frames) < count:
        frames += sampling.molecule(molecules.random_smiles(rng, rng.choice([14, 18, 22, 27])), rng, 4)
    return frames


def _hand(rng, count):
    """Molecules deformed as by hands: pulled atoms, stretched and rotated bonds, scaling."""
    frames = []
    while len(frames) < count:
        words = molecules.random_smiles(rng, rng.choice([10, 14, 18, 22])) if rng.random() < 0.8 else rng.choice(molecules.SMALL)
        for frame in sampling.molecule(str(words), rng, 2, (300, 700)):
            if len(frame[0]) > 1:
                frames += [sampling.pull(frame, rng), sampling.stretch(frame, rng)]
                frames.append((sampling.twist if rng.random() < 0.6 else sampling.squeeze)(frame, rng))
    return frames


def _pair(rng, count):
    """Two molecules, from contact to 8 Å apart."""
    frames = []
    while len(frames) < count:
        draw = lambda: str(rng.choice(molecules.SMALL)) if rng.random() < 0.75 else molecules.random_smiles(rng, 14)
        one, other = (sampling.molecule(draw(), rng, 1, (300,)) for _ in range(2))
        if one and other:
            for gap in (rng.uniform(-0.2, 0.8), rng.uniform(0.5, 1.5), rng.uniform(1.0, 3.0), rng.uniform(2.0, 7.0)):
                frames.append(sampling.beside(one[0], other[0], gap, rng))
            if len(one[0][0]) + len(other[0][0]) < 26:
                frames.append(sampling.cluster([one[0], other[0]], rng))
    return frames


def _ion(rng, count):
    """Ions and zwitterions: alone, deformed, beside molecules and beside each other."""
    frames = []
    while len(frames) < count:
        smiles = str(rng.choice(molecules.ZWITTERIONS if rng.random() < 0.2 else molecules.IONS))
        ions = sampling.molecule(smiles, rng, 2, (300, 700))
        if not ions:
            continue
        ion = ions[0]
        frames += ions
        if len(ion[0]) > 1:
            frames += [sampling.pull(ion, rng), sampling.stretch(ion, rng)]
        other = str(rng.choice(molecules.IONS)) if rng.random() < 0.35 else str(rng.choice(molecules.SMALL))
        if rng.random() < 0.25:
            other = "O"
        beside = sampling.molecule(other, rng, 1, (300,))
        if beside and abs(ion[2] + beside[0][2]) < 2:
            for gap in (rng.uniform(-0.1, 0.8), rng.uniform(0.5, 2.0), rng.uniform(1.5, 7.0)):
                frames.append(sampling.beside(ion, beside[0], gap, rng))
            waters = [sampling.molecule("O", rng, 1, (300,))[0] for _ in range(rng.integers(1, 5))]
            frames.append(sampling.cluster([ion, beside[0], *waters], rng))
    return frames


def _water(rng, count):
    """Water clusters of 2 to 20 molecules, some with a solute."""
    frames = []
    while len(frames) < count:
        parts = [sampling.molecule("O", rng, 1, (300,))[0] for _ in range(rng.integers(2, rng.choice([6, 12, 21])))]
        if rng.random() < 0.4:
            solute = sampling.molecule(str(rng.choice(molecules.SMALL)), rng, 1, (300,))
            parts += solute[:1]
        frame = sampling.cluster(parts, rng)
        frames += [frame, sampling.squeeze(frame, rng)]
        if rng.random() < 0.3:
            frames.append(sampling.pull(frame, rng))
    return frames


def _reaction(rng, count):
    """Proton transfer between two molecules, and SN2 reactions of halides."""
    frames = []
    while len(frames) < count:
        if rng.random() < 0.4:
            halide, leaving = rng.choice([9, 17, 35, 53], 2, p=[0.35, 0.3, 0.2, 0.15])
            formed, broken = ({9: 1.42, 17: 1.83, 35: 1.98, 53: 2.18}[int(z)] for z in (halide, leaving))
            s = rng.uniform(-1, 1)
            near, far = formed + max(0, -s) * 2.2 + rng.uniform(0.1, 0.6), broken + max(0, s) * 2.2 + rng.uniform(0, 0.6)
            angle = np.pi / 2 + 0.32 * np.clip(s * 1.2, -1, 1)
            around = 2 * np.pi * np.arange(3) / 3
            hydrogens = 1.085 * np.stack([np.sin(angle) * np.cos(around), np.sin(angle) * np.sin(around), np.full(3, np.cos(angle))], 1)
            x = np.concatenate([[[0, 0, 0], [0, 0, near], [0, 0, -far]], -hydrogens if s < 0 else hydrogens * [1, 1, 1]])
            numbers = np.array([6, halide, leaving, 1, 1, 1])
            frames.append((numbers, x + rng.normal(size=x.shape) * rng.choice([0.02, 0.08, 0.15]), -1, []))
            continue
        donors = ["[OH3+]", "[NH4+]", "O", "CC(=O)O", "CO", "Cl", "C[NH3+]", "C[OH2+]", "OC=O", "F", "c1c[nH]cn1", "S"]
        acceptors = ["[OH-]", "O", "N", "CC(=O)[O-]", "CN", "[F-]", "CO", "C(=O)[O-]", "C[O-]", "c1c[nH]cn1", "C=O", "[Cl-]"]
        one = sampling.molecule(str(rng.choice(donors)), rng, 1, (300,))
        two = sampling.molecule(str(rng.choice(acceptors)), rng, 1, (300,))
        if not one or not two or abs(one[0][2] + two[0][2]) > 1:
            continue
        (z1, x1, q1, _), (z2, x2, q2, _) = one[0], two[0]
        acid = [i for i in range(len(z1)) if z1[i] == 1 and z1[_heavy_neighbor(z1, x1, i)] != 6]
        base = [i for i in range(len(z2)) if z2[i] in (7, 8, 9, 17)]
        if not acid or not base:
            continue
        proton, acceptor = rng.choice(acid), rng.choice(base)
        donor = _heavy_neighbor(z1, x1, proton)
        axis = (x1[proton] - x1[donor]) / np.linalg.norm(x1[proton] - x1[donor])
        for _ in range(8):  # The acceptor lies on the line of the bond; random orientations until the other atoms are clear.
            y2 = sampling._rotated(x2, rng)
            y2 += x1[donor] + axis * rng.uniform(2.3, 3.4) - y2[acceptor]
            rest = np.delete(y2, acceptor, 0)
            if len(rest) == 0 or np.linalg.norm(x1[:, None] - rest[None], axis=-1).min() > 1.7:
                break
        y1 = x1.copy()
        reach = np.linalg.norm(y2[acceptor] - x1[donor])
        y1[proton] = x1[donor] + axis * rng.uniform(0.9, max(1.0, reach - 0.9))
        x = np.concatenate([y1, y2])
        frames.append((np.concatenate([z1, z2]), x + rng.normal(size=x.shape) * 0.04, q1 + q2, []))
    return frames


def _heavy_neighbor(numbers, x, hydrogen):
    """The atom that a hydrogen is bonded to."""
    d = np.linalg.norm(x - x[hydrogen], axis=1)
    d[numbers == 1] = np.inf
    return int(np.argmin(d))


def _small(rng, count):
    """Small molecules, thermal and deformed, and pairs of atoms."""
    frames = []
    while len(frames) < count:
        if rng.random() < 0.12:
            numbers = rng.choice(molecules.NUMBERS, 2, p=np.where(np.isin(molecules.NUMBERS, [1, 6, 7, 8]), 0.13, 0.048))
            x = np.array([[0, 0, 0], [0, 0, rng.uniform(0.6, 6.0)]])
            if numbers.sum() % 2 == 0:
                frames.append((numbers, x, 0, []))
            continue
        for frame in sampling.molecule(str(rng.choice(molecules.SMALL)), rng, 3, (300, 700, 1500)):
            frames.append(frame)
            if len(frame[0]) > 1:
                frames += [sampling.pull(frame, rng), sampling.stretch(frame, rng), sampling.squeeze(frame, rng)]
    return frames


FLEXIBLE = """CC CCC CCCC CCCCC CC(C)C CO CCO CCCO OCCO CN CCN CCCN NCCN NCCO COC CCOC CSC CCSC CS CCS CSSC SS OO NN NO CNC
CCF FCCF CCCl ClCCCl CCBr BrCCBr CCl C=CC C=CC=C C=CC=O CC=O CCC=O CC(=O)C OC=O CC(=O)O COC=O CC(=O)OC NC=O CNC=O CC(N)=O
CC(=O)NC CN(C)C=O OC(=O)C(=O)O C1CCCCC1 C1CCCC1 Cc1ccccc1 Oc1ccccc1 Nc1ccccc1 COc1ccccc1 c1ccc(cc1)c1ccccc1 CC(=O)NCC(=O)NC
C[SiH3] C[Si](C)C CP CCP CPC COP(=O)(O)O COC(=O)N C=CO C=CN CC#N CCC#N CC#CC NC(=O)N CNC(N)=O CS(C)=O CS(N)(=O)=O FC(F)(F)CO
FCOC FC(F)OC COCOC FC(F)(F)C(F)(F)F OCC(F)(F)F COC(F)(F)F CC(F)F CN=NC CC(=N)C C=NO ON=C O=CC=O""".split()


def _twist(rng, count):
    """Relaxed molecules rotated about their bonds, which determine the energies of conformers."""
    frames = []
    while len(frames) < count:
        words = str(rng.choice(FLEXIBLE)) if rng.random() < 0.7 else molecules.random_smiles(rng, 20)
        made = molecules.conformer(words, rng.integers(1 << 31))
        if made is None:
            continue
        for _ in range(5):
            numbers, x, charge, bonds = sampling.twist(made, rng)
            frames.append((numbers, x + rng.normal(size=x.shape) * rng.choice([0.0, 0.005, 0.02]), charge, bonds))
        numbers, x, charge, bonds = made
        frames.append((numbers, x + rng.normal(size=x.shape) * rng.choice([0.0, 0.01, 0.03]), charge, bonds))
    return frames


FLAT = """c1ccccc1 c1ccncc1 c1cc[nH]c1 c1ccoc1 c1ccsc1 c1c[nH]cn1 c1cncnc1 Oc1ccccc1 Nc1ccccc1 Fc1ccccc1 Clc1ccccc1 O=c1cc[nH]c(=O)[nH]1
Nc1cc[nH]c(=O)n1 C=C C=O O=C=O NC=O OC=O C=CC=C c1ccc2[nH]ccc2c1 c1ccc2ccccc2c1 c1ncc2[nH]cnc2n1 NC(N)=O""".split()
POLAR = "O CO CCO N CN OC=O CC(=O)O NC=O CNC=O CC(N)=O C=O CC(C)=O c1c[nH]cn1 c1ccncc1 Oc1ccccc1 NC(N)=O OO F Cl S C#N OCCO CS(C)=O OP(=O)(O)O".split()


def _touch(rng, count):
    """Molecules in contact: stacked, hydrogen-bonded, or close."""
    frames = []
    while len(frames) < count:
        if rng.random() < 0.45:
            one, other = (molecules.conformer(str(rng.choice(FLAT)), rng.integers(1 << 31)) for _ in range(2))
            if one is None or other is None:
                continue
            flat = []
            for numbers, x, *_ in (one, other):
                x = x - x.mean(0)
                flat.append(x @ np.linalg.svd(x)[2].T)  # Rotates its plane to xy.
            angle, tilt = rng.uniform(-np.pi, np.pi), rng.choice([0, 0, np.pi / 2]) + 0.15 * rng.normal()
            c, s_, ct, st = np.cos(angle), np.sin(angle), np.cos(tilt), np.sin(tilt)
            rotation = np.array([[c, -s_, 0], [s_, c, 0], [0, 0, 1]]) @ np.array([[1, 0, 0], [0, ct, -st], [0, st, ct]])
            for height in rng.uniform(2.9, 4.6, 2) + (1.4 if abs(tilt) > 0.8 else 0):
                shift = [*rng.normal(size=2) * 1.1, height]
                numbers, x = np.concatenate([one[0], other[0]]), np.concatenate([flat[0], flat[1] @ rotation.T + shift])
                frames.append((numbers, x + rng.normal(size=x.shape) * rng.choice([0, 0.03]), 0, []))
            continue
        words = [str(rng.choice(POLAR if rng.random() < 0.75 else molecules.SMALL)) for _ in range(rng.choice([2, 2, 3]))]
        parts = [sampling.molecule(word, rng, 1, (100,)) for word in words]
        if all(parts):
            frame = sampling.cluster([part[0] for part in parts], rng)
            frames += [frame, sampling.squeeze(frame, rng)]
    return frames


def _salt(rng, count):
    """Sodium and potassium ions with water, other molecules and anions."""
    frames = []
    anions = [word for word in molecules.IONS if word.endswith("-]") or "[O-]" in word or word.startswith("[O-]")]
    while len(frames) < count:
        ion = sampling.molecule(str(rng.choice(["[Na+]", "[K+]"])), rng, 1, (300,))[0]
        kind = rng.random()
        if kind < 0.35:
            parts = [sampling.molecule("O", rng, 1, (300,))[0] for _ in range(rng.integers(1, 7))]
            frames.append(sampling.cluster([ion, *parts], rng))
            continue
        word = str(rng.choice(anions)) if kind < 0.65 else str(rng.choice(molecules.SMALL))
        other = sampling.molecule(word, rng, 1, (300,))
        if other and other[0][2] > -2:
            for gap in (rng.uniform(-0.6, 0.4), rng.uniform(0.0, 1.5), rng.uniform(1.0, 8.0)):
                frames.append(sampling.beside(ion, other[0], gap, rng))
    return frames


def _overlap(rng, count):
    """Two overlapping small molecules."""
    frames = []
    while len(frames) < count:
        one, other = (sampling.molecule(str(rng.choice(molecules.SMALL)), rng, 1, (300,)) for _ in range(2))
        if one and other:
            for gap in rng.uniform(-0.9, 0.2, 4):
                frames.append(sampling.beside(one[0], other[0], gap, rng))
    return frames


KINDS = {
    "thermal": _thermal, "hand": _hand, "pair": _pair, "ion": _ion, "water": _water, "reaction": _reaction, "small": _small,
    "twist": _twist, "touch": _touch, "salt": _salt, "overlap": _overlap,
    "rotor": paths.rotor, "substitution": paths.substitution,
}  # fmt: skip


def save(path, frames):
    """Labels the frames and writes those that converge: arrays of atoms concatenated, other arrays with one row per frame."""
    rows = {name: [] for name in ("numbers", "positions", "forces", "charges", "atoms", "energy", "charge")}
    for numbers, x, charge, *_ in frames:
        if len(numbers) > 66:
            continue
        done = label(numbers, x, charge)
        if done:
            energy, forces, charges = done
            for name, value in zip(rows, (numbers, x, forces, charges, [len(numbers)], [energy], [charge])):
                rows[name].append(value)
    types = {"numbers": "u1", "charge": "i1", "atoms": "i4", "energy": "f8"}
    arrays = {name: np.concatenate(value).astype(types.get(name, "f4")) for name, value in rows.items() if value}
    np.savez(path + ".part.npz", **arrays)
    os.replace(path + ".part.npz", path)
    return len(rows["energy"])


def make(kind, number, attempt, path):
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # GFN-FF prints to standard output.
    rng = np.random.default_rng([zlib.crc32(kind.encode()), number, attempt])
    save(path, KINDS[kind](rng, LABELS))


def run(jobs, workers):
    """Makes each shard in a separate process, which GFN-FF can crash; then it is retried with another seed."""
    start, total, running, done = time.time(), len(jobs), [], 0
    waiting = [(*job, 0) for job in reversed(jobs)]
    while waiting or running:
        while waiting and len(running) < workers:
            kind, number, path, attempt = waiting.pop()
            process = multiprocessing.get_context("spawn").Process(target=make, args=(kind, number, attempt, path))
            process.start()
            running.append((process, time.time(), (kind, number, path, attempt)))
        time.sleep(0.1)
        for entry in running[:]:
            process, since, (kind, number, path, attempt) = entry
            if process.is_alive() and time.time() - since < TIMEOUT:
                continue
            process.kill()
            process.join()
            running.remove(entry)
            if os.path.exists(path):
                done += 1
            elif attempt < 3:
                waiting.append((kind, number, path, attempt + 1))
            else:
                total -= 1
                print(f"\n{kind} {number} failed four times")
            if done:
                elapsed = time.time() - start
                left = elapsed / done * (total - done) / 60
                print(f"\r{done}/{total} shards, {LABELS * done / elapsed:.0f} labels/s, {left:.0f} min left ", end="", flush=True)
    print()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", default="labels")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--kinds", default=",".join(SHARDS))
    parser.add_argument("--first", type=int, default=0, help="number of the first shard of each kind: other numbers, other molecules")
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    jobs = []
    for kind in options.kinds.split(","):
        count = int(np.ceil(SHARDS[kind] * options.scale))
        numbers = range(options.first, options.first + count)
        jobs += [((i + 0.5) / count, kind, n, f"{options.out}/{kind}-{n:04d}.npz") for i, n in enumerate(numbers)]
    # Kinds are interleaved, so that an incomplete set of labels is balanced.
    run([job[1:] for job in sorted(jobs) if not os.path.exists(job[3])], options.workers)


if __name__ == "__main__":
    main()
