"""Uncertainty of forces by the distance of an atom's features from the training set: `python doubt.py --labels DIR --parameters RUN/nano.npz`.

The distance is Mahalanobis', of the last hidden layer's activations from their mean over the atoms of the same element
(K. Lee et al., NeurIPS 31, 7167 (2018), eq. 2). It becomes the expected length of the force's error, eV/Å, by a power law
fitted to the validation labels. Adds doubt_mean, doubt_whiten and doubt_scale to the parameters.
"""

import argparse

import jax
import jax.numpy as jnp
import numpy as np

import network
import train


def describe(p, packed):
    """Species, activations and length of the force error of every atom."""

    @jax.jit
    def both(x, species, mask, total, F):
        _, forces, (_, y, _) = network.differentiate(p, x, species, mask, total)
        return y, jnp.sqrt(((forces - F) ** 2).sum(-1))

    out = [[], [], []]
    for size, (x, species, mask, total, _, F, _) in packed.items():
        step = max(1, train.PAIRS // size**2)
        for i in range(0, len(x) - step + 1, step):
            part = slice(i, i + step)
            y, error = both(x[part], species[part], mask[part], total[part], F[part])
            real = mask[part] > 0
            for column, value in zip(out, (species[part], np.asarray(y), np.asarray(error))):
                column.append(value[real])
    return [np.concatenate(column) for column in out]


def distances(mean, whiten, species, y):
    return np.sqrt((np.einsum("nij,nj->ni", whiten[species], y - mean[species]) ** 2).mean(1))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", default="labels")
    parser.add_argument("--parameters", default="run/nano.npz")
    options = parser.parse_args()
    file = dict(np.load(options.parameters))
    p = {name: jnp.asarray(value) for name, value in file.items() if name != "offset"}
    rows = train.read(options.labels)
    offset = file["offset"]
    rng = np.random.default_rng(0)
    learned = [r for r in rows if not r[6]]
    learned = [learned[i] for i in rng.permutation(len(learned))[:12000]]
    species, y, _ = describe(p, train.pack(learned, offset))
    hidden, count = y.shape[1], len(network.SPECIES)
    pooled = np.cov(y.T)
    mean, whiten = np.zeros((count, hidden)), np.zeros((count, hidden, hidden))
    for s in range(count):
        mine = y[species == s]
        # An element that was seen little borrows the shape of the others, as if from 500 more atoms.
        mean[s] = mine.mean(0) if len(mine) else y.mean(0)
        shape = (((mine - mean[s]).T @ (mine - mean[s])) + 500 * pooled) / (len(mine) + 500)
        shape += 1e-3 * np.trace(shape) / hidden * np.eye(hidden)
        whiten[s] = np.linalg.inv(np.linalg.cholesky(shape))
    species, y, error = describe(p, train.pack([r for r in rows if r[6]], offset))
    d = distances(mean, whiten, species, y)
    order = np.argsort(d)
    bins = np.array_split(order, 24)
    x = np.log([np.sqrt((d[b] ** 2).mean()) for b in bins])
    z = np.log([np.sqrt((error[b] ** 2).mean()) for b in bins])
    power, scale = np.polyfit(x, z, 1)
    for b in bins[::3] + [bins[-1]]:
        print(f"distance {d[b].mean():6.2f}: error {np.sqrt((error[b] ** 2).mean()):.3f} eV/Å, expected {np.exp(scale) * d[b].mean() ** power:.3f}")
    file |= {"doubt_mean": mean, "doubt_whiten": whiten, "doubt_scale": np.array([scale, power])}
    np.savez(options.parameters, **{k: v if k == "offset" else np.asarray(v, np.float32) for k, v in file.items()})


if __name__ == "__main__":
    main()
