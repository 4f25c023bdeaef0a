"""The energy of the potential "nano" as a function of positions, in JAX. The README has it in formulas.

A batch is dense: B molecules of at most N atoms, all pairs. Absent atoms have `mask` 0 and species 0.
"""

import jax
import jax.numpy as jnp
import numpy as np

import molecules

SPECIES = molecules.NUMBERS  # Species s is the element of atomic number SPECIES[s].
CUTOFF, FAR = 5.0, 12.0  # Å: of the network, of electrostatics and dispersion.
RADIAL, CHANNELS, HIDDEN = 16, 32, 96
COULOMB = 14.3996454784  # e²/(4πε₀), eV Å: CODATA 2018
SOFTENING = 1.5  # Å; 1/r becomes 1/√(r² + s²); the network corrects shorter distances.

FLOOR = 10.0  # eV; energies of the network per atom in the labels are never below -7.

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
    invariants = 5 * K
    return {
        "emit1": draw(S, K, scale=1.0), "radial1": draw(R, K, scale=0.5),
        "mix1": jnp.stack([draw(K, K) for _ in range(3)]),
        "in1": draw(invariants, H), "bias1": draw(S, H, scale=0.3),
        "emit2": draw(S, K, scale=1.0), "out1": draw(H, 2 * K + 2),
        "arrow": draw(K, K), "charge0": jnp.zeros(S), "hold0": jnp.zeros(S), "emitq": draw(K, scale=0.3),
        "radial2": draw(R, 2 * K, scale=0.5),
        "mix2": jnp.stack([draw(K, K) for _ in range(3)]),
        "in2": draw(invariants + K + H + 1, H), "bias2": draw(S, H, scale=0.3),
        "mid2": draw(H, H), "midbias": jnp.zeros(H), "out2": draw(H, scale=0.1 * H**-0.5), "energy0": jnp.zeros(S),
    }  # fmt: skip


def tricube(x):
    """(1 - x³)³ below 1, then 0: W. S. Cleveland, J. Am. Stat. Assoc. 74, 829 (1979)."""
    return jnp.where(x < 1, (1 - jnp.minimum(x, 1.0) ** 3) ** 3, 0.0)


def chebyshev(r):
    """T_n of 2(1 - r/c)² - 1 for n below RADIAL, times the tricube of r/c."""
    x = 2 * (1 - jnp.minimum(r / CUTOFF, 1.0)) ** 2 - 1
    t = [jnp.ones_like(x), x]
    for _ in range(RADIAL - 2):
        t.append(2 * x * t[-1] - t[-2])
    return jnp.stack(t, -1) * tricube(r / CUTOFF)[..., None]


def harmonics(u):
    """Real harmonics of degree 0, 1 and 2 of a unit vector; the squares of each degree sum to 1."""
    x, y, z = u[..., 0], u[..., 1], u[..., 2]
    q = 3**0.5
    return jnp.stack(
        [jnp.ones_like(x), x, y, z, q * x * y, q * y * z, q * x * z, q / 2 * (x * x - y * y), 1.5 * z * z - 0.5], -1
    )


def cubic(v, t, w):
    """v·T·w for the traceless symmetric matrix T with the five components t; shapes (…, components, channels)."""
    q = 3**-0.5
    a, b = t[..., 3, :] * q, t[..., 4, :] / 3
    xx, yy, zz = a - b, -a - b, 2 * b
    xy, yz, xz = t[..., 0, :] * q, t[..., 1, :] * q, t[..., 2, :] * q
    v0, v1, v2, w0, w1, w2 = v[..., 0, :], v[..., 1, :], v[..., 2, :], w[..., 0, :], w[..., 1, :], w[..., 2, :]
    return v0 * (xx * w0 + xy * w1 + xz * w2) + v1 * (xy * w0 + yy * w1 + yz * w2) + v2 * (xz * w0 + yz * w1 + zz * w2)


def invariants(A, mix):
    """Rotation-invariant features of the moments A (…, 9, K), and the mixed vectors."""
    s, v, t = A[..., 0, :], A[..., 1:4, :], A[..., 4:9, :]
    ps, pv, pt = s @ mix[0], v @ mix[1], t @ mix[2]
    return [s, s * ps, (v * pv).sum(-2), (t * pt).sum(-2), cubic(v, t, pv)], pv


def floored(e):
    """Energies clamped smoothly: e down to -FLOOR, then approaching -2 FLOOR, since polynomials have no lower bound."""
    return jnp.where(e < -FLOOR, -FLOOR - FLOOR * jnp.tanh(jnp.maximum(-FLOOR - e, 0.0) / FLOOR), e)


