//! Angular descriptors: rotation invariants of the neighbor density, and their derivatives.
//!
//! With A_nlm = Σ_j g_n(r_ij) Y_lm, where the squares of the harmonics of one degree add up to 1 (Z. Fan
//! et al., J. Chem. Phys. 157, 114801 (2022), II.C):
//!
//! - three-body, l = 1 to 4: q = (2l + 1)/(4π) Σ_m A²
//! - four-body: q = Σ (2 2 2; m₁ m₂ m₃) A A A over m₁ + m₂ + m₃ = 0, with Wigner's 3j symbols; this is
//!   −√(2/35) (5/16π)^(3/2) 108 det T, where T = Σ_j g (u uᵀ − 1/3)
//! - five-body: the same of four vectors A₁, which is (7/15) (3/4π)² |v|⁴, where v = Σ_j g u

use super::harmonics::{COMPONENTS, first_of};

/// The moments A of one radial function.
pub(super) type Moments = [f32; COMPONENTS];

/// The angular descriptors of a model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Invariants {
    /// Number of radial functions.
    pub(super) functions: usize,
    /// Maximum degree of the three-body descriptors.
    pub(super) degree: usize,
    /// Whether there are four-body descriptors.
    pub(super) four_body: bool,
    /// Whether there are five-body descriptors.
    pub(super) five_body: bool,
}

impl Invariants {
    /// Number of descriptors.
    pub(super) fn count(self) -> usize {
        let kinds = self.degree + usize::from(self.four_body) + usize::from(self.five_body);
        self.functions * kinds
    }

    /// Number of components of the harmonics in use.
    pub(super) fn components(self) -> usize {
        first_of(self.degree + 1)
    }

    /// The descriptors: all radial functions of l = 1, of l = 2, …, then four-body, then five-body.
    #[inline(always)]
    pub(super) fn values(self, moments: &[Moments], descriptors: &mut [f32]) {
        for (n, moments) in moments.iter().enumerate() {
            let mut kind = 0;
            let mut put = |value: f32| {
                descriptors[kind * self.functions + n] = value;
                kind += 1;
            };
            for degree in 1..=self.degree {
                let components = &moments[first_of(degree)..first_of(degree + 1)];
                let squares: f32 = components
                    .iter()
                    .map(|component| component * component)
                    .sum();
                put(three_body(degree) * squares);
            }
            if self.four_body {
                put(FOUR_BODY * determinant(&tensor(moments)));
            }
            if self.five_body {
                let square = square_of_vector(moments);
                put(FIVE_BODY * square * square);
            }
        }
    }

    /// ∂E/∂A from ∂E/∂(descriptor).
    #[inline(always)]
    pub(super) fn gradients(
        self,
        moments: &[Moments],
        derivatives: &[f32],
        gradients: &mut [Moments],
    ) {
        for (n, (moments, gradient)) in moments.iter().zip(gradients).enumerate() {
            *gradient = [0.0; COMPONENTS];
            for degree in 1..=self.degree {
                let factor =
                    2.0 * three_body(degree) * derivatives[(degree - 1) * self.functions + n];
                for at in first_of(degree)..first_of(degree + 1) {
                    gradient[at] = factor * moments[at];
                }
            }
            let mut kind = self.degree;
            if self.four_body {
                let factor = FOUR_BODY * derivatives[kind * self.functions + n];
                add_four_body_gradient(factor, moments, gradient);
                kind += 1;
            }
            if self.five_body {
                let factor = FIVE_BODY * derivatives[kind * self.functions + n];
                let factor = 4.0 * factor * square_of_vector(moments);
                for at in 0..3 {
                    gradient[at] += factor * moments[at];
                }
            }
        }
    }
}

/// (2l + 1)/(4π).
#[inline(always)]
fn three_body(degree: usize) -> f32 {
    (2 * degree + 1) as f32 * (0.25 * std::f32::consts::FRAC_1_PI)
}

/// −√(2/35) (5/16π)^(3/2) 108.
const FOUR_BODY: f32 = -0.809_943_9;

