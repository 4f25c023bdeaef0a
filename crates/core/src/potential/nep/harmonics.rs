//! Real spherical harmonics of degree 1 to 4, and gradients of their weighted sums.
//!
//! Normalized so that the squares of each degree add up to 1: Y = N Π(z) c_m or N Π(z) s_m, where
//! c_m + i s_m = (x + i y)^m; in the order of m: 0, then c and s of each m.

use super::lanes::{LANES, Lanes, add_product, splat};

/// Maximum degree.
pub(super) const MAX_DEGREE: usize = 4;

/// Components of the degrees 1 to 4: 3 + 5 + 7 + 9.
pub(super) const COMPONENTS: usize = 24;

/// Combinations of degree and m.
const ORDERS: usize = 14;

/// For m = 0, the index of each combination of degree and m, and of its component.
const AXIAL: [[usize; 2]; MAX_DEGREE] = [[0, 0], [2, 3], [5, 8], [9, 15]];

/// For m > 0, the index of each combination, m, and the index of its component with c_m; that with s_m
/// follows.
const OTHERS: [[usize; 3]; ORDERS - MAX_DEGREE] = [
    [1, 1, 1],
    [3, 1, 4],
    [4, 2, 6],
    [6, 1, 9],
    [7, 2, 11],
    [8, 3, 13],
    [10, 1, 16],
    [11, 2, 18],
    [12, 3, 20],
    [13, 4, 22],
];

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

/// N Π(z) and its derivative for each degree and m at the z of a block: the associated Legendre
/// functions without the factor (1 − z²)^(m/2), normalized.
#[inline(always)]
fn legendre(z: &Lanes) -> [[Lanes; 2]; ORDERS] {
    const R3: f32 = sqrt(3.0);
    const H3: f32 = sqrt(3.0 / 8.0);
    const Q15: f32 = sqrt(15.0 / 4.0);
    const H5: f32 = sqrt(5.0 / 8.0);
    const Q5: f32 = sqrt(5.0 / 16.0);
    const H35: f32 = sqrt(35.0 / 8.0);
    const S35: f32 = sqrt(35.0 / 64.0);
    let square: Lanes = std::array::from_fn(|lane| z[lane] * z[lane]);
    let linear = |factor: f32| [std::array::from_fn(|lane| factor * z[lane]), splat(factor)];
    // a z² + b.
    let even = |a: f32, b: f32| {
        let value = std::array::from_fn(|lane| a * square[lane] + b);
        [value, std::array::from_fn(|lane| 2.0 * a * z[lane])]
    };
    // a z³ + b z.
    let odd = |a: f32, b: f32| {
        let value = std::array::from_fn(|lane| z[lane] * (a * square[lane] + b));
        [
            value,
            std::array::from_fn(|lane| 3.0 * a * square[lane] + b),
        ]
    };
    let fourth = [
        std::array::from_fn(|lane| (4.375 * square[lane] - 3.75) * square[lane] + 0.375),
        std::array::from_fn(|lane| z[lane] * (17.5 * square[lane] - 7.5)),
    ];
    let constant = |value: f32| [splat(value), splat(0.0)];
    [
        linear(1.0),
        constant(1.0),
        even(1.5, -0.5),
        linear(R3),
        constant(0.5 * R3),
        odd(2.5, -1.5),
        even(5.0 * H3, -H3),
        linear(Q15),
        constant(H5),
        fourth,
        odd(7.0 * H5, -3.0 * H5),
        even(7.0 * Q5, -Q5),
        linear(H35),
        constant(S35),
    ]
}

/// c_m and s_m for m from 0 to 4 at the x and y of a block: the real and imaginary parts of (x + i y)^m.
#[inline(always)]
fn powers(x: &Lanes, y: &Lanes) -> [[Lanes; 2]; MAX_DEGREE + 1] {
    let mut powers = [[splat(1.0), splat(0.0)]; MAX_DEGREE + 1];
    for m in 1..=MAX_DEGREE {
        let [c, s] = powers[m - 1];
        powers[m] = [
            std::array::from_fn(|lane| x[lane] * c[lane] - y[lane] * s[lane]),
            std::array::from_fn(|lane| x[lane] * s[lane] + y[lane] * c[lane]),
        ];
    }
    powers
}

/// All components at the unit vectors of a block.
#[inline(always)]
pub(super) fn harmonics(unit: &[Lanes; 3]) -> [Lanes; COMPONENTS] {
    let legendre = legendre(&unit[2]);
    let powers = powers(&unit[0], &unit[1]);
    let mut components = [splat(0.0); COMPONENTS];
    for [order, component] in AXIAL {
        components[component] = legendre[order][0];
    }
    for [order, m, component] in OTHERS {
        let value = &legendre[order][0];
        for lane in 0..LANES {
            components[component][lane] = value[lane] * powers[m][0][lane];
            components[component + 1][lane] = value[lane] * powers[m][1][lane];
        }
    }
    components
}

/// The gradient of Σ weights · components with respect to the unit vectors of a block, up to a part
/// along them.
///
/// ∂c_m/∂x = m c_{m−1}, ∂c_m/∂y = −m s_{m−1}, ∂s_m/∂x = m s_{m−1}, ∂s_m/∂y = m c_{m−1}.
#[inline(always)]
pub(super) fn gradient(unit: &[Lanes; 3], weights: &[Lanes; COMPONENTS]) -> [Lanes; 3] {
    let legendre = legendre(&unit[2]);
    let powers = powers(&unit[0], &unit[1]);
    let mut gradient = [splat(0.0); 3];
    for [order, component] in AXIAL {
        add_product(&mut gradient[2], &weights[component], &legendre[order][1]);
    }
    for [order, m, component] in OTHERS {
        let [value, slope] = &legendre[order];
        let (of_c, of_s) = (&weights[component], &weights[component + 1]);
        let ([c, s], [before_c, before_s]) = (&powers[m], &powers[m - 1]);
        for lane in 0..LANES {
            let scaled = value[lane] * m as f32;
            gradient[0][lane] +=
                scaled * (of_c[lane] * before_c[lane] + of_s[lane] * before_s[lane]);
            gradient[1][lane] +=
                scaled * (of_s[lane] * before_c[lane] - of_c[lane] * before_s[lane]);
            gradient[2][lane] += slope[lane] * (of_c[lane] * c[lane] + of_s[lane] * s[lane]);
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
