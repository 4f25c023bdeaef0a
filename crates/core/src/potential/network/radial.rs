//! Radial functions of the network, tabulated as cubic splines.

use super::channels::{CHANNELS, Channels, Part};
use crate::potential::simd::{Simd, Vector};

/// Segments per table: with these, interpolation errors are as small as those of single precision.
const SEGMENTS: usize = 1024;

/// Tabulated functions of the distance: [N, K].
///
/// f(r) = Σₙ wₙ Tₙ(x) (1 − (r/c)³)³ with x = 2 (1 − r/c)² − 1, Chebyshev polynomials Tₙ, and the
/// cutoff c. Each segment is the cubic Hermite interpolant of the values and derivatives at its ends (C.
/// Hermite, J. reine angew. Math. 84, 70 (1878)), so that the derivative is continuous, as forces must be.
#[derive(Clone, Debug)]
pub(super) struct SplineTable<const N: usize> {
    segments: Vec<SplineSegment<N>>,
    /// Segments per Å.
    density: f32,
}

/// Coefficients of cubics in t from 0 to 1, highest power first: [N, 4, K].
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct SplineSegment<const N: usize>([[Channels; 4]; N]);

/// A distance as a segment of the tables and the position t within it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct TablePosition {
    segment: u32,
    /// t.
    within: f32,
}

impl TablePosition {
    pub(super) const ZERO: TablePosition = TablePosition {
        segment: 0,
        within: 0.0,
    };

    /// The position of a distance below the cutoff, both in Å.
    #[inline(always)]
    pub(super) fn of(distance: f64, cutoff: f64) -> TablePosition {
        let scaled = distance * (SEGMENTS as f64 / cutoff);
        let segment = (scaled as u32).min(SEGMENTS as u32 - 1);
        // NaN remains NaN.
        let within = (scaled - f64::from(segment)) as f32;
        TablePosition { segment, within }
    }
}

impl<const N: usize> SplineTable<N> {
    /// Tabulates the functions of `weights` w [n, N, K], times `scale`.
    pub(super) fn new(weights: &[f32], cutoff: f64, scale: f64) -> SplineTable<N> {
        let columns = N * CHANNELS;
        let step = 1.0 / SEGMENTS as f64;
        // Values and derivatives per segment of all functions at an end of a segment: [N K, 2].
        let end = |index: usize| -> Vec<[f64; 2]> {
            let basis = basis(index as f64 * step, weights.len() / columns);
            let of = |column: usize| {
                let terms = weights[column..].iter().step_by(columns).zip(&basis);
                terms.fold([0.0; 2], |sum, (weight, term)| {
                    let weight = scale * f64::from(*weight);
                    [sum[0] + weight * term[0], sum[1] + weight * term[1] * step]
                })
            };
            (0..columns).map(of).collect()
        };
        let ends: Vec<Vec<[f64; 2]>> = (0..=SEGMENTS).map(end).collect();
        let segment = |ends: &[Vec<[f64; 2]>]| {
            let mut segment = [[[0.0; CHANNELS]; 4]; N];
            for (column, (low, high)) in ends[0].iter().zip(&ends[1]).enumerate() {
                for (power, coefficient) in cubic(*low, *high).into_iter().enumerate() {
                    segment[column / CHANNELS][power][column % CHANNELS] = coefficient as f32;
                }
            }
            SplineSegment(segment)
        };
        SplineTable {
            segments: ends.windows(2).map(segment).collect(),
            density: (SEGMENTS as f64 / cutoff) as f32,
        }
    }

    /// A part of the functions of set `of`.
    #[inline(always)]
    pub(super) fn values<S: Simd>(
        &self,
        simd: S,
        position: TablePosition,
        of: usize,
        part: usize,
    ) -> Part<S> {
        let [d, c, b, a] = self.coefficients(simd, position, of, part);
        let t = Vector::splat(simd, position.within);
        d.mul_add(t, c).mul_add(t, b).mul_add(t, a)
    }

    /// A part of the functions of set `of`, and of their derivatives per segment.
    #[inline(always)]
    pub(super) fn values_and_derivatives<S: Simd>(
        &self,
        simd: S,
        position: TablePosition,
        of: usize,
        part: usize,
    ) -> [Part<S>; 2] {
        let [d, c, b, a] = self.coefficients(simd, position, of, part);
        let t = Vector::splat(simd, position.within);
        let linear = d.mul_add(t, c);
        // 3 d t² + 2 c t + b = ((d t + c) + (d t + c) + d t) t + b.
        let derivative = d.mul_add(t, linear + linear).mul_add(t, b);
        [linear.mul_add(t, b).mul_add(t, a), derivative]
    }

