//! Real spherical harmonics of degree 0 to 3, and their gradient.

use super::moments::DEGREE_2;

pub(super) const SQRT_3: f32 = 1.732_050_8;

/// Factors of degree 3: √(5/8), √(3/8), √15.
const SQRT_5_8: f32 = 0.790_569_4;
const SQRT_3_8: f32 = 0.612_372_4;
const SQRT_15: f32 = 3.872_983_3;

/// The harmonics of a unit vector u, normalized so that the squares of each degree add up to 1: [C].
///
/// 1; x, y, z; √3 xy, √3 yz, √3 xz, (√3/2)(x² − y²), (3z² − 1)/2; and of degree 3
/// √(5/8) y(3x² − y²), √15 xyz, √(3/8) y(5z² − 1), z(5z² − 3)/2, √(3/8) x(5z² − 1),
/// (√15/2) z(x² − y²), √(5/8) x(x² − 3y²): T. Helgaker, P. Jørgensen, J. Olsen, Molecular
/// Electronic-Structure Theory (2000), table 6.3.
#[inline(always)]
pub(super) fn harmonics<const C: usize>([x, y, z]: [f32; 3]) -> [f32; C] {
    let mut all = [0.0; C];
    all[..DEGREE_2].copy_from_slice(&[
        1.0,
        x,
        y,
        z,
        SQRT_3 * x * y,
        SQRT_3 * y * z,
        SQRT_3 * x * z,
        0.5 * SQRT_3 * (x * x - y * y),
        1.5 * z * z - 0.5,
    ]);
    if C > DEGREE_2 {
        let fives = 5.0 * z * z;
        all[DEGREE_2..].copy_from_slice(&[
            SQRT_5_8 * y * (3.0 * x * x - y * y),
            SQRT_15 * x * y * z,
            SQRT_3_8 * y * (fives - 1.0),
            0.5 * z * (fives - 3.0),
            SQRT_3_8 * x * (fives - 1.0),
            0.5 * SQRT_15 * z * (x * x - y * y),
            SQRT_5_8 * x * (x * x - 3.0 * y * y),
        ]);
    }
    all
}

/// Signs of the harmonics of −u relative to those of u: odd degrees change theirs.
#[inline(always)]
pub(super) fn parity<const C: usize>() -> [f32; C] {
    std::array::from_fn(|component| match component {
        1..4 | DEGREE_2.. => -1.0,
        _ => 1.0,
    })
}

/// The harmonics of −u from those of u.
#[inline(always)]
pub(super) fn opposite<const C: usize>(harmonics: [f32; C]) -> [f32; C] {
    let parity = parity::<C>();
    std::array::from_fn(|component| parity[component] * harmonics[component])
}

/// The gradient with respect to u of Σₐ Yₐ(u) fₐ, up to a component along u.
#[inline(always)]
pub(super) fn gradient<const C: usize>([x, y, z]: [f32; 3], f: [f32; C]) -> [f32; 3] {
    let mut sum = [
        f[1] + SQRT_3 * (y * f[4] + z * f[6] + x * f[7]),
        f[2] + SQRT_3 * (x * f[4] + z * f[5] - y * f[7]),
        f[3] + SQRT_3 * (y * f[5] + x * f[6]) + 3.0 * z * f[8],
    ];
    if C > DEGREE_2 {
        let [a, b, c, d, e, g, h] = std::array::from_fn(|at| f[DEGREE_2 + at]);
        let (xy, yz, xz) = (x * y, y * z, x * z);
        let (difference, fives) = (x * x - y * y, 5.0 * z * z - 1.0);
        // ∂/∂x, ∂/∂y and ∂/∂z of the seven polynomials.
        sum[0] += SQRT_5_8 * (6.0 * xy * a + 3.0 * difference * h)
            + SQRT_15 * (yz * b + xz * g)
            + SQRT_3_8 * fives * e;
        sum[1] += SQRT_5_8 * (3.0 * difference * a - 6.0 * xy * h)
            + SQRT_15 * (xz * b - yz * g)
            + SQRT_3_8 * fives * c;
        sum[2] += SQRT_15 * (xy * b + 0.5 * difference * g)
            + SQRT_3_8 * 10.0 * (yz * c + xz * e)
            + (7.5 * z * z - 1.5) * d;
    }
    sum
}
