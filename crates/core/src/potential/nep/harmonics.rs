//! Real spherical harmonics of degree 1 to 4, and gradients of their weighted sums.
//!
//! Normalized so that the squares of each degree add up to 1: Y = N Π(z) c_m or N Π(z) s_m, where
//! c_m + i s_m = (x + i y)^m; in the order of m: 0, then c and s of each m.

use super::lanes::{LANES, Lanes, splat};

/// Maximum degree.
pub(super) const MAX_DEGREE: usize = 4;

/// Components of the degrees 1 to 4: 3 + 5 + 7 + 9.
pub(super) const COMPONENTS: usize = 24;

/// Combinations of degree and m.
const ORDERS: usize = 14;

/// Index of the first component of a degree.
#[inline(always)]
pub(super) const fn first_of(degree: usize) -> usize {
    degree * degree - 1
}

const fn sqrt(square: f64) -> f32 {
    let mut root = square;
    let mut step = 0;
    while step < 60 {
        root = 0.5 * (root + square / root);
        step += 1;
    }
    root as f32
}

/// N Π(z) and its derivative for each degree and m: the associated Legendre functions without the factor
/// (1 − z²)^(m/2), normalized.
#[inline(always)]
fn legendre(z: f32) -> [[f32; 2]; ORDERS] {
    const R3: f32 = sqrt(3.0);
    const H3: f32 = sqrt(3.0 / 8.0);
    const Q15: f32 = sqrt(15.0 / 4.0);
    const H5: f32 = sqrt(5.0 / 8.0);
    const Q5: f32 = sqrt(5.0 / 16.0);
    const H35: f32 = sqrt(35.0 / 8.0);
    const S35: f32 = sqrt(35.0 / 64.0);
    let z2 = z * z;
    [
        [z, 1.0],
        [1.0, 0.0],
        [1.5 * z2 - 0.5, 3.0 * z],
        [R3 * z, R3],
        [0.5 * R3, 0.0],
        [z * (2.5 * z2 - 1.5), 7.5 * z2 - 1.5],
        [H3 * (5.0 * z2 - 1.0), 10.0 * H3 * z],
        [Q15 * z, Q15],
        [H5, 0.0],
        [(4.375 * z2 - 3.75) * z2 + 0.375, z * (17.5 * z2 - 7.5)],
        [H5 * z * (7.0 * z2 - 3.0), H5 * (21.0 * z2 - 3.0)],
        [Q5 * (7.0 * z2 - 1.0), 14.0 * Q5 * z],
        [H35 * z, H35],
        [S35, 0.0],
    ]
}

/// c_m and s_m for m from 0 to 4: the real and imaginary parts of (x + i y)^m.
#[inline(always)]
fn powers(x: f32, y: f32) -> [[f32; 2]; MAX_DEGREE + 1] {
    let mut powers = [[1.0, 0.0]; MAX_DEGREE + 1];
    for m in 1..=MAX_DEGREE {
        let [c, s] = powers[m - 1];
        powers[m] = [x * c - y * s, x * s + y * c];
    }
    powers
}

/// All components at the unit vectors of a block.
#[inline(always)]
pub(super) fn harmonics(unit: &[Lanes; 3]) -> [Lanes; COMPONENTS] {
    let mut components = [splat(0.0); COMPONENTS];
    for lane in 0..LANES {
        let legendre = legendre(unit[2][lane]);
        let powers = powers(unit[0][lane], unit[1][lane]);
        let (mut order, mut component) = (0, 0);
        for degree in 1..=MAX_DEGREE {
            components[component][lane] = legendre[order][0];
            for m in 1..=degree {
                let [c, s] = powers[m];
                components[component + 2 * m - 1][lane] = legendre[order + m][0] * c;
                components[component + 2 * m][lane] = legendre[order + m][0] * s;
            }
            order += degree + 1;
            component += 2 * degree + 1;
        }
    }
    components
}

