"""The energy of the potential "nano" as a function of positions, in JAX. The README has it in formulas.

A batch is dense: B molecules of at most N atoms, all pairs. Absent atoms have `mask` 0 and species 0.
"""

import pathlib
import sys

import jax
import jax.numpy as jnp
import numpy as np

import molecules

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))
from moments import floored, geometry, invariants, tricube, with_last_invariant  # noqa: E402

SPECIES = molecules.NUMBERS  # Species s is the element of atomic number SPECIES[s].
CUTOFF, FAR = 5.0, 12.0  # Å: of the network, of electrostatics and dispersion.
DEGREE, RADIAL, CHANNELS, HIDDEN = 3, 16, 32, 96
MEAN = 0.1  # Factor of all moments.
COULOMB = 14.3996454784  # e²/(4πε₀), eV Å: CODATA 2018
SOFTENING = 1.5  # Å; 1/r becomes 1/√(r² + s²); the network corrects shorter distances.

# Covalent radii, Å: B. Cordero et al., Dalton Trans. 2832 (2008), table 2.
COVALENT = dict(H=0.31, B=0.84, C=0.76, N=0.71, O=0.66, F=0.57, Na=1.66, Si=1.11, P=1.07, S=1.05, Cl=1.02, K=2.03, Br=1.20, I=1.39)
# C6, J nm⁶/mol, and van der Waals radii, Å: S. Grimme, J. Comput. Chem. 27, 1787 (2006), table 1.
DISPERSION = dict(
    H=(0.14, 1.001), B=(3.13, 1.485), C=(1.75, 1.452), N=(1.23, 1.397), O=(0.70, 1.342), F=(0.75, 1.287), Na=(5.71, 1.144),
    Si=(9.23, 1.716), P=(7.84, 1.705), S=(5.57, 1.683), Cl=(5.07, 1.639), K=(10.80, 1.485), Br=(12.47, 1.749), I=(31.50, 1.892),
)  # fmt: skip
_Z = np.array(SPECIES, np.float32)
_R = np.array([COVALENT[e] for e in molecules.ELEMENTS], np.float32)
_C6 = np.array([DISPERSION[e][0] for e in molecules.ELEMENTS]) * 10.36426966  # J nm⁶/mol in eV Å⁶
_C6 = np.sqrt(_C6).astype(np.float32)
_W = np.array([DISPERSION[e][1] for e in molecules.ELEMENTS], np.float32)


def initial(seed):
    """Random initial parameters, named as in the file that the program reads."""
    rng, K, R, H, S = np.random.default_rng(seed), CHANNELS, RADIAL, HIDDEN, len(SPECIES)
    draw = lambda *shape, scale=None: jnp.asarray(rng.normal(size=shape) * (scale or shape[0] ** -0.5), jnp.float32)
    inputs = (8 if DEGREE > 2 else 5) * K
    return {
        "emit1": draw(S, K, scale=1.0), "radial1": draw(R, K, scale=0.5),
        "own1": jnp.ones((S, K)), "mix1": jnp.stack([draw(K, K) for _ in range(DEGREE + 1)]),
        "in1": draw(inputs, H), "bias1": draw(S, H, scale=0.3),
        "emit2": draw(S, K, scale=1.0), "out1": draw(H, 2 * K + 2),
        "arrow": draw(K, K), "charge0": jnp.zeros(S), "hold0": jnp.zeros(S), "emitq": draw(K, scale=0.3),
        "radial2": draw(R, 2 * K, scale=0.5),
        "own2": jnp.ones((S, K)), "mix2": jnp.stack([draw(K, K) for _ in range(DEGREE + 1)]),
        "in2": draw(inputs + K + H + 1, H), "bias2": draw(S, H, scale=0.3),
        "mid2": draw(H, H), "midbias": jnp.zeros(H), "out2": draw(H, scale=0.1 * H**-0.5), "energy0": jnp.zeros(S),
    }  # fmt: skip


def extended(p):
    """Parameters of earlier files with fewer invariants, such as those of degree 2, as parameters that give the same energies.

    The mixing of degree 3 is random, as large as trained ones, and the weights of the new invariants are zero.
    """
    p, fresh = dict(p), initial(0)
    for layer in ("1", "2"):
        p.setdefault("own" + layer, fresh["own" + layer])
        rows, K = p["in" + layer], CHANNELS
        if len(p["mix" + layer]) == 3:
            none = jnp.zeros((K, rows.shape[1]))
            p["mix" + layer] = jnp.concatenate([p["mix" + layer], 8 * fresh["mix" + layer][3:]])
            rows = jnp.concatenate([rows[: 4 * K], none, rows[4 * K : 5 * K], none, rows[5 * K :]])
        p["in" + layer] = with_last_invariant(rows, len(fresh["in" + layer]))
    return p


