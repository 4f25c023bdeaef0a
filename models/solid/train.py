"""Training of `solid`: `train.py --labels DIR --run DIR --steps N [--start FILE]`.

Checkpoints every few minutes and resumes when run again, with the labels that are there then. RUN/solid.npz has the running mean of the parameters.
"""

import argparse
import glob
import os
import pickle
import time

import jax
import jax.numpy as jnp
import numpy as np
import optax

import frames
import network
from frames import WIDTHS, atoms_of_batch, collate, read_shard
from schedule import rates

MATRICES = ("mix1", "in1", "out1", "vector", "mix2", "in2", "mid")
ENERGY_WEIGHT, STRESS_WEIGHT = 1.0, 0.1


def read_all(paths):
    """The frames of all shards, and the number of those that are left out."""
    shards = [read_shard(path) for path in paths]
    return [frame for frames, _ in shards for frame in frames], sum(left_out for _, left_out in shards)


def offsets(frames):
    """Energies of free atoms by least squares, eV: [species]."""
    table = np.array([np.bincount(f.species, minlength=len(network.SPECIES)) for f in frames], float)
    energies = np.array([f.energy for f in frames])
    scale = 1 / table.sum(1)
    left, right = table * scale[:, None], energies * scale
    mean = right.mean()
    solved = np.linalg.solve(left.T @ left + 1e-2 * np.eye(left.shape[1]), left.T @ (right - mean * left.sum(1)))
    return solved + mean


