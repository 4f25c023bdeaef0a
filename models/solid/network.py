"""The energy of the potential "solid" as a function of edge vectors, in JAX: two message-passing layers.

A batch is a list of atoms with padded neighbor lists: vectors [A, M, 3] to the neighbors in Å, their indices [A, M],
the reverse of each edge [A, M] (an index into the flattened list; of padding, any edge of padding), species [A], a mask [A, M] of real neighbors. Atoms of padding have no neighbors and are masked by the caller.
With K channels, R radial functions, H hidden units, degrees l <= L:

    A_lm = mean own1(i) sum_j Y_lm(u) (B(r) radial1) emit1(j)          moments of the first layer, [(L + 1)^2, K]
    z    = silu(invariants(A) in1 + bias1(i))                           [H]
    e, g = z out1;  arrow = g (v vector)                                messages: scalars [K], vectors [3, K]
    A2   = mean own2(i) sum_j Y_lm(u) (B radial2) (emit2(j) + e_j) + vectors
    y    = silu(silu([invariants(A2), v.arrow, z] in2 + bias2(i)) mid + midbias)
    E    = offset(i) + energy0(i) + 10 y.out + ZBL

The program bounds energy0 + 10 y.out below -10 eV, as `floored` of `moments`: energies are relative to a fit over all labels, so that
those of crystals are near 0.
"""

import pathlib
import sys

import jax
import jax.numpy as jnp
import numpy as np
from ase.data import atomic_numbers, covalent_radii

from prototypes import ELEMENTS

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))
import moments  # noqa: E402
from moments import harmonics, invariants, tricube, with_last_invariant  # noqa: E402, F401

CUTOFF = 5.0  # Å
RADIAL = 14
MEAN = 0.1
COULOMB = 14.3996454784  # e²/(4πε₀), eV Å: CODATA 2018
SPECIES = np.array([atomic_numbers[symbol] for symbol in ELEMENTS])
RADII = covalent_radii[SPECIES].astype(np.float32)  # Å: Cordero et al., Dalton Trans. 2832 (2008)
EMBEDDING = 24  # rank of all tables of species


def properties():
    """Standardized properties of the elements, the start of their embedding: [species, n]."""
    from pymatgen.core import Element

    rows = []
    for symbol in ELEMENTS:
        e = Element(symbol)
        states = e.common_oxidation_states or (0,)
        rows.append([e.row, e.group, np.sin(e.group * np.pi / 18), np.cos(e.group * np.pi / 9), e.X if e.X == e.X else 1.3,
                     covalent_radii[e.Z], float(e.is_metal), float(e.block == "d"), float(e.block == "f"), float(e.block == "p"),
                     max(states), min(states), e.Z**0.5, float(e.is_transition_metal) * (e.group - 7)])  # fmt: skip
    table = np.array(rows, float)
    return (table - table.mean(0)) / table.std(0)