def energy(p, x, species, mask, total_charge, mean=0.1):
    """Energies (eV) of B molecules at x (B, N, 3), Å; and per atom: charges (e), activations of the last hidden layer,
    and charges before the correction to the total charge."""
    silu = jax.nn.silu
    N, K = x.shape[1], p["emit1"].shape[1]
    pair = mask[:, :, None] * mask[:, None, :] * (1 - jnp.eye(N))
    d = x[:, None, :, :] - x[:, :, None, :]  # From i to j.
    r2 = (d * d).sum(-1) + (1 - pair) * 400.0
    r = jnp.sqrt(r2)
    u = d / r[..., None]
    basis = chebyshev(r) * pair[..., None]
    Y = harmonics(u)

    # First layer: species of the neighbors.
    f = (basis @ p["radial1"]) * p["emit1"][species][:, None, :, :]
    A = jnp.einsum("bija,bijk->biak", Y, f) * mean
    parts, _ = invariants(A, p["mix1"])
    z = silu(jnp.concatenate(parts, -1) @ p["in1"] + p["bias1"][species])
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
    A2s = jnp.einsum("bijc,bijk,bjck->bik", u, gv, arrow)
    A2 = A2 * mean
    A2 = jnp.concatenate([A2[..., :1, :] + mean * A2s[..., None, :], A2[..., 1:4, :] + mean * A2v, A2[..., 4:, :]], -2)
    parts2, _ = invariants(A2, p["mix2"])
    toward = (A2[..., 1:4, :] * arrow).sum(-2)
    y = silu(jnp.concatenate([*parts2, toward, z, q[..., None]], -1) @ p["in2"] + p["bias2"][species])
    y = silu(y @ p["mid2"] + p["midbias"])
    e = floored((y @ p["out2"]) * 10 + p["energy0"][species])
    E = (e * mask).sum(-1)
    return E + physics(x, species, pair, r, r2, q), (q, y, q0)


def physics(x, species, pair, r, r2, q):
    """Physical pair terms: repulsion of nuclei, electrostatics and dispersion, eV."""
    # J. F. Ziegler, J. P. Biersack, U. Littmark, The Stopping and Range of Ions in Solids (1985).
    Z, R = jnp.asarray(_Z)[species], jnp.asarray(_R)[species]
    z23 = Z**0.23
    s = r * (z23[:, :, None] + z23[:, None, :]) / 0.46850
    screen = 0.18175 * jnp.exp(-3.19980 * s) + 0.50986 * jnp.exp(-0.94229 * s) + 0.28022 * jnp.exp(-0.40290 * s) + 0.02817 * jnp.exp(-0.20162 * s)
    zbl = COULOMB * Z[:, :, None] * Z[:, None, :] / r * screen * tricube(r / (R[:, :, None] + R[:, None, :]))
    # Both shifted so that energy and force end at FAR: D. Wolf et al., J. Chem. Phys. 110, 8254 (1999);
    # C. J. Fennell, J. D. Gezelter, J. Chem. Phys. 124, 234104 (2006).
    inside = jnp.where(r < FAR, 1.0, 0.0)
    rho, end = jnp.sqrt(r2 + SOFTENING**2), (FAR**2 + SOFTENING**2) ** 0.5
    coulomb = COULOMB * q[:, :, None] * q[:, None, :] * (1 / rho - 1 / end + (r - FAR) * FAR / end**3)
    # S. Grimme (2006) with the damping of A. D. Becke, E. R. Johnson, J. Chem. Phys. 123, 154101 (2005).
    c, w = jnp.asarray(_C6)[species], jnp.asarray(_W)[species]
    w6 = (w[:, :, None] + w[:, None, :]) ** 6
    tail = 1 / (r2**3 + w6) - 1 / (FAR**6 + w6) + (r - FAR) * 6 * FAR**5 / (FAR**6 + w6) ** 2
    far = (coulomb - c[:, :, None] * c[:, None, :] * tail) * inside
    return 0.5 * ((zbl + far) * pair).sum((-1, -2))


def differentiate(p, x, species, mask, total_charge):
    """Energies (eV), forces (eV/Å) and the atomic results of `energy`."""
    total = lambda x: (lambda e, atoms: (e.sum(), (e, atoms)))(*energy(p, x, species, mask, total_charge))
    (_, (e, atoms)), slope = jax.value_and_grad(total, has_aux=True)(x)
    return e, -slope, atoms


def energy_and_forces(p, x, species, mask, total_charge):
    """Energies (eV), forces (eV/Å), charges (e)."""
    e, forces, (q, _, _) = differentiate(p, x, species, mask, total_charge)
    return e, forces, q
