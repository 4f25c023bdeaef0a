"""Training: `python train.py --labels DIR[,DIR] --run DIR --steps N [--start FILE]`.

Checkpoints every few minutes and resumes when run again. RUN/nano.npz has the running mean of the parameters;
`export.py` converts it to the program's file.
"""

import argparse
import glob
import os
import pickle
import time
import zlib

import jax
import jax.numpy as jnp
import numpy as np
import optax
from safetensors.numpy import load_file

import network
from molecules import NUMBERS
from schedule import rates

BUCKETS = (8, 12, 16, 20, 24, 28, 42, 66)  # Numbers of atoms that molecules are padded to.
MATRICES = ("mix1", "in1", "out1", "arrow", "mix2", "in2", "hidden2", "mid2")  # of `split`
PAIRS = 7000  # Approximate number of atom pairs of a batch.
SOFT_FORCE, ENERGY_WEIGHT, CHARGE_WEIGHT = 4.0, 200.0, 2.0  # eV/Å; (eV/Å)² for (eV/atom)² and for e²
DIFFERENCE_WEIGHT = 900.0  # (eV/Å)² for (eV/atom)²: 1 meV/atom counts as 0.03 eV/Å
TOGETHER = 4  # Frames of one molecule that are kept in one batch, for the differences of their energies.


def read(folders):
    """All labels, as a list of (species, positions, energy, forces, charges, total charge, validation?)."""
    index = np.full(120, -1)
    index[NUMBERS] = np.arange(len(NUMBERS))
    rows = []
    for path in sorted(p for folder in folders.split(",") for p in glob.glob(f"{folder}/*.npz")):
        if path.endswith(".part.npz"):
            continue
        shard = np.load(path)
        if "atoms" not in shard:
            continue
        ends = np.cumsum(shard["atoms"])
        validation = zlib.crc32(os.path.basename(path).encode()) % 24 == 0
        for i, end in enumerate(ends):
            a = slice(end - shard["atoms"][i], end)
            species = index[shard["numbers"][a]]
            if (species >= 0).all():
                rows.append((species, shard["positions"][a], shard["energy"][i], shard["forces"][a], shard["charges"][a], shard["charge"][i], validation))
    return rows


def composition(rows):
    return np.array([np.append(np.bincount(r[0], minlength=len(NUMBERS)), [r[5] > 0, r[5] < 0]) for r in rows], float)


def pack(rows, energy0):
    """Arrays padded to the buckets: {atoms: [x, species, mask, charge, E, F, q, molecule]}.

    Frames with the same elements in the same order and the same charge are of one molecule.
    """
    out, known = {}, {}
    of_molecule = [known.setdefault((r[0].tobytes(), int(r[5])), len(known)) for r in rows]
    residual = [r[2] - float(energy0[r[0]].sum()) for r in rows]
    for atoms in BUCKETS:
        smaller = max((b for b in BUCKETS if b < atoms), default=0)
        group = [i for i, r in enumerate(rows) if smaller < len(r[0]) <= atoms]
        if not group:
            continue
        n = len(group)
        x, f, q = np.zeros((n, atoms, 3), np.float32), np.zeros((n, atoms, 3), np.float32), np.zeros((n, atoms), np.float32)
        species, mask = np.zeros((n, atoms), np.int32), np.zeros((n, atoms), np.float32)
        for row, i in enumerate(group):
            s, y, _, force, charge, _, _ = rows[i]
            k = len(s)
            x[row, :k], f[row, :k], q[row, :k], species[row, :k], mask[row, :k] = y - y.mean(0), force, charge, s, 1
        total = np.array([rows[i][5] for i in group], np.float32)
        out[atoms] = [x, species, mask, total, np.array([residual[i] for i in group], np.float32), f, q]
        out[atoms].append(np.array([of_molecule[i] for i in group], np.int32))
    return out


def split(p):
    """Parameters with the weights of each group of K inputs of a layer as a matrix of its own, [groups, K, H].

    Muon makes the update of a matrix orthogonal: in one matrix, inputs with small gradients would hardly learn.
    """
    K, H = p["arrow"].shape[0], p["mid2"].shape[0]
    rows, end = p["in2"], len(p["in2"]) - H - 1
    groups = {"in1": p["in1"].reshape(-1, K, H), "in2": rows[:end].reshape(-1, K, H), "hidden2": rows[end:-1], "charge2": rows[-1]}
    return {**p, **groups}


def faster(changes, factor):
    """Changes of `split` parameters, those of the invariants of degree 3 multiplied: from zero, they have a longer way to go."""
    fresh = np.ones((len(changes["in1"]), 1, 1), np.float32)
    fresh[[row for row in (4, 6, 7) if row < len(fresh)]] = factor  # |A³|², det T and A³·Y₃: the order of `moments.invariants`
    rest = np.ones((len(changes["in2"]) - len(fresh), 1, 1), np.float32)
    return {**changes, "in1": changes["in1"] * fresh, "in2": changes["in2"] * np.concatenate([fresh, rest])}