class Shape:
    """Sizes of a network."""

    def __init__(self, degree=3, channels=32, hidden=96, invariants=None):
        self.degree, self.channels, self.hidden = degree, channels, hidden
        self.invariants = invariants or (8 if degree > 2 else 5)

    @staticmethod
    def of(p):
        """The sizes that parameters have."""
        K = p["mix1"].shape[-1]
        return Shape(len(p["mix1"]) - 1, K, p["mid"].shape[0], p["in1"].shape[0] // K)


def initial(shape, seed):
    """Random initial parameters."""
    rng, K, H, E, L = np.random.default_rng(seed), shape.channels, shape.hidden, EMBEDDING, shape.degree
    draw = lambda *s, scale=None: jnp.asarray(rng.normal(size=s) * (scale or s[0] ** -0.5), jnp.float32)
    known = properties()
    embedding = np.hstack([known, rng.normal(size=(len(known), E - known.shape[1])) * 0.3])
    stack = lambda: jnp.stack([draw(K, K) for _ in range(L + 1)])
    return {
        "embedding": jnp.asarray(embedding, jnp.float32),
        "emit1": draw(E, K), "own1": draw(E, K, scale=0.3 * E**-0.5), "bias1": draw(E, H, scale=0.5 * E**-0.5),
        "emit2": draw(E, K), "own2": draw(E, K, scale=0.3 * E**-0.5), "bias2": draw(E, H, scale=0.5 * E**-0.5),
        "energy0": jnp.zeros(len(known)),
        "radial1": draw(RADIAL, K, scale=0.5), "radial2": draw(RADIAL, 2 * K, scale=0.5),
        "mix1": stack(), "mix2": stack(),
        "in1": draw(shape.invariants * K, H), "out1": draw(H, 2 * K), "vector": draw(K, K),
        "in2": draw(shape.invariants * K + K + H, H), "mid": draw(H, H), "midbias": jnp.zeros(H),
        "out": draw(H, scale=0.1 * H**-0.5),
    }  # fmt: skip


def tables(p):
    """The parameters with one row per species, from the embedding; as they are without one (of an exported file)."""
    if "embedding" not in p:
        return p
    of = lambda name: p["embedding"] @ p[name]
    return {"emit1": of("emit1"), "own1": 1 + of("own1"), "bias1": of("bias1"),
            "emit2": of("emit2"), "own2": 1 + of("own2"), "bias2": of("bias2")}  # fmt: skip


def chebyshev(r):
    """The radial functions."""
    return moments.chebyshev(r, CUTOFF, RADIAL)


@jax.custom_vjp
def gather(values, neighbors, reverse):
    """The values [A, ...] of the neighbors: [A, M, ...].

    Every edge has a reverse edge in the list, so that the gradient is a gather, too; a scatter is slow on CPUs.
    """
    return values[neighbors]


@jax.custom_vjp
def collect(edges, neighbors, reverse):
    """The sum over an atom's incoming edges, which is the transpose of `gather`: [A, M, ...] to [A, ...]."""
    return edges.reshape(-1, *edges.shape[2:])[reverse].sum(1)


gather.defvjp(
    lambda values, neighbors, reverse: (gather(values, neighbors, reverse), (neighbors, reverse)),
    lambda saved, slope: (collect(slope, *saved), None, None),
)
collect.defvjp(
    lambda edges, neighbors, reverse: (collect(edges, neighbors, reverse), (neighbors, reverse)),
    lambda saved, slope: (gather(slope, *saved), None, None),
)


def zbl(vectors, species, neighbors, mask):
    """Repulsion of nuclei (J. F. Ziegler et al., 1985) below the sum of covalent radii, eV: [A]."""
    r = jnp.sqrt((vectors * vectors).sum(-1) + (1 - mask) * 100.0)
    Z, R = jnp.asarray(SPECIES, jnp.float32), jnp.asarray(RADII)
    zi, zj = Z[species][:, None], Z[species][neighbors]
    s = r * (zi**0.23 + zj**0.23) / 0.46850
    screen = 0.18175 * jnp.exp(-3.19980 * s) + 0.50986 * jnp.exp(-0.94229 * s) + 0.28022 * jnp.exp(-0.40290 * s) + 0.02817 * jnp.exp(-0.20162 * s)
    pair = COULOMB * zi * zj / r * screen * tricube(r / (R[species][:, None] + R[species][neighbors]))
    return 0.5 * (pair * mask).sum(1)


def geometry(vectors, mask, degree):
    """What the network sees of the edges, and its derivatives: nothing of it depends on parameters.

    Returns the radial basis [A, M, R] and harmonics [A, M, (L + 1)²], and a function that turns the gradients with
    respect to both into those with respect to the vectors [A, M, 3].
    """
    _, basis, Y, to_vectors = moments.geometry(vectors, mask, degree, CUTOFF, RADIAL)
    return basis, Y, lambda by_basis, by_harmonics: to_vectors(0.0, by_basis, by_harmonics)


def atoms(p, shape, basis, Y, neighbors, reverse, species):
    """Energies of the atoms without ZBL, eV: [A]; and the activations of the last hidden layer: [A, H]."""
    K, silu, t = shape.channels, jax.nn.silu, tables(p)
    f = (basis @ p["radial1"]) * gather(t["emit1"][species], neighbors, reverse)
    A = jnp.einsum("aml,amk->alk", Y, f) * (MEAN * t["own1"][species][:, None, :])
    z = silu(invariants(A, p["mix1"], shape.invariants) @ p["in1"] + t["bias1"][species])
    out = z @ p["out1"]
    arrow = out[:, None, K:] * (A[:, 1:4, :] @ p["vector"])
    emit = t["emit2"][species] + out[:, :K]

    g = basis @ p["radial2"]
    gs, gv = g[..., :K], g[..., K:]
    A2 = jnp.einsum("aml,amk->alk", Y, gs * gather(emit, neighbors, reverse))
    received = gv[..., None, :] * gather(arrow, neighbors, reverse)  # [A, M, 3, K]
    A2v = received.sum(1)
    A2s = (Y[..., 1:4, None] * received).sum((1, 2))
    A2 = jnp.concatenate([A2[:, :1] + A2s[:, None], A2[:, 1:4] + A2v, A2[:, 4:]], 1) * (MEAN * t["own2"][species][:, None, :])
    toward = (A2[:, 1:4] * arrow).sum(1)
    y = silu(jnp.concatenate([invariants(A2, p["mix2"], shape.invariants), toward, z], -1) @ p["in2"] + t["bias2"][species])
    y = silu(y @ p["mid"] + p["midbias"])
    return 10 * (y @ p["out"]) + p["energy0"][species], y
