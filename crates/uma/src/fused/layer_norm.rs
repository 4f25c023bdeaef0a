//! Layer normalization, fused with the SiLU that follows it.
//!
//! J. L. Ba, J. R. Kiros, G. E. Hinton, arXiv:1607.06450.

use super::silu::{sigmoid, silu_slope};
use crate::parameters::Affine;
use crate::real::Real;
use mlipview_core::potential::simd::{Lanes, dispatch, dot, total};

/// ε, which is added to the variance (PyTorch `LayerNorm`).
const EPSILON: f64 = 1e-5;

/// y = SiLU(x̂ · weight + bias) with x̂ = (x − mean) / √(variance + ε), of each row.
#[derive(Clone, Debug)]
pub(crate) struct LayerNorm<T> {
    pub(crate) affine: Affine<T>,
}

impl<T: Real> LayerNorm<T> {
    /// Replaces x, `[n, channels]`, by x̂, and writes y, `[n, channels]`, and the scales, `[n]`.
    pub(crate) fn forward(&self, x: &mut [T], scales: &mut Vec<T>, y: &mut [T]) {
        let width = self.affine.bias.len();
        scales.clear();
        for (x, y) in x.chunks_exact_mut(width).zip(y.chunks_exact_mut(width)) {
            scales.push(dispatch!(|simd| self.forward_row(T::lanes(simd), x, y)));
        }
    }

    /// One row; returns its scale, 1 / √(variance + ε).
    #[inline(always)]
    fn forward_row<L: Lanes<T>>(&self, simd: L, x: &mut [T], y: &mut [T]) -> T {
        let share = T::ONE / T::from_f64(x.len() as f64);
        let mean = total(simd, x) * share;
        for x in x.iter_mut() {
            *x -= mean;
        }
        let variance = dot(simd, x, x) * share;
        let scale = T::ONE / (variance + T::from_f64(EPSILON)).sqrt();
        let affine = self.affine.weight.iter().zip(&self.affine.bias);
        for ((x, y), (weight, bias)) in x.iter_mut().zip(y).zip(affine) {
            *x = *x * scale;
            let z = *x * *weight + *bias;
            *y = z * sigmoid(z);
        }
        scale
    }

    /// Turns dE/dy in `gradient` into dE/dx, from x̂, `[n, channels]`, and the scales, `[n]`.
    pub(crate) fn backward(&self, normed: &[T], scales: &[T], gradient: &mut [T]) {
        let width = self.affine.bias.len();
        let rows = normed
            .chunks_exact(width)
            .zip(gradient.chunks_exact_mut(width));
        for ((x, g), scale) in rows.zip(scales) {
            dispatch!(|simd| self.backward_row(T::lanes(simd), x, *scale, g));
        }
    }

    /// dE/dx = scale (g − mean(g) − x̂ mean(g x̂)) with g = dE/dy silu′ weight, of one row.
    #[inline(always)]
    fn backward_row<L: Lanes<T>>(&self, simd: L, x: &[T], scale: T, g: &mut [T]) {
        let share = T::ONE / T::from_f64(x.len() as f64);
        let affine = self.affine.weight.iter().zip(&self.affine.bias);
        for ((x, g), (weight, bias)) in x.iter().zip(g.iter_mut()).zip(affine) {
            *g = *g * silu_slope(*x * *weight + *bias) * *weight;
        }
        let mean = total(simd, g) * share;
        let along = dot(simd, g, x) * share;
        for (g, x) in g.iter_mut().zip(x) {
            *g = scale * (*g - mean - *x * along);
        }
    }
}
