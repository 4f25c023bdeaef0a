//! Real spherical harmonics of degree 0 to 3, and their gradient.

use super::moments::DEGREE_2;

pub(super) const SQRT_3: f32 = 1.732_050_8;

/// Factors of degree 3: √(5/8), √(3/8), √15.
pub(super) const SQRT_5_8: f32 = 0.790_569_4;
pub(super) const SQRT_3_8: f32 = 0.612_372_4;
pub(super) const SQRT_15: f32 = 3.872_983_3;

/// The harmonics of a unit vector u, normalized so that the squares of each degree add up to 1: `[C]`.
///
/// 1; x, y, z; √3 xy, √3 yz, √3 xz, (√3/2)(x² − y²), (3z² − 1)/2; and of degree 3
/// √(5/8) y(3x² − y²), √15 xyz, √(3/8) y(5z² − 1), z(5z² − 3)/2, √(3/8) x(5z² − 1),
/// (√15/2) z(x² − y²), √(5/8) x(x² − 3y²): T. Helgaker, P. Jørgensen, J. Olsen, Molecular
/// Electronic-Structure Theory (2000), table 6.3.
///
/// # Panics
/// If C is not 9 (degree 2) or 16 (degree 3).
#[inline(always)]
pub fn harmonics<const C: usize>([x, y, z]: [f32; 3]) -> [f32; C] {
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

/// Whether the harmonic at this index changes its sign with u: those of odd degrees do.
#[inline(always)]
pub(super) const fn is_odd(index: usize) -> bool {
    matches!(index, 1..4 | DEGREE_2..)
}

/// The gradients with respect to u of all harmonics, as of the polynomials in [`harmonics`]: up to a
/// component along u. [C, 3].
#[inline(always)]
pub(super) fn gradients<const C: usize>([x, y, z]: [f32; 3]) -> [[f32; 3]; C] {
    let mut all = [[0.0; 3]; C];
    all[..DEGREE_2].copy_from_slice(&[
        [0.0; 3],
        [1.0, 0.0, 0.0],
        [0.0, 1.0, 0.0],
        [0.0, 0.0, 1.0],
        [SQRT_3 * y, SQRT_3 * x, 0.0],
        [0.0, SQRT_3 * z, SQRT_3 * y],
        [SQRT_3 * z, 0.0, SQRT_3 * x],
        [SQRT_3 * x, -SQRT_3 * y, 0.0],
        [0.0, 0.0, 3.0 * z],
    ]);
    if C > DEGREE_2 {
        let (xy, yz, xz) = (x * y, y * z, x * z);
        let (difference, fives) = (x * x - y * y, SQRT_3_8 * (5.0 * z * z - 1.0));
        let (twice, thrice) = (6.0 * SQRT_5_8 * xy, 3.0 * SQRT_5_8 * difference);
        all[DEGREE_2..].copy_from_slice(&[
            [twice, thrice, 0.0],
            [SQRT_15 * yz, SQRT_15 * xz, SQRT_15 * xy],
            [0.0, fives, 10.0 * SQRT_3_8 * yz],
            [0.0, 0.0, 7.5 * z * z - 1.5],
            [fives, 0.0, 10.0 * SQRT_3_8 * xz],
            [SQRT_15 * xz, -SQRT_15 * yz, 0.5 * SQRT_15 * difference],
            [thrice, -twice, 0.0],
        ]);
    }
    all
}
