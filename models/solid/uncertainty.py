"""Expected errors of forces: `python uncertainty.py --labels DIR --parameters RUN/solid.npz --calibration SHARD[,SHARD]`.

The expected norm of the error of the force F on an atom of species s is exp(a + e_s) d^b (F + 0.2 eV/Å)^c, eV/Å, where d is the
Mahalanobis distance of the last hidden layer's activations from their mean over the atoms of the same element (K. Lee et al.,
NeurIPS 31, 7167 (2018), eq. 2). All elements share one covariance, and e_s is linear in their embedding, since some are rare. The
logarithm is a ridge regression on shards of held-out prototypes; a is then shifted so that the mean error is right. Adds
doubt_mean, doubt_whiten, doubt_scale (a, b), doubt_force (c) and doubt_elements (e_s) to the parameters.
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
FORCE_SCALE = 0.2  # eV/Å
RIDGE = 100.0


def activations_and_errors(p, frames, offset):
    """Species, activations of the last hidden layer, and norms of the force and of its error (eV/Å) of each atom."""
    shape = network.Shape.of(p)

    @jax.jit
    def evaluate(b):
        basis, Y, _ = network.geometry(b["vectors"], b["mask"], shape.degree)
        _, y = network.atoms(p, shape, basis, Y, b["neighbors"], b["reverse"], b["species"])
        _, forces, _ = train.predict(p, shape, b)
        return y, jnp.sqrt((forces**2).sum(-1)), jnp.sqrt(((forces - b["forces"]) ** 2).sum(-1))

    out = [[], [], [], []]
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


def expected(file, species, y, force):
    """Expected norm of the force error on each atom, eV/Å."""
    d = np.sqrt((((y - file["doubt_mean"][species]) @ file["doubt_whiten"][0].T) ** 2).mean(1))
    a, b = file["doubt_scale"]
    return np.exp(a + file["doubt_elements"][species]) * d**b * (force + FORCE_SCALE) ** file["doubt_force"][0]


def regression(mean, whiten, embedding, species, y, force, error):
    """The tensors of the uncertainty."""
    d = np.sqrt((((y - mean[species]) @ whiten[0].T) ** 2).mean(1))
    columns = np.hstack([np.log(d)[:, None], np.log(force + FORCE_SCALE)[:, None], embedding[species]])
    center, width, logarithm = columns.mean(0), columns.std(0), np.log(error + 0.01)
    x = (columns - center) / width
    weights = np.linalg.solve(x.T @ x + RIDGE * np.eye(x.shape[1]), x.T @ (logarithm - logarithm.mean())) / width
    tensors = {"doubt_mean": mean, "doubt_whiten": whiten, "doubt_force": weights[1:2], "doubt_elements": (embedding - center[2:]) @ weights[2:]}
    tensors["doubt_scale"] = np.array([0.0, weights[0]])
    tensors["doubt_scale"][0] = np.log(error.sum() / expected(tensors, species, y, force).sum())
    return tensors


def report(expectation, error):
    """Prints the expected and the found errors of atoms in bins of equal size."""
    for b in np.array_split(np.argsort(expectation), 10):
        print(f"expected {expectation[b].mean():.3f} eV/Å, found {error[b].mean():.3f}")
    rank = lambda values: np.argsort(np.argsort(values))
    print(f"rank correlation of expected and found errors: {np.corrcoef(rank(expectation), rank(error))[0, 1]:.2f}, {len(error)} atoms")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--labels", default="work/labels")
    parser.add_argument("--parameters", default="work/run/solid.npz")
    parser.add_argument("--calibration", required=True, help="two or more shards of held-out prototypes; the last is for the report only")
    options = parser.parse_args()
    file = dict(np.load(options.parameters))
    p = {name: jnp.asarray(value) for name, value in file.items() if name != "offset" and not name.startswith("doubt_")}
    paths = sorted(glob.glob(f"{options.labels}/train-*.npz"))
    frames, _ = train.read_all(paths[:: max(1, len(paths) // 25)])
    chosen = np.random.default_rng(0).permutation(len(frames))[:FRAMES]
    species, y, _, _ = activations_and_errors(p, [frames[k] for k in chosen], file["offset"])
    *fitted, reported = options.calibration.split(",")
    atoms = activations_and_errors(p, train.read_all(fitted)[0], file["offset"])
    file |= regression(*statistics(species, y), np.asarray(p["embedding"]), *atoms)
    species, y, force, error = activations_and_errors(p, train.read_all([reported])[0], file["offset"])
    report(expected(file, species, y, force), error)
    np.savez(options.parameters, **{k: v if k == "offset" else np.asarray(v, np.float32) for k, v in file.items()})


if __name__ == "__main__":
    main()