/// The gradient of Σ weights · components with respect to the unit vectors of a block, up to a part along
/// them.
///
/// ∂c_m/∂x = m c_{m−1}, ∂c_m/∂y = −m s_{m−1}, ∂s_m/∂x = m s_{m−1}, ∂s_m/∂y = m c_{m−1}.
#[inline(always)]
pub(super) fn gradient(unit: &[Lanes; 3], weights: &[Lanes; COMPONENTS]) -> [Lanes; 3] {
    let mut gradient = [splat(0.0); 3];
    for lane in 0..LANES {
        let legendre = legendre(unit[2][lane]);
        let powers = powers(unit[0][lane], unit[1][lane]);
        let mut sum = [0.0; 3];
        let (mut order, mut component) = (0, 0);
        for degree in 1..=MAX_DEGREE {
            sum[2] += weights[component][lane] * legendre[order][1];
            for m in 1..=degree {
                let [value, slope] = legendre[order + m];
                let [c, s] = powers[m];
                let [before_c, before_s] = powers[m - 1];
                let of_c = weights[component + 2 * m - 1][lane];
                let of_s = weights[component + 2 * m][lane];
                let scaled = value * m as f32;
                sum[0] += scaled * (of_c * before_c + of_s * before_s);
                sum[1] += scaled * (of_s * before_c - of_c * before_s);
                sum[2] += slope * (of_c * c + of_s * s);
            }
            order += degree + 1;
            component += 2 * degree + 1;
        }
        for axis in 0..3 {
            gradient[axis][lane] = sum[axis];
        }
    }
    gradient
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(seed: f32) -> [f32; 3] {
        let v = [seed.sin(), (2.0 * seed).cos(), (3.0 * seed).sin() - 0.3];
        let length = v.iter().map(|x| x * x).sum::<f32>().sqrt();
        v.map(|x| x / length)
    }

    #[test]
    fn products_of_harmonics_add_up_to_legendre_polynomials() {
        for seed in [0.3, 1.0, 2.2, 4.0] {
            let (u, v) = (unit(seed), unit(seed * seed + 0.4));
            let cosine: f32 = (0..3).map(|axis| u[axis] * v[axis]).sum();
            let square = cosine * cosine;
            let polynomials = [
                cosine,
                1.5 * square - 0.5,
                2.5 * cosine * square - 1.5 * cosine,
                4.375 * square * square - 3.75 * square + 0.375,
            ];
            let (of_u, of_v) = (harmonics(&u.map(splat)), harmonics(&v.map(splat)));
            for degree in 1..=MAX_DEGREE {
                let range = first_of(degree)..first_of(degree + 1);
                let sum: f32 = range.map(|at| of_u[at][5] * of_v[at][5]).sum();
                assert!((sum - polynomials[degree - 1]).abs() < 2e-6, "{degree}");
            }
        }
    }

    #[test]
    fn gradients_agree_with_differences_across_the_unit_vector() {
        let u = unit(0.7);
        let weights: [Lanes; COMPONENTS] = std::array::from_fn(|at| splat((at as f32).sin()));
        let value = |u: [f32; 3]| {
            let components = harmonics(&u.map(splat));
            (0..COMPONENTS)
                .map(|at| f64::from(weights[at][0]) * f64::from(components[at][0]))
                .sum::<f64>()
        };
        let gradient = gradient(&u.map(splat), &weights);
        let across = [-u[1], u[0], 0.0];
        let step = 5e-3;
        let moved = |sign: f32| std::array::from_fn(|axis| u[axis] + sign * step * across[axis]);
        let difference = (value(moved(1.0)) - value(moved(-1.0))) / f64::from(2.0 * step);
        let expected: f32 = (0..3).map(|axis| gradient[axis][2] * across[axis]).sum();
        assert!(
            (f64::from(expected) - difference).abs() < 1e-2,
            "{expected} {difference}"
        );
    }
}