def energy(p, r, basis, Y, species, mask, total_charge):
    """Energies (eV) of B molecules from the `geometry` of their pairs; and per atom: charges (e), activations of the last hidden
    layer, and charges before the correction to the total charge."""
    silu = jax.nn.silu
    K = p["emit1"].shape[1]
    count = p["in1"].shape[0] // K
    own = lambda name: MEAN * (p[name][species][..., None, :] if name in p else 1.0)

    # First layer: species of the neighbors.
    f = (basis @ p["radial1"]) * p["emit1"][species][:, None, :, :]
    A = jnp.einsum("bija,bijk->biak", Y, f) * own("own1")
    z = silu(invariants(A, p["mix1"], count) @ p["in1"] + p["bias1"][species])
    out = z @ p["out1"]
    arrow = out[..., None, K : 2 * K] * (A[..., 1:4, :] @ p["arrow"])

    # Charges: a prior, and a correction to the total charge.
    q0 = (out[..., 2 * K] + p["charge0"][species]) * mask
    weight = (jax.nn.softplus(out[..., 2 * K + 1] + p["hold0"][species])) * mask
    q = q0 + weight * ((total_charge - q0.sum(-1)) / weight.sum(-1))[..., None]

    # Second layer: messages of the neighbors.
    emit = p["emit2"][species] + out[..., :K] + q[..., None] * p["emitq"]
    g = basis @ p["radial2"]
    gs, gv = g[..., :K], g[..., K:]
    A2 = jnp.einsum("bija,bijk->biak", Y, gs * emit[:, None, :, :])
    A2v = jnp.einsum("bijk,bjak->biak", gv, arrow)
    A2s = jnp.einsum("bijc,bijk,bjck->bik", Y[..., 1:4], gv, arrow)
    A2 = jnp.concatenate([A2[..., :1, :] + A2s[..., None, :], A2[..., 1:4, :] + A2v, A2[..., 4:, :]], -2) * own("own2")
    toward = (A2[..., 1:4, :] * arrow).sum(-2)
    y = silu(jnp.concatenate([invariants(A2, p["mix2"], count), toward, z, q[..., None]], -1) @ p["in2"] + p["bias2"][species])
    y = silu(y @ p["mid2"] + p["midbias"])
    e = floored((y @ p["out2"]) * 10 + p["energy0"][species])
    pair = mask[:, :, None] * mask[:, None, :] * (1 - jnp.eye(mask.shape[1]))
    return (e * mask).sum(-1) + physics(species, pair, r, q), (q, y, q0)


def physics(species, pair, r, q):
    """Physical pair terms: repulsion of nuclei, electrostatics and dispersion, eV."""
    # J. F. Ziegler, J. P. Biersack, U. Littmark, The Stopping and Range of Ions in Solids (1985).
    Z, R = jnp.asarray(_Z)[species], jnp.asarray(_R)[species]
    z23 = Z**0.23
    s = r * (z23[:, :, None] + z23[:, None, :]) / 0.46850
    screen = 0.18175 * jnp.exp(-3.19980 * s) + 0.50986 * jnp.exp(-0.94229 * s) + 0.28022 * jnp.exp(-0.40290 * s) + 0.02817 * jnp.exp(-0.20162 * s)
    zbl = COULOMB * Z[:, :, None] * Z[:, None, :] / r * screen * tricube(r / (R[:, :, None] + R[:, None, :]))
    # Both shifted so that energy and force end at FAR: D. Wolf et al., J. Chem. Phys. 110, 8254 (1999);
    # C. J. Fennell, J. D. Gezelter, J. Chem. Phys. 124, 234104 (2006).
    inside, r2 = jnp.where(r < FAR, 1.0, 0.0), r * r
    rho, end = jnp.sqrt(r2 + SOFTENING**2), (FAR**2 + SOFTENING**2) ** 0.5
    coulomb = COULOMB * q[:, :, None] * q[:, None, :] * (1 / rho - 1 / end + (r - FAR) * FAR / end**3)
    # S. Grimme (2006) with the damping of A. D. Becke, E. R. Johnson, J. Chem. Phys. 123, 154101 (2005).
    c, w = jnp.asarray(_C6)[species], jnp.asarray(_W)[species]
    w6 = (w[:, :, None] + w[:, None, :]) ** 6
    tail = 1 / (r2**3 + w6) - 1 / (FAR**6 + w6) + (r - FAR) * 6 * FAR**5 / (FAR**6 + w6) ** 2
    far = (coulomb - c[:, :, None] * c[:, None, :] * tail) * inside
    return 0.5 * ((zbl + far) * pair).sum((-1, -2))


def _seen(p, x, mask):
    """`geometry` of all pairs of molecules at x (B, N, 3), Å; vectors are from i to j."""
    pair = mask[:, :, None] * mask[:, None, :] * (1 - jnp.eye(x.shape[1]))
    return geometry(x[:, None, :, :] - x[:, :, None, :], pair, len(p["mix1"]) - 1, CUTOFF, RADIAL)


def energies(p, x, species, mask, total_charge):
    """Energies (eV) of molecules at x (B, N, 3), Å."""
    return energy(p, *_seen(p, x, mask)[:3], species, mask, total_charge)[0]


def differentiate(p, x, species, mask, total_charge):
    """Energies (eV), forces (eV/Å) and the atomic results of `energy`, of molecules at x (B, N, 3), Å."""
    *seen, to_vectors = _seen(p, x, mask)
    total = lambda *seen: (lambda e, atoms: (e.sum(), (e, atoms)))(*energy(p, *seen, species, mask, total_charge))
    slopes, (e, atoms) = jax.grad(total, argnums=(0, 1, 2), has_aux=True)(*seen)
    slope = to_vectors(*slopes)
    return e, slope.sum(2) - slope.sum(1), atoms


def energy_and_forces(p, x, species, mask, total_charge):
    """Energies (eV), forces (eV/Å), charges (e)."""
    e, forces, (q, _, _) = differentiate(p, x, species, mask, total_charge)
    return e, forces, q
