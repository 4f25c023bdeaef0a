"""Radial functions, harmonics and invariants of moments, in JAX: the parts that the networks of nano and solid share."""

import jax
import jax.numpy as jnp


def tricube(x):
    """(1 - x³)³ below 1, then 0: W. S. Cleveland, J. Am. Stat. Assoc. 74, 829 (1979)."""
    return jnp.where(x < 1, (1 - jnp.minimum(x, 1.0) ** 3) ** 3, 0.0)


def chebyshev(r, cutoff, count):
    """T_n of 2(1 - r/c)² - 1 for n below `count`, times the tricube of r/c: Z. Fan et al., Phys. Rev. B 104, 104309 (2021)."""
    x = 2 * (1 - jnp.minimum(r / cutoff, 1.0)) ** 2 - 1
    t = [jnp.ones_like(x), x]
    for _ in range(count - 2):
        t.append(2 * x * t[-1] - t[-2])
    return jnp.stack(t, -1) * tricube(r / cutoff)[..., None]


def harmonics(u, degree):
    """Real harmonics of degree 0 to 3 of a unit vector; the squares of each degree sum to 1."""
    x, y, z = u[..., 0], u[..., 1], u[..., 2]
    q = 3**0.5
    o = [jnp.ones_like(x), x, y, z, q * x * y, q * y * z, q * x * z, q / 2 * (x * x - y * y), 1.5 * z * z - 0.5]
    if degree > 2:
        o += [(5 / 8) ** 0.5 * y * (3 * x * x - y * y), 15**0.5 * x * y * z, (3 / 8) ** 0.5 * y * (5 * z * z - 1),
              0.5 * z * (5 * z * z - 3), (3 / 8) ** 0.5 * x * (5 * z * z - 1), 15**0.5 / 2 * z * (x * x - y * y),
              (5 / 8) ** 0.5 * x * (x * x - 3 * y * y)]  # fmt: skip
    return jnp.stack(o, -1)


def geometry(vectors, mask, degree, cutoff, count):
    """Distances, radial functions and harmonics of pairs, and their derivatives: nothing of it depends on parameters.

    Returns the distances, the radial functions [..., count] and harmonics [..., (L + 1)²] of the vectors [..., 3], Å, and a
    function that turns the gradients with respect to these three into those with respect to the vectors.
    """
    r = jnp.sqrt((vectors * vectors).sum(-1) + (1 - mask) * 400.0)
    u = vectors / r[..., None]
    basis, basis_slope = jax.jvp(lambda r: chebyshev(r, cutoff, count), (r,), (jnp.ones_like(r),))
    Y = harmonics(u, degree)
    axes = [jnp.broadcast_to(jnp.eye(3, dtype=u.dtype)[c], u.shape) for c in range(3)]
    Y_slopes = jnp.stack([jax.jvp(lambda u: harmonics(u, degree), (u,), (axis,))[1] for axis in axes], -1)

    def to_vectors(by_distance, by_basis, by_harmonics):
        # ∂E/∂D = u ∂E/∂r + (1 − u uᵀ) ∂E/∂u / r
        by_r = by_distance + (by_basis * basis_slope).sum(-1)
        by_u = (by_harmonics[..., None] * Y_slopes).sum(-2)
        tangent = by_u - u * (u * by_u).sum(-1, keepdims=True)
        return (u * by_r[..., None] + tangent / r[..., None]) * mask[..., None]

    return r, basis * mask[..., None], Y, to_vectors


def matrix(t):
    """xx, yy, zz, xy, yz, xz of the traceless symmetric matrix of five components; shapes [..., component, K]."""
    q = 3**-0.5
    a, b = t[..., 3, :] * q, t[..., 4, :] / 3
    return a - b, -a - b, 2 * b, t[..., 0, :] * q, t[..., 1, :] * q, t[..., 2, :] * q


def cubic_harmonics(v):
    """The harmonics of degree 3 as homogeneous cubic polynomials of vectors [..., 3, K]: [..., 7, K]."""
    x, y, z = v[..., 0, :], v[..., 1, :], v[..., 2, :]
    a, b, fours = (5 / 8) ** 0.5, (3 / 8) ** 0.5, 4 * z * z - x * x - y * y
    return jnp.stack([a * y * (3 * x * x - y * y), 15**0.5 * x * y * z, b * y * fours, 0.5 * z * (2 * z * z - 3 * (x * x + y * y)),
                      b * x * fours, 15**0.5 / 2 * z * (x * x - y * y), a * x * (x * x - 3 * y * y)], -2)  # fmt: skip


def invariants(A, mix, count):
    """s; s·ps; |l|² mixed for l = 1 to L; v·T·pv; and for L = 3 det T and f·Y₃(pv), of the moments A [..., (L + 1)², K].

    The first `count` of these 5 or 8, [..., count K]. The last one has terms cos 3φ of a turned bond: the f of three atoms
    about one end of it, and the pv of the other end.
    """
    s, v, t = A[..., 0, :], A[..., 1:4, :], A[..., 4:9, :]
    out, pv = [s, s * (s @ mix[0])], v @ mix[1]
    out.append((v * pv).sum(-2))
    for l in range(2, len(mix)):
        a = A[..., l * l : (l + 1) ** 2, :]
        out.append((a * (a @ mix[l])).sum(-2))
    xx, yy, zz, xy, yz, xz = matrix(t)
    v0, v1, v2, w0, w1, w2 = v[..., 0, :], v[..., 1, :], v[..., 2, :], pv[..., 0, :], pv[..., 1, :], pv[..., 2, :]
    out.append(v0 * (xx * w0 + xy * w1 + xz * w2) + v1 * (xy * w0 + yy * w1 + yz * w2) + v2 * (xz * w0 + yz * w1 + zz * w2))
    if len(mix) > 3:
        out.append(xx * yy * zz + 2 * xy * yz * xz - xx * yz * yz - yy * xz * xz - zz * xy * xy)
    if count > 7:
        out.append((A[..., 9:, :] * cubic_harmonics(pv)).sum(-2))
    return jnp.concatenate(out, -1)


def with_last_invariant(weights, rows):
    """Weights of the invariants and other inputs, [inputs, H], of files of degree 3 that lack the last invariant: zeros for it.

    `rows` is the number of inputs of a file with all 8 invariants of 32 channels.
    """
    if len(weights) == rows:
        return weights
    assert len(weights) == rows - 32, f"weights of {len(weights)} inputs, expected {rows} or {rows - 32}"
    return jnp.concatenate([weights[: 7 * 32], jnp.zeros((32, weights.shape[1])), weights[7 * 32 :]])


FLOOR = 10.0  # eV; in the labels of nano, the energies of atoms are never below -7.


def floored(e):
    """Energies clamped smoothly: e down to -FLOOR, then approaching -2 FLOOR, since polynomials have no lower bound."""
    return jnp.where(e < -FLOOR, -FLOOR - FLOOR * jnp.tanh(jnp.maximum(-FLOOR - e, 0.0) / FLOOR), e)
