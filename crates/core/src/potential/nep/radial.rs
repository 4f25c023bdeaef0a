//! Radial functions: Chebyshev polynomials times a cosine cutoff, for a block of neighbors.
//!
//! f_k(r) = ½ [T_k(2 (r/rc − 1)² − 1) + 1] fc(r), fc(r) = ½ [1 + cos(π r/rc)]: Z. Fan et al., Phys. Rev.
//! B 104, 104309 (2021). With w = 1 − r/rc: fc = sin²(π w/2), and the argument of T_k is t = 2 w² − 1.
//! In double precision, because dT_k/dt is up to k²: a distance rounded to single precision would change
//! f_k in the fifth digit.

use super::lanes::{Doubles, LANES, Lanes};

/// Maximum number of basis functions.
pub(super) const MAX_BASIS: usize = 24;

/// The cutoff function, and t with its derivative, at the distances of a block. All are zero beyond the
/// cutoff, except for t = −1.
#[derive(Clone, Copy)]
pub(super) struct Envelope {
    /// fc.
    value: Doubles,
    /// dfc/dr, 1/Å.
    derivative: Doubles,
    /// t.
    t: Doubles,
    /// fc dt/dr, 1/Å.
    t_derivative: Doubles,
}

impl Envelope {
    /// At the distances of a block, Å, from 1/rc, 1/Å.
    #[inline(always)]
    pub(super) fn at(distance: &Doubles, inverse_cutoff: f64) -> Envelope {
        let mut envelope = Envelope {
            value: [0.0; LANES],
            derivative: [0.0; LANES],
            t: [0.0; LANES],
            t_derivative: [0.0; LANES],
        };
        for lane in 0..LANES {
            let w = (1.0 - distance[lane] * inverse_cutoff).max(0.0);
            let [sine, cosine] = sine_and_cosine_of_quarter(w);
            envelope.value[lane] = sine * sine;
            envelope.derivative[lane] = -std::f64::consts::PI * inverse_cutoff * sine * cosine;
            envelope.t[lane] = 2.0 * w * w - 1.0;
            envelope.t_derivative[lane] = -4.0 * w * inverse_cutoff * sine * sine;
        }
        envelope
    }

    /// Adds f_k to `sums[k]`.
    #[inline(always)]
    pub(super) fn add_values(&self, sums: &mut [Doubles]) {
        let mut polynomials = [[1.0; LANES], self.t];
        for sum in sums {
            for lane in 0..LANES {
                sum[lane] += 0.5 * (polynomials[0][lane] + 1.0) * self.value[lane];
            }
            advance(&mut polynomials, &self.t);
        }
    }

    /// f_k and df_k/dr (1/Å) for each k below the length of `values`.
    #[inline(always)]
    pub(super) fn values_and_derivatives(&self, values: &mut [Lanes], derivatives: &mut [Lanes]) {
        let mut first = [[1.0; LANES], self.t];
        let mut second = SECOND_KIND;
        let mut degree = 0.0;
        for (value, derivative) in values.iter_mut().zip(derivatives) {
            for lane in 0..LANES {
                let half = 0.5 * (first[0][lane] + 1.0);
                value[lane] = (half * self.value[lane]) as f32;
                let slope = half * self.derivative[lane]
                    + 0.5 * degree * second[0][lane] * self.t_derivative[lane];
                derivative[lane] = slope as f32;
            }
            advance(&mut first, &self.t);
            advance(&mut second, &self.t);
            degree += 1.0;
        }
    }

    /// Σ_k weights[k] df_k/dr, 1/Å.
    #[inline(always)]
    pub(super) fn weighted_derivative(&self, weights: &[f64]) -> Lanes {
        let mut first = [[1.0; LANES], self.t];
        let mut second = SECOND_KIND;
        let mut sums = [[0.0; LANES]; 2];
        let mut degree = 0.0;
        for weight in weights {
            let (half, slope) = (0.5 * weight, 0.5 * weight * degree);
            for lane in 0..LANES {
                sums[0][lane] += half * (first[0][lane] + 1.0);
                sums[1][lane] += slope * second[0][lane];
            }
            advance(&mut first, &self.t);
            advance(&mut second, &self.t);
            degree += 1.0;
        }
        std::array::from_fn(|lane| {
            let slope =
                sums[0][lane] * self.derivative[lane] + sums[1][lane] * self.t_derivative[lane];
            slope as f32
        })
    }
}