def batches(frames, rng):
    """Lists of frames of one width that fit a batch, in random order."""
    out = []
    for width in WIDTHS:
        room = atoms_of_batch(width) - 1
        most = max(2, room // 3) - 1
        group, used = [], 0
        members = [f for f in frames if f.width == width]
        for index in rng.permutation(len(members)):
            f = members[index]
            if group and (used + len(f.species) > room or len(group) == most):
                out.append((width, group))
                group, used = [], 0
            group.append(f)
            used += len(f.species)
        if group:
            out.append((width, group))
    return [out[k] for k in rng.permutation(len(out))]


def steps(frames, rng, micro):
    """Lists of `micro` batches of one width, in random order; the few that are left of each width are not used."""
    all_batches, out = batches(frames, rng), []
    for width in WIDTHS:
        groups = [group for w, group in all_batches if w == width]
        out += [(width, groups[k : k + micro]) for k in range(0, len(groups) - micro + 1, micro)]
    return [out[k] for k in rng.permutation(len(out))]


def predict(p, shape, b):
    """Energies [B], forces [A, 3] and virials [B, 3, 3] of a batch."""
    basis, Y, to_vectors = network.geometry(b["vectors"], b["mask"], shape.degree)

    def total(basis, Y):
        e, _ = network.atoms(p, shape, basis, Y, b["neighbors"], b["reverse"], b["species"])
        return (e * b["real"]).sum(), e

    (_, e), slopes = jax.value_and_grad(total, argnums=(0, 1), has_aux=True)(basis, Y)
    repulsion, of_repulsion = jax.value_and_grad(
        lambda v: (lambda e: (e.sum(), e))(network.zbl(v, b["species"], b["neighbors"], b["mask"])), has_aux=True
    )(b["vectors"])
    slope = to_vectors(*slopes) + of_repulsion * b["mask"][..., None]
    B = len(b["energy"])
    forces = slope.sum(1) - network.collect(slope, b["neighbors"], b["reverse"])
    virial = jax.ops.segment_sum(jnp.einsum("amc,amd->acd", b["vectors"], slope), b["graph"], B)
    return jax.ops.segment_sum((e + repulsion[1]) * b["real"], b["graph"], B), forces, virial


def huber(x, width):
    return jnp.where(jnp.abs(x) < width, x * x / (2 * width), jnp.abs(x) - width / 2)


def loss(p, shape, b):
    E, F, W = predict(p, shape, b)
    soft = 1 / (1 + jnp.sqrt((b["forces"] ** 2).sum(-1, keepdims=True)) / 3)
    forces = (huber(F - b["forces"], 0.05) * soft * b["real"][:, None]).sum() / (3 * b["real"].sum())
    energies = (huber((E - b["energy"]) / b["count"], 0.02) * b["weight"]).sum() / b["weight"].sum()
    stresses = (huber((W - b["virial"]) / b["count"][:, None, None], 0.05) * b["weight"][:, None, None]).sum() / (9 * b["weight"].sum())
    return forces + ENERGY_WEIGHT * energies + STRESS_WEIGHT * stresses


def errors(p, frames, offset, run):
    """Mean absolute errors: forces, eV/Å, and energies, meV/atom, in all and by kind."""
    sums = {}
    for width, group in batches(frames, np.random.default_rng(0)):
        b = collate(group, width, offset)
        E, F, _ = (np.asarray(x) for x in run(p, b))
        at = 0
        for k, f in enumerate(group):
            n = len(f.species)
            force = np.abs(F[at : at + n] - f.forces).sum()
            energy = abs(E[k] - b["energy"][k]) / n
            for kind in ("all", f.kind):
                s = sums.setdefault(kind, np.zeros(4))
                s += [force, 3 * n, energy, 1]
            at += n
    return {kind: (s[0] / s[1], 1e3 * s[2] / s[3]) for kind, s in sorted(sums.items())}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--labels", default="work/labels")
    parser.add_argument("--run", default="work/run")
    parser.add_argument("--shards", type=int, default=10_000, help="training shards of each kind")
    parser.add_argument("--steps", type=int, default=20_000)
    parser.add_argument("--rate", type=float, default=6e-3)
    parser.add_argument("--hold", type=float, default=0.0, help="fraction of the steps at the full rate, before it falls")
    parser.add_argument("--edges", type=int, default=frames.EDGES, help="padded edges of a micro-batch")
    parser.add_argument("--micro", type=int, default=5, help="micro-batches of a step")
    parser.add_argument("--degree", type=int, default=3)
    parser.add_argument("--channels", type=int, default=32)
    parser.add_argument("--hidden", type=int, default=96)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", help="initial parameters: solid.npz of another run of the same sizes")
    options = parser.parse_args()
    os.makedirs(options.run, exist_ok=True)
    jax.config.update("jax_compilation_cache_dir", os.path.abspath(f"{options.run}/../compiled"))
    jax.config.update("jax_default_matmul_precision", "highest")  # GPUs would round to 10 bits.
    frames.EDGES = options.edges
    shape = network.Shape(options.degree, options.channels, options.hidden)
    train, left_out = read_all([path for kind in ("train", "simple", "explored") for path in sorted(glob.glob(f"{options.labels}/{kind}-*.npz"))[: options.shards]])
    test, test_left_out = read_all(sorted(glob.glob(f"{options.labels}/test-*.npz")))
    print(f"left out for large forces or too many neighbors: {left_out} frames of training, {test_left_out} of the test")
    seen = sorted({f.structure for f in train})
    validation = set(np.random.default_rng(7).choice(seen, max(20, min(200, len(seen) // 30)), replace=False))
    inner = [f for f in train if f.structure in validation]
    train = [f for f in train if f.structure not in validation]
    offset, p = offsets(train), network.initial(shape, options.seed)
    if options.start:
        file = np.load(options.start)
        rows = {name: len(p[name]) for name in ("in1", "in2")}
        offset, p = file["offset"], {name: jnp.asarray(file[name]) for name in p}
        if options.degree == 3 and options.channels == 32:
            p |= {name: network.with_last_invariant(p[name], count) for name, count in rows.items()}
    print(f"{len(seen)} structures, {len(train)} frames, {sum(len(f.species) for f in train)} atoms; validation {len(inner)}, test {len(test)}; {sum(v.size for v in p.values())} parameters", flush=True)

    schedule = rates(options.rate, options.steps, options.hold)
    axes = {name: optax.contrib.MuonDimensionNumbers(v.ndim - 2, v.ndim - 1) if name in MATRICES else None for name, v in p.items()}
    muon = lambda rate: optax.contrib.muon(rate, consistent_rms=0.2, adam_b2=0.99, weight_decay=0.01, muon_weight_dimension_numbers=axes)
    chain = optax.inject_hyperparams(lambda rate: optax.chain(optax.clip_by_global_norm(2.0), muon(rate)))(rate=0.0)
    state, mean, step = chain.init(p), p, 0
    checkpoint = f"{options.run}/checkpoint.pkl"
    if os.path.exists(checkpoint):
        with open(checkpoint, "rb") as file:
            p, state, mean, step, offset = pickle.load(file)
        step, shape = int(step), network.Shape.of(p)

    @jax.jit
    def update(p, state, mean, rate, decay, b):
        state.hyperparams["rate"] = rate
        add = lambda sum, part: (jax.tree_util.tree_map(jnp.add, sum, jax.value_and_grad(loss)(p, shape, part)), None)
        zero = (0.0, jax.tree_util.tree_map(jnp.zeros_like, p))
        value, slope = jax.tree_util.tree_map(lambda x: x / options.micro, jax.lax.scan(add, zero, b)[0])
        change, state = chain.update(slope, state, p)
        p = optax.apply_updates(p, change)
        return p, state, jax.tree_util.tree_map(lambda m, v: decay * m + (1 - decay) * v, mean, p), value

    run = jax.jit(lambda p, b: predict(p, shape, b))
    start, first, saved, epoch, queue, losses, count = time.time(), step, time.time(), 0, [], [], 0
    while step < options.steps:
        if not queue:
            epoch += 1
            queue = steps(train, np.random.default_rng([options.seed, epoch, step]), options.micro)
        width, groups = queue.pop()
        parts = [collate(group, width, offset) for group in groups]
        b = {name: np.stack([part[name] for part in parts]) for name in parts[0]}
        count += int(b["real"].sum())
        p, state, mean, value = update(p, state, mean, schedule(step), min(0.999, (1 + step) / (10 + step)), b)
        losses.append(value)
        step += 1
        report = step % max(100, options.steps // 5) == 0 or step == options.steps
        if report or time.time() - saved > 300:
            saved = time.time()
            with open(checkpoint + ".part", "wb") as file:
                pickle.dump(jax.tree_util.tree_map(np.asarray, (p, state, mean, step, offset)), file)
            os.replace(checkpoint + ".part", checkpoint)
            np.savez(f"{options.run}/solid.part.npz", offset=offset, **{k: np.asarray(v) for k, v in mean.items()})
            os.replace(f"{options.run}/solid.part.npz", f"{options.run}/solid.npz")
            took, cpu = time.time() - start, time.process_time()
            print(f"step {step}/{options.steps} {took:.0f} s ({cpu:.0f} CPU s) {count / took:.0f} atoms/s, loss {np.mean([float(v) for v in losses[-500:]]):.4f}, {took / (step - first) * (options.steps - step) / 60:.0f} min left", flush=True)
        if report:
            for name, chosen in (("train", train[:: max(1, len(train) // 300)]), ("validation", inner), ("test", test)):
                if chosen:
                    print("   ", name, {k: f"{a:.3f} eV/Å {e:.0f} meV" for k, (a, e) in errors(mean, chosen, offset, run).items() if k == "all" or name == "test"}, flush=True)


if __name__ == "__main__":
    main()
