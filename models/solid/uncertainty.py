"""Expected errors of forces: `python uncertainty.py --labels DIR --parameters RUN/solid.npz --calibration SHARD`.

As for nano, the Mahalanobis distance d of the last hidden layer's activations from their mean over the atoms of the same
element (K. Lee et al., NeurIPS 31, 7167 (2018), eq. 2) gives the expected norm of the force error, exp(a) dᵇ in eV/Å: its mean,
rather than the root mean square of nano, since a few errors are huge. All elements share one covariance, since some are rare. a
and b are fitted to a shard of held-out prototypes. Adds doubt_mean, doubt_whiten and doubt_scale to the parameters.
"""

import argparse
import glob

import jax
import jax.numpy as jnp
import numpy as np

import network
import train
from frames import collate

FRAMES = 6_000  # of training, for the statistics
PRIOR = 30  # atoms of all elements that are added to those of each


def activations_and_errors(p, frames, offset):
    """Species, activations of the last hidden layer, and norm of the force error (eV/Å) of each atom."""
    shape = network.Shape.of(p)

    @jax.jit
    def evaluate(b):
        basis, Y, _ = network.geometry(b["vectors"], b["mask"], shape.degree)
        _, y = network.atoms(p, shape, basis, Y, b["neighbors"], b["reverse"], b["species"])
        _, forces, _ = train.predict(p, shape, b)
        return y, jnp.sqrt(((forces - b["forces"]) ** 2).sum(-1))

    out = [[], [], []]
    for width, group in train.batches(frames, np.random.default_rng(0)):
        b = collate(group, width, offset)
        real = b["real"] > 0
        for column, value in zip(out, (b["species"], *evaluate(b))):
            column.append(np.asarray(value)[real])
    return [np.concatenate(column) for column in out]


def statistics(species, y):
    """Means by species [species, H], and the whitening matrix of the differences from them [1, H, H]."""
    count, hidden = len(network.SPECIES), y.shape[1]
    mean = np.zeros((count, hidden))
    for s in range(count):
        samples = y[species == s]
        mean[s] = (samples.sum(0) + PRIOR * y.mean(0)) / (len(samples) + PRIOR)
    covariance = np.cov((y - mean[species]).T)
    covariance += 1e-3 * np.trace(covariance) / hidden * np.eye(hidden)
    return mean, np.linalg.inv(np.linalg.cholesky(covariance))[None]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--labels", default="work/labels")
    parser.add_argument("--parameters", default="work/run/solid.npz")
    parser.add_argument("--calibration", required=True, help="a shard of held-out prototypes")
    options = parser.parse_args()
    file = dict(np.load(options.parameters))
    p = {name: jnp.asarray(value) for name, value in file.items() if name != "offset" and not name.startswith("doubt_")}
    paths = sorted(glob.glob(f"{options.labels}/train-*.npz"))
    frames, _ = train.read_all(paths[:: max(1, len(paths) // 25)])
    chosen = np.random.default_rng(0).permutation(len(frames))[:FRAMES]
    species, y, _ = activations_and_errors(p, [frames[k] for k in chosen], file["offset"])
    mean, whiten = statistics(species, y)
    held_out, _ = train.read_all([options.calibration])
    species, y, error = activations_and_errors(p, held_out, file["offset"])
    d = np.sqrt((((y - mean[species]) @ whiten[0].T) ** 2).mean(1))
    bins = np.array_split(np.argsort(d), 24)
    x = np.log([d[b].mean() for b in bins])
    z = np.log([error[b].mean() for b in bins])
    power, scale = np.polyfit(x, z, 1)
    for b in bins[::3] + [bins[-1]]:
        print(f"distance {d[b].mean():6.2f}: error {error[b].mean():.3f} eV/Å, expected {np.exp(scale) * d[b].mean() ** power:.3f}")
    print(f"rank correlation of distance and error: {np.corrcoef(np.argsort(np.argsort(d)), np.argsort(np.argsort(error)))[0, 1]:.2f}")
    file |= {"doubt_mean": mean, "doubt_whiten": whiten, "doubt_scale": np.array([scale, power])}
    np.savez(options.parameters, **{k: v if k == "offset" else np.asarray(v, np.float32) for k, v in file.items()})


if __name__ == "__main__":
    main()