/// (7/15) (3/4π)².
const FIVE_BODY: f32 = 0.026_596_81;

const INVERSE_SQRT_3: f32 = 0.577_350_26;

/// |v|².
#[inline(always)]
fn square_of_vector(moments: &Moments) -> f32 {
    moments[0] * moments[0] + moments[1] * moments[1] + moments[2] * moments[2]
}

/// T as xx, yy, zz, yz, xz, xy.
#[inline(always)]
fn tensor(moments: &Moments) -> [f32; 6] {
    let first = first_of(2);
    let [zz, xz, yz, difference, xy] = [0, 1, 2, 3, 4].map(|at| moments[first + at]);
    let (a, b) = (difference * INVERSE_SQRT_3, zz * (1.0 / 3.0));
    [
        a - b,
        -a - b,
        2.0 * b,
        yz * INVERSE_SQRT_3,
        xz * INVERSE_SQRT_3,
        xy * INVERSE_SQRT_3,
    ]
}

#[inline(always)]
fn determinant([xx, yy, zz, yz, xz, xy]: &[f32; 6]) -> f32 {
    xx * (yy * zz - yz * yz) - xy * (xy * zz - yz * xz) + xz * (xy * yz - yy * xz)
}

/// Adds factor ∂(det T)/∂A: the cofactors of T.
#[inline(always)]
fn add_four_body_gradient(factor: f32, moments: &Moments, gradient: &mut Moments) {
    let [xx, yy, zz, yz, xz, xy] = tensor(moments);
    let diagonal = [yy * zz - yz * yz, xx * zz - xz * xz, xx * yy - xy * xy];
    let [of_yz, of_xz, of_xy] = [xy * xz - xx * yz, xy * yz - yy * xz, yz * xz - xy * zz];
    let first = first_of(2);
    let parts = [
        (2.0 * diagonal[2] - diagonal[0] - diagonal[1]) * (1.0 / 3.0),
        2.0 * INVERSE_SQRT_3 * of_xz,
        2.0 * INVERSE_SQRT_3 * of_yz,
        INVERSE_SQRT_3 * (diagonal[0] - diagonal[1]),
        2.0 * INVERSE_SQRT_3 * of_xy,
    ];
    for (at, part) in parts.into_iter().enumerate() {
        gradient[first + at] += factor * part;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gradients_agree_with_differences() {
        let invariants = Invariants {
            functions: 2,
            degree: 4,
            four_body: true,
            five_body: true,
        };
        let moment =
            |n: usize| -> Moments { std::array::from_fn(|at| ((3 * at + 5 * n) as f32).sin()) };
        let moments = [moment(0), moment(1)];
        let weights: Vec<f32> = (0..invariants.count())
            .map(|at| (at as f32).cos())
            .collect();
        let mut gradients = [[0.0; COMPONENTS]; 2];
        invariants.gradients(&moments, &weights, &mut gradients);
        let value = |moments: &[Moments]| {
            let mut values = vec![0.0; invariants.count()];
            invariants.values(moments, &mut values);
            values
                .iter()
                .zip(&weights)
                .map(|(q, w)| f64::from(q * w))
                .sum::<f64>()
        };
        for n in 0..2 {
            for at in 0..COMPONENTS {
                let moved = |step: f32| {
                    let mut moved = moments;
                    moved[n][at] += step;
                    value(&moved)
                };
                let difference = (moved(0.05) - moved(-0.05)) / 0.1;
                assert!(
                    (f64::from(gradients[n][at]) - difference).abs() < 1e-3,
                    "{n} {at}"
                );
            }
        }
    }

    #[test]
    fn prefactors_are_those_of_their_formulas() {
        let pi = std::f64::consts::PI;
        let four = -(2.0_f64 / 35.0).sqrt() * (5.0 / (16.0 * pi)).powf(1.5) * 108.0;
        let five = 7.0 / 15.0 * (3.0 / (4.0 * pi)).powi(2);
        assert!((f64::from(FOUR_BODY) - four).abs() < 1e-7);
        assert!((f64::from(FIVE_BODY) - five).abs() < 1e-8);
    }
}