    #[inline(always)]
    fn coefficients<S: Simd>(
        &self,
        simd: S,
        position: TablePosition,
        of: usize,
        part: usize,
    ) -> [Part<S>; 4] {
        let [d, c, b, a] = &self.segments[position.segment as usize].0[of];
        [
            Vector::load(simd, d, part),
            Vector::load(simd, c, part),
            Vector::load(simd, b, part),
            Vector::load(simd, a, part),
        ]
    }

    /// Segments per Å: the factor from derivatives per segment to derivatives per Å.
    #[inline(always)]
    pub(super) fn density(&self) -> f32 {
        self.density
    }
}

/// The cubic with given value and derivative at 0 and at 1, highest power first.
fn cubic(low: [f64; 2], high: [f64; 2]) -> [f64; 4] {
    let rise = high[0] - low[0];
    [
        low[1] + high[1] - 2.0 * rise,
        3.0 * rise - 2.0 * low[1] - high[1],
        low[1],
        low[0],
    ]
}

/// The radial functions Bₙ(r) = Tₙ(2 (1 − r/c)² − 1) (1 − (r/c)³)³ for n below `count`, at a distance r
/// and with a cutoff c, both in Å; zero from the cutoff on. Chebyshev polynomials as in Z. Fan et al.,
/// Phys. Rev. B 104, 104309 (2021); taper: W. S. Cleveland, J. Am. Stat. Assoc. 74, 829 (1979).
pub fn radial_functions(distance: f64, cutoff: f64, count: usize) -> impl Iterator<Item = f64> {
    basis((distance / cutoff).min(1.0), count)
        .into_iter()
        .map(|[value, _]| value)
}

/// Tₙ(2 (1 − y)² − 1) (1 − y³)³ for n below `count`, and the derivatives with respect to y: [count, 2].
fn basis(y: f64, count: usize) -> Vec<[f64; 2]> {
    let (x, x_derivative) = (2.0 * (1.0 - y).powi(2) - 1.0, -4.0 * (1.0 - y));
    let rest = 1.0 - y.powi(3);
    let (taper, taper_derivative) = (rest.powi(3), -9.0 * y * y * rest.powi(2));
    // Tₙ₊₁ = 2x Tₙ − Tₙ₋₁, and its derivative.
    let (mut last, mut next) = ([1.0, 0.0], [x, 1.0]);
    (0..count)
        .map(|_| {
            let [value, derivative] = last;
            let after = [
                2.0 * x * next[0] - last[0],
                2.0 * next[0] + 2.0 * x * next[1] - last[1],
            ];
            (last, next) = (next, after);
            [
                value * taper,
                derivative * x_derivative * taper + value * taper_derivative,
            ]
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::potential::network::channels::parts;
    use crate::potential::simd::Portable;

    #[test]
    fn the_table_agrees_with_the_formula() {
        let weights: Vec<f32> = (0..16 * CHANNELS).map(|at| (at as f32).sin()).collect();
        let table = SplineTable::<1>::new(&weights, 5.0, 1.0);
        for step in 50..500 {
            let r = f64::from(step) * 0.009_99;
            let position = TablePosition::of(r, 5.0);
            let [mut values, mut derivatives] = [[0.0; CHANNELS]; 2];
            for part in 0..parts::<Portable>() {
                let value = table.values(Portable, position, 0, part);
                value.store(&mut values, part);
                let [value, derivative] = table.values_and_derivatives(Portable, position, 0, part);
                assert_eq!(
                    value.total(),
                    table.values(Portable, position, 0, part).total()
                );
                derivative.store(&mut derivatives, part);
            }
            for channel in 0..CHANNELS {
                let terms = basis(r / 5.0, 16).into_iter().enumerate();
                let expected = terms.fold([0.0; 2], |sum, (n, term)| {
                    let weight = f64::from(weights[n * CHANNELS + channel]);
                    [sum[0] + weight * term[0], sum[1] + weight * term[1] / 5.0]
                });
                assert!(
                    (f64::from(values[channel]) - expected[0]).abs() < 2e-6,
                    "{r}"
                );
                let derivative = f64::from(derivatives[channel] * table.density());
                let error = (derivative - expected[1]).abs();
                assert!(error < 1e-4, "{r}: {derivative} {}", expected[1]);
            }
        }
    }
}
