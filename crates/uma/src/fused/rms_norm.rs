//! Root-mean-square norm of features: one scale per atom, so that it commutes with rotations.
//!
//! fairchem: `EquivariantRMSNormArraySphericalHarmonicsV2`, called `rms_norm_sh`.

use std::ops::Range;

use super::saved::SavedRmsNorm;
use super::scratch::resize;
use crate::parameters::Affine;
use crate::real::Real;
use mlipview_core::potential::simd::{Lanes, add, dispatch, dot, total};

/// ε, which is added to the mean square.
const EPSILON: f64 = 1e-5;

/// y = x̃ / √(Σ share x̃² + ε) · weight + bias, where x̃ is x with degree 0 centered over channels;
/// share = 1 / ((2l + 1) (L + 1) C) gives each degree the same weight; the bias is for degree 0.
#[derive(Clone, Debug)]
pub(crate) struct RmsNorm<T> {
    /// `[L + 1]`.
    shares: Vec<T>,
    /// `[L + 1, C]`.
    weight: Vec<T>,
    /// `[C]`.
    bias: Vec<T>,
}

impl<T: Real> RmsNorm<T> {
    pub(crate) fn new(affine: &Affine<T>) -> RmsNorm<T> {
        let channels = affine.bias.len();
        let degrees = affine.weight.len() / channels;
        let share = |l: usize| T::from_f64(1.0 / ((2 * l + 1) * degrees * channels) as f64);
        RmsNorm {
            shares: (0..degrees).map(share).collect(),
            weight: affine.weight.clone(),
            bias: affine.bias.clone(),
        }
    }

    /// S·C, the size of a feature.
    fn feature(&self) -> usize {
        self.shares.len() * self.shares.len() * self.bias.len()
    }

    /// The components of a degree in a feature.
    #[inline(always)]
    fn of_degree(&self, degree: usize) -> Range<usize> {
        let channels = self.bias.len();
        degree * degree * channels..(degree + 1) * (degree + 1) * channels
    }

    /// `[N, S, C]` to `[N, S, C]`.
    pub(crate) fn forward(&self, x: &[T], saved: &mut SavedRmsNorm<T>, y: &mut [T]) {
        dispatch!(|simd| {
            let simd = T::lanes(simd);
            let (size, channels) = (self.feature(), self.bias.len());
            let normed = resize(&mut saved.normed, x.len());
            let scales = resize(&mut saved.scales, x.len() / size);
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

    /// x̃ of an atom, `[S, C]`; returns 1 / √(Σ share x̃² + ε).
    #[inline(always)]
    fn center<L: Lanes<T>>(&self, simd: L, x: &[T], centered: &mut [T]) -> T {
        centered.copy_from_slice(x);
        subtract_mean(simd, &mut centered[..self.bias.len()]);
        let mut square = T::from_f64(EPSILON);
        for (degree, share) in self.shares.iter().enumerate() {
            let part = &centered[self.of_degree(degree)];
            square += *share * dot(simd, part, part);
        }
        T::ONE / square.sqrt()
    }

    /// Adds dE/dx to `grad_input`, from dE/dy in `grad_output`, which is used up: with g = weight · dE/dy and
    /// x̂ = scale x̃, dE/dx̃ = scale (g − share x̂ Σ g x̂); then degree 0 is centered.
    pub(crate) fn backward(
        &self,
        saved: &SavedRmsNorm<T>,
        grad_output: &mut [T],
        grad_input: &mut [T],
    ) {
        dispatch!(|simd| {
            let simd = T::lanes(simd);
            let (size, channels) = (self.feature(), self.bias.len());
            let atoms = saved.normed.chunks_exact(size).zip(&saved.scales);
            let atoms = atoms
                .zip(grad_output.chunks_exact_mut(size))
                .zip(grad_input.chunks_exact_mut(size));
            for (((normed, scale), g), grad_input) in atoms {
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
                add(grad_input, g);
            }
        });
    }
}

#[inline(always)]
fn subtract_mean<T: Real, L: Lanes<T>>(simd: L, x: &mut [T]) {
    let mean = total(simd, x) / T::from_f64(x.len() as f64);
    for x in x {
        *x -= mean;
    }
}