/// U₋₁ and U₀, the Chebyshev polynomials of the second kind: dT_k/dt = k U_{k−1}.
const SECOND_KIND: [Doubles; 2] = [[0.0; LANES], [1.0; LANES]];

/// From the polynomials of degrees k and k + 1 to those of k + 1 and k + 2: p″ = 2 t p′ − p.
#[inline(always)]
fn advance(polynomials: &mut [Doubles; 2], t: &Doubles) {
    let [last, next] = *polynomials;
    let after = std::array::from_fn(|lane| 2.0 * t[lane] * next[lane] - last[lane]);
    *polynomials = [next, after];
}

/// sin(π w/2) and cos(π w/2) for w from 0 to 1, by their Taylor series, to 10⁻¹².
#[inline(always)]
fn sine_and_cosine_of_quarter(w: f64) -> [f64; 2] {
    const SINE: [f64; 8] = series(1);
    const COSINE: [f64; 9] = series(0);
    let square = w * w;
    let polynomial = |coefficients: &[f64]| {
        let terms = coefficients.iter().rev();
        terms.fold(0.0, |sum, coefficient| sum * square + coefficient)
    };
    [w * polynomial(&SINE), polynomial(&COSINE)]
}

/// (−1)^i (π/2)^(2i + first)/(2i + first)!: the coefficients of the sine from the first power on, those
/// of the cosine from the zeroth on.
const fn series<const TERMS: usize>(first: usize) -> [f64; TERMS] {
    let mut coefficients = [0.0; TERMS];
    let mut term = 1.0;
    let mut power = 0;
    while power < 2 * TERMS + first {
        if power >= first && (power - first).is_multiple_of(2) {
            let index = (power - first) / 2;
            let sign = if index.is_multiple_of(2) { 1.0 } else { -1.0 };
            if index < TERMS {
                coefficients[index] = sign * term;
            }
        }
        power += 1;
        term *= std::f64::consts::FRAC_PI_2 / power as f64;
    }
    coefficients
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::potential::nep::lanes::splat;

    /// f_k in double precision.
    fn exact(k: usize, r: f64, cutoff: f64) -> f64 {
        let t: f64 = 2.0 * (r / cutoff - 1.0).powi(2) - 1.0;
        let envelope = 0.5 * (1.0 + (std::f64::consts::PI * r / cutoff).cos());
        0.5 * ((k as f64 * t.acos()).cos() + 1.0) * envelope
    }

    #[test]
    fn basis_functions_and_their_derivatives_agree_with_double_precision() {
        let cutoff = 5.0;
        for distance in [0.5, 1.1, 2.0, 3.3, 4.2, 4.9, 4.999] {
            let (mut values, mut derivatives) = ([splat(0.0); 12], [splat(0.0); 12]);
            let envelope = Envelope::at(&[distance; LANES], 0.2);
            envelope.values_and_derivatives(&mut values, &mut derivatives);
            let mut sums = [[1.0; LANES]; 12];
            envelope.add_values(&mut sums);
            for k in 0..12 {
                let value = exact(k, distance, cutoff);
                assert!(
                    (f64::from(values[k][0]) - value).abs() < 2e-6,
                    "{distance} {k}"
                );
                assert!((sums[k][7] - 1.0 - value).abs() < 1e-9);
                let slope = exact(k, distance + 1e-5, cutoff) - exact(k, distance - 1e-5, cutoff);
                let difference = f64::from(derivatives[k][3]) - slope / 2e-5;
                assert!(difference.abs() < 2e-6, "{distance} {k}: {difference}");
            }
            let weights: [f64; 12] = std::array::from_fn(|k| (k as f64).sin());
            let terms = (0..12).map(|k| weights[k] * f64::from(derivatives[k][0]));
            let expected: f64 = terms.sum();
            let found = envelope.weighted_derivative(&weights)[0];
            assert!((f64::from(found) - expected).abs() < 2e-6);
        }
        let beyond = Envelope::at(&[9.0; LANES], 0.2);
        assert_eq!(beyond.weighted_derivative(&[1.0; 5]), splat(0.0));
    }
}
