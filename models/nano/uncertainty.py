"""Uncertainty of forces by the distance of an atom's features from the training set: `python uncertainty.py --labels DIR --parameters RUN/nano.npz`.

The Mahalanobis distance d of the last hidden layer's activations from their mean over the atoms of the same element
(K. Lee et al., NeurIPS 31, 7167 (2018), eq. 2) gives the expected norm of the force error, exp(a) dᵇ in eV/Å, with a and b
fitted to the validation labels. Adds doubt_mean, doubt_whiten and doubt_scale to the parameters.
"""

import argparse

import jax
import jax.numpy as jnp
import numpy as np

import network
import train


def activations_and_errors(p, packed):
    """Species, activations of the last hidden layer, and norm of the force error (eV/Å) of each atom."""

    @jax.jit
    def evaluate(p, x, species, mask, total, F):
        _, forces, (_, y, _) = network.differentiate(p, x, species, mask, total)
        return y, jnp.sqrt(((forces - F) ** 2).sum(-1))

    out = [[], [], []]
    for size, (x, species, mask, total, _, F, *_) in packed.items():
        step = train.batch_size(size)
        for i in range(0, len(x) - step + 1, step):
            part = slice(i, i + step)
            y, error = evaluate(p, x[part], species[part], mask[part], total[part], F[part])
            real = mask[part] > 0
            for column, value in zip(out, (species[part], np.asarray(y), np.asarray(error))):
                column.append(value[real])
    return [np.concatenate(column) for column in out]


def distances(mean, whiten, species, y):
    """Mahalanobis distances of the activations y from the mean of their species, per dimension."""
    return np.sqrt((np.einsum("nij,nj->ni", whiten[species], y - mean[species]) ** 2).mean(1))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", default="labels")
    parser.add_argument("--parameters", default="run/nano.npz")
    options = parser.parse_args()
    file = dict(np.load(options.parameters))
    p = {name: jnp.asarray(value) for name, value in file.items() if name != "offset" and not name.startswith("doubt")}
    rows = train.read(options.labels)
    offset = file["offset"]
    rng = np.random.default_rng(0)
    training = [r for r in rows if not r[6]]
    training = [training[i] for i in rng.permutation(len(training))[:12000]]
    species, y, _ = activations_and_errors(p, train.pack(training, offset))
    hidden, count = y.shape[1], len(network.SPECIES)
    pooled_covariance = np.cov(y.T)
    mean, whiten = np.zeros((count, hidden)), np.zeros((count, hidden, hidden))
    for s in range(count):
        samples = y[species == s]
        # Shrinkage towards the covariance of all elements, as if by 500 more atoms: some elements are rare.
        mean[s] = samples.mean(0) if len(samples) else y.mean(0)
        covariance = (((samples - mean[s]).T @ (samples - mean[s])) + 500 * pooled_covariance) / (len(samples) + 500)
        covariance += 1e-3 * np.trace(covariance) / hidden * np.eye(hidden)
        whiten[s] = np.linalg.inv(np.linalg.cholesky(covariance))
    species, y, error = activations_and_errors(p, train.pack([r for r in rows if r[6]], offset))
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
