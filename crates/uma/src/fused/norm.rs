//! The norm of features: one scale for each atom, so that it commutes with rotations.
//!
//! fairchem: `EquivariantRMSNormArraySphericalHarmonicsV2`, called `rms_norm_sh`.

use std::ops::Range;

use super::super::parameters::Affine;
use super::super::real::Real;
use super::desk::{NormTape, room};
use mlipview_core::potential::simd::{Lanes, add, dispatch, dot, total};

/// Keeps the root from zero.
const LEAST_SQUARE: f64 = 1e-5;

/// Centers degree 0, then divides by the root of the mean square, in which each degree counts the
/// same; a factor for each degree and channel, and an addend for degree 0.
#[derive(Clone, Debug)]
pub(super) struct NormNetwork<T> {
    /// What the square of a number of each degree counts: 1 / ((2l + 1) (L + 1) C).
    shares: Vec<T>,
    /// (L + 1) × C.
    weight: Vec<T>,
    /// C.
    bias: Vec<T>,
}

impl<T: Real> NormNetwork<T> {
    /// The norm of these numbers.
    pub(super) fn new(affine: &Affine<T>) -> NormNetwork<T> {
        let channels = affine.bias.len();
        let degrees = affine.weight.len() / channels;
        let share = |l: usize| T::of(1.0 / ((2 * l + 1) * degrees * channels) as f64);
        NormNetwork {
            shares: (0..degrees).map(share).collect(),
            weight: affine.weight.clone(),
            bias: affine.bias.clone(),
        }
    }

    /// Numbers of a feature.
    fn feature(&self) -> usize {
        self.shares.len() * self.shares.len() * self.bias.len()
    }

    /// Where in a feature the components of a degree are.
    #[inline(always)]
    fn of_degree(&self, degree: usize) -> Range<usize> {
        let channels = self.bias.len();
        degree * degree * channels..(degree + 1) * (degree + 1) * channels
    }

    /// The features of some atoms, normed.
    pub(super) fn forward(&self, x: &[T], tape: &mut NormTape<T>, y: &mut [T]) {
        dispatch!(|simd| {
            let simd = T::lanes(simd);
            let (size, channels) = (self.feature(), self.bias.len());
            let normed = room(&mut tape.normed, x.len());
            let scales = room(&mut tape.scales, x.len() / size);
            let atoms = x.chunks_exact(size).zip(normed.chunks_exact_mut(size));
            for (((x, normed), scale), y) in atoms.zip(scales).zip(y.chunks_exact_mut(size)) {
                *scale = self.center(simd, x, normed);
                for (degree, weight) in self.weight.chunks_exact(channels).enumerate() {
                    let part = self.of_degree(degree);
                    let normed = normed[part.clone()].chunks_exact_mut(channels);
                    for (normed, y) in normed.zip(y[part].chunks_exact_mut(channels)) {
                        for ((normed, y), weight) in normed.iter_mut().zip(y).zip(weight) {
                            *normed = *normed * *scale;
                            *y = *normed * *weight;
                        }
                    }
                }
                add(&mut y[..channels], &self.bias);
            }
        });
    }

    /// The feature of an atom with degree 0 centered; the scale that is due then.
    #[inline(always)]
    fn center<L: Lanes<T>>(&self, simd: L, x: &[T], centered: &mut [T]) -> T {
        centered.copy_from_slice(x);
        subtract_mean(simd, &mut centered[..self.bias.len()]);
        let mut square = T::of(LEAST_SQUARE);
        for (degree, share) in self.shares.iter().enumerate() {
            let part = &centered[self.of_degree(degree)];
            square += *share * dot(simd, part, part);
        }
        T::ONE / square.root()
    }

    /// Adds to `gx` the gradient with what was normed, of that with the result; that is used up.
    pub(super) fn backward(&self, tape: &NormTape<T>, gy: &mut [T], gx: &mut [T]) {
        dispatch!(|simd| {
            let simd = T::lanes(simd);
            let (size, channels) = (self.feature(), self.bias.len());
            let atoms = tape.normed.chunks_exact(size).zip(&tape.scales);
            let atoms = atoms
                .zip(gy.chunks_exact_mut(size))
                .zip(gx.chunks_exact_mut(size));
            for (((normed, scale), g), gx) in atoms {
                for (degree, weight) in self.weight.chunks_exact(channels).enumerate() {
                    for g in g[self.of_degree(degree)].chunks_exact_mut(channels) {
                        for (g, weight) in g.iter_mut().zip(weight) {
                            *g = *g * *weight;
                        }
                    }
                }
                let along = dot(simd, g, normed);
                for (degree, share) in self.shares.iter().enumerate() {
                    let back = *share * along;
                    let part = self.of_degree(degree);
                    for (g, normed) in g[part.clone()].iter_mut().zip(&normed[part]) {
                        *g = *scale * (*g - back * *normed);
                    }
                }
                subtract_mean(simd, &mut g[..channels]);
                add(gx, g);
            }
        });
    }
}

#[inline(always)]
fn subtract_mean<T: Real, L: Lanes<T>>(simd: L, x: &mut [T]) {
    let mean = total(simd, x) / T::of(x.len() as f64);
    for x in x {
        *x -= mean;
    }
}