def joined(p):
    """Parameters named as in the program's file, from `split` ones."""
    p, H = dict(p), p["mid2"].shape[0]
    hidden, charge = p.pop("hidden2"), p.pop("charge2")
    return {**p, "in1": p["in1"].reshape(-1, H), "in2": jnp.concatenate([p["in2"].reshape(-1, H), hidden, charge[None]])}


def huber(x, scale):
    """Pseudo-Huber loss: x² below the scale, then linear."""
    return 2 * scale**2 * (jnp.sqrt(1 + (x / scale) ** 2) - 1)


def loss(p, x, species, mask, total, E, F, q, molecule):
    e, f, (charges, _, prior) = network.differentiate(joined(p), x, species, mask, total)
    n = mask.sum(1)
    weight = mask / (0.25 + (F * F).sum(-1) / SOFT_FORCE**2)
    forces = (((f - F) ** 2).sum(-1) * weight).sum() / (3 * mask.sum())
    per_atom = (e - E) / jnp.maximum(n, 4)
    energies = huber(per_atom, 0.1).mean()
    # Differences of the energies of frames of one molecule: barriers are far smaller than energies of molecules.
    same = (molecule[:, None] == molecule[None, :]).astype(e.dtype)
    differences = huber(per_atom - (same @ per_atom) / same.sum(1), 0.01).mean()
    # The charge priors are trained too, so that charges depend little on distant atoms.
    charge_errors = ((charges - q) ** 2 + (prior - q) ** 2) * mask
    return forces + ENERGY_WEIGHT * energies + DIFFERENCE_WEIGHT * differences + CHARGE_WEIGHT * charge_errors.sum() / mask.sum()


