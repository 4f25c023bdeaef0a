"""Active learning: labels for structures of the potential's own dynamics: `python active_learning.py --parameters RUN/nano.npz --out DIR --round 1 --shards 40`.

Starts from every kind of structure, runs Langevin dynamics with the potential at up to 1200 K, half of them with a spring
that pulls one atom, and labels the frames by GFN2-xTB. The dynamics find the errors of the potential that matter.
"""

import argparse
import multiprocessing
import os
import zlib
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

import jax
import jax.numpy as jnp
import numpy as np
from ase.data import atomic_masses

import label
import molecules
import network
import sampling
from molecules import NUMBERS
from sampling import ACCELERATION, KB

STEP, FRICTION = 0.7, 0.02  # fs, 1/fs
MIX = {"thermal": 60, "hand": 60, "pair": 60, "ion": 50, "small": 40, "reaction": 20, "water": 14}
OVERLAPS = 40


@jax.jit
def dynamics(p, species, mask, total, x, v, anchor, spring, temperature, key, steps):
    """Langevin dynamics of a batch of molecules, some atoms on springs (eV/Å²) to anchors."""
    mass = jnp.maximum(jnp.asarray(atomic_masses[NUMBERS], jnp.float32)[species], 2.0)[..., None]
    keep = jnp.exp(-FRICTION * STEP)
    kick = jnp.sqrt((1 - keep**2) * KB * temperature[:, None, None] * ACCELERATION / mass)

    def step(i, state):
        x, v = state
        force = network.energy_and_forces(p, x, species, mask, total)[1] + spring * (anchor - x)
        v = v + STEP * ACCELERATION * jnp.clip(force, -50, 50) / mass
        v = keep * v + kick * jax.random.normal(jax.random.fold_in(key, i), x.shape)
        return x + STEP * v * mask[..., None], v

    return jax.lax.fori_loop(0, steps, step, (x, v))


def starts(seed):
    """Initial structures: every kind of `label.KINDS`, and overlapping molecules."""
    rng = np.random.default_rng(seed)
    frames = [frame for kind, count in MIX.items() for frame in label.KINDS[kind](rng, count)[:count]]
    for _ in range(OVERLAPS):
        one, other = (sampling.molecule(str(rng.choice(molecules.SMALL)), rng, 1, (300,)) for _ in range(2))
        if one and other:
            frames.append(sampling.beside(one[0], other[0], rng.uniform(-0.7, 0.1), rng))
    return [f[:3] for f in frames if 1 < len(f[0]) <= 42]


def starts_in_subprocess(seed):
    """`starts` in a separate process, which GFN-FF can crash; then retried with another seed."""
    for attempt in range(4):
        try:
            with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
                return pool.submit(starts, [*seed, attempt]).result(timeout=600)
        except BrokenProcessPool:
            pass
    raise RuntimeError("GFN-FF crashed four times")


def shard(p, starts, rng):
    """Frames of the potential's own dynamics, from initial structures."""
    index = np.full(120, -1)
    index[NUMBERS] = np.arange(len(NUMBERS))
    frames = []
    for size in (12, 20, 28, 42):
        smaller = {12: 0, 20: 12, 28: 20, 42: 28}[size]
        group = [f for f in starts if smaller < len(f[0]) <= size]
        for first in range(0, len(group), 48):
            batch = group[first : first + 48]
            batch = (batch * 48)[:48]  # Full, so that it is compiled once.
            x, species, mask = np.zeros((48, size, 3)), np.zeros((48, size), int), np.zeros((48, size))
            spring = np.zeros((48, size, 1))
            for row, (numbers, y, _) in enumerate(batch):
                n = len(numbers)
                x[row, :n], species[row, :n], mask[row, :n] = y - y.mean(0), index[numbers], 1
                if rng.random() < 0.5:
                    spring[row, rng.integers(n)] = rng.choice([0.5, 2.0, 5.0])
            anchor = x + (spring > 0) * rng.normal(size=(48, 1, 3)) * rng.choice([0.7, 1.5], (48, 1, 1))
            temperature = rng.choice([100, 300, 300, 600, 1200], 48)
            total = np.array([f[2] for f in batch], np.float32)
            mask, anchor, spring, temperature = (a.astype(np.float32) for a in (mask, anchor, spring, temperature))
            x, v = jnp.asarray(x, jnp.float32), jnp.zeros((48, size, 3), jnp.float32)
            for steps in (30, 90):
                key = jax.random.PRNGKey(rng.integers(1 << 31))
                x, v = dynamics(p, species, mask, total, x, v, anchor, spring, temperature, key, steps)
                y = np.asarray(x, float)
                fresh = min(len(group) - first, 48)
                frames += [(f[0], y[row, : len(f[0])], f[2]) for row, f in enumerate(batch[:fresh]) if np.isfinite(y[row]).all()]
    return frames


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parameters", default="run/nano.npz")
    parser.add_argument("--out", default="labels")
    parser.add_argument("--round", type=int, default=1)
    parser.add_argument("--shards", type=int, default=40)
    options = parser.parse_args()
    jax.config.update("jax_compilation_cache_dir", os.path.abspath(f"{options.out}/../compiled"))
    os.makedirs(options.out, exist_ok=True)
    for number in range(options.shards):
        path = f"{options.out}/explore{options.round}-{number:04d}.npz"
        if os.path.exists(path):
            continue
        # Read again for each shard, since training may continue meanwhile.
        p = {k: jnp.asarray(v, jnp.float32) for k, v in np.load(options.parameters).items() if not k.startswith(("offset", "doubt"))}
        seed = [zlib.crc32(b"explore"), options.round, number]
        frames = shard(p, starts_in_subprocess(seed), np.random.default_rng(seed))
        labels = label.save(path, frames)
        print(f"{path}: {labels} labels of {len(frames)} frames", flush=True)


if __name__ == "__main__":
    main()