def batch_size(atoms, factor=1):
    return max(1, min(factor * PAIRS // atoms**2, 64 * factor))


def epoch(train, seed, factor=1):
    """Batches in random order: (bucket, rows). Up to `TOGETHER` frames of one molecule follow each other."""
    rng, batches = np.random.default_rng(seed), []
    for size, arrays in train.items():
        order = rng.permutation(len(arrays[0]))
        order = order[np.argsort(arrays[7][order], kind="stable")]
        ends = np.flatnonzero(np.diff(arrays[7][order])) + 1
        pieces = [group[i : i + TOGETHER] for group in np.split(order, ends) for i in range(0, len(group), TOGETHER)]
        order = np.concatenate([pieces[i] for i in rng.permutation(len(pieces))])
        each = batch_size(size, factor)
        batches += [(size, order[i : i + each]) for i in range(0, len(order) - each + 1, each)]
    return [batches[i] for i in rng.permutation(len(batches))]


def validate(p, packed, evaluate):
    """Root mean square errors: forces (eV/Å) where they are below 5 eV/Å, energy (meV/atom), charges (e)."""
    squares, count, energies, charges, atoms = 0.0, 0.0, [], 0.0, 0.0
    for size, arrays in packed.items():
        step = batch_size(size)
        for i in range(0, len(arrays[0]), step):
            part = [a[i : i + step] for a in arrays]
            short = step - len(part[0])
            if short:
                part = [np.concatenate([a, np.repeat(a[:1], short, 0)]) for a in part]
            e, f, q = evaluate(p, *part[:4])
            keep = part[2] * (np.abs(part[5]).max((1, 2)) < 5)[:, None]
            keep[step - short :] = 0
            squares += (((np.array(f) - part[5]) ** 2).sum(-1) * keep).sum()
            count += 3 * keep.sum()
            charges += (((np.array(q) - part[6]) ** 2) * keep).sum()
            atoms += keep.sum()
            energies.append(((np.array(e) - part[4]) / part[2].sum(1))[keep.any(1)])
    energies = np.concatenate(energies)
    return np.sqrt(squares / count), 1e3 * np.sqrt(np.mean(energies**2)), np.sqrt(charges / atoms)


def parameters(path):
    """Arrays by name, from a run's nano.npz or the program's nano.safetensors."""
    return load_file(path) if path.endswith(".safetensors") else dict(np.load(path))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", default="labels")
    parser.add_argument("--run", default="run")
    parser.add_argument("--steps", type=int, default=100_000)
    parser.add_argument("--until", type=int, help="stop at this step; a later run resumes, e.g. with more labels")
    parser.add_argument("--rate", type=float, default=8e-3)
    parser.add_argument("--hold", type=float, default=0.0, help="fraction of the steps at the full rate, before it falls")
    parser.add_argument("--batch", type=int, default=1, help="factor of the size of batches: a GPU takes 8 in the time of one")
    parser.add_argument("--faster", type=float, default=1.0, help="factor of the rate of the weights of degree 3, which --start begins at zero")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", help="initial parameters: nano.npz of a run, or nano.safetensors")
    options = parser.parse_args()
    os.makedirs(options.run, exist_ok=True)
    jax.config.update("jax_compilation_cache_dir", os.path.abspath(f"{options.run}/../compiled"))
    jax.config.update("jax_default_matmul_precision", "highest")  # GPUs would round to 10 bits.
    checkpoint, averaged = f"{options.run}/checkpoint.pkl", f"{options.run}/nano.npz"

    rows = read(options.labels)
    resumes = os.path.exists(checkpoint)
    if options.start or resumes:
        file = parameters(averaged if resumes else options.start)
        p = {name: jnp.asarray(file[name]) for name in network.initial(0) if name in file}
        p, energy0 = network.extended(p), file["offset"]
    else:
        p = network.initial(options.seed)
        table = composition(rows)
        ridge = 1e-3 * np.eye(table.shape[1])
        energy0 = np.linalg.solve(table.T @ table + ridge, table.T @ np.array([r[2] for r in rows]))[: len(NUMBERS)]
    train, validation = pack([r for r in rows if not r[6]], energy0), pack([r for r in rows if r[6]], energy0)
    if not validation:
        raise SystemExit(f"no validation labels in {options.labels}: one shard in 24 is used for validation; make more shards")
    count = sum(len(a[0]) for a in train.values())
    print(f"{count} training labels, {sum(len(a[0]) for a in validation.values())} validation labels, {sum(v.size for v in p.values())} parameters")
    print({size: len(a[0]) for size, a in train.items()}, flush=True)

    p = split(p)
    schedule = rates(options.rate, options.steps, options.hold)
    # Muon (K. Jordan, 2024) for matrices; Adam for tables of elements and radial functions.
    axes = {name: optax.contrib.MuonDimensionNumbers(value.ndim - 2, value.ndim - 1) if name in MATRICES else None for name, value in p.items()}
    muon = lambda rate: optax.contrib.muon(rate, consistent_rms=0.2, adam_b2=0.99, muon_weight_dimension_numbers=axes)
    chain = optax.inject_hyperparams(lambda rate: optax.chain(optax.clip_by_global_norm(2.0), muon(rate)))(rate=0.0)
    state, mean, step = chain.init(p), p, 0
    if resumes:
        with open(checkpoint, "rb") as file:
            p, state, mean, step = jax.tree_util.tree_map(jnp.asarray, pickle.load(file))
            step = int(step)

    @jax.jit
    def update(p, state, mean, rate, decay, chosen, arrays):
        state.hyperparams["rate"] = rate
        value, slope = jax.value_and_grad(loss)(p, *(a[chosen] for a in arrays))
        change, state = chain.update(slope, state, p)
        p = optax.apply_updates(p, faster(change, options.faster))
        return p, state, jax.tree_util.tree_map(lambda m, v: decay * m + (1 - decay) * v, mean, p), value

    evaluate = jax.jit(network.energy_and_forces)

    start, saved, first, losses, seen = time.time(), time.time(), step, [], 0
    per_epoch = len(epoch(train, [options.seed, 0], options.batch))
    on_device = {size: [jnp.asarray(a) for a in arrays] for size, arrays in train.items()}
    batches, number = [], None
    until = min(options.until or options.steps, options.steps)
    while step < until:
        if number != step // per_epoch:
            number = step // per_epoch
            batches = epoch(train, [options.seed, number], options.batch)
        size, rows_ = batches[step % per_epoch]
        decay = min(0.999, (1 + step) / (10 + step))
        p, state, mean, value = update(p, state, mean, schedule(step), decay, rows_, on_device[size])
        step, seen = step + 1, seen + len(rows_)
        losses.append(value)
        if step % 100 == 0 or step == until:
            rate = (time.time() - start) / (step - first)
            print(f"step {step}/{options.steps} epoch {step / per_epoch:.2f} loss {np.mean([float(v) for v in losses[-1000:]]):.4f} {seen / (time.time() - start):.0f} labels/s {rate * (options.steps - step) / 60:.1f} min left", end="\r", flush=True)
            losses = losses[-1000:]
        if step % max(500, options.steps // 30) == 0 or step == until or time.time() - saved > 240:
            force, energy, charge = validate(joined(mean), validation, evaluate)
            print(f"\nstep {step} {time.time() - start:.0f} s: validation forces {force:.4f} eV/Å, energy {energy:.2f} meV/atom, charges {charge:.4f} e", flush=True)
            saved = time.time()
            with open(checkpoint + ".part", "wb") as file:
                pickle.dump(jax.tree_util.tree_map(np.asarray, (p, state, mean, step)), file)
            os.replace(checkpoint + ".part", checkpoint)
            np.savez(averaged + ".part.npz", offset=energy0, **{k: np.asarray(v) for k, v in joined(mean).items()})
            os.replace(averaged + ".part.npz", averaged)


if __name__ == "__main__":
    main()
