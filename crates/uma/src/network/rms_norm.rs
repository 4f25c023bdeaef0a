//! Root-mean-square norm of features: one scale per atom, so that it commutes with rotations.
//!
//! fairchem: `EquivariantRMSNormArraySphericalHarmonicsV2`, called `rms_norm_sh`.

use super::scalar;
use super::tensor::{Tensor, TensorReal};
use super::tensor_options::TensorOptions;
use crate::parameters::Affine;

/// ε, which is added to the mean square.
const EPSILON: f64 = 1e-5;

/// y = x̃ / √(Σ share x̃² + ε) · weight + bias, where x̃ is x with degree 0 centered over channels;
/// share = 1 / ((2l + 1) (L + 1) C) gives each degree the same weight; the bias is for degree 0.
///
/// Most of it works on the feature of an atom as one row of S·C numbers.
#[derive(Clone, Debug)]
pub(crate) struct RmsNorm {
    /// `[1, S·C]`.
    shares: Tensor<2>,
    /// `[1, S·C]`.
    weight: Tensor<2>,
    /// `[1, C]`.
    bias: Tensor<2>,
}

/// Activations for the backward pass.
#[derive(Clone, Debug)]
pub(crate) struct SavedRmsNorm {
    /// x̃: `[N, S·C]`.
    centered: Tensor<2>,
    /// 1 / √(mean square + ε): `[N, 1]`.
    scale: Tensor<2>,
}

impl RmsNorm {
    pub(crate) fn new<T: TensorReal>(affine: &Affine<T>, options: &TensorOptions) -> RmsNorm {
        let channels = affine.bias.len();
        let degrees = affine.weight.len() / channels;
        let numbers = degrees * degrees * channels;
        let rows = || (0..degrees).flat_map(|l| std::iter::repeat_n(l, 2 * l + 1));
        let share = |l: usize| 1.0 / ((2 * l + 1) * degrees * channels) as f64;
        let shares = rows().flat_map(|l| std::iter::repeat_n(share(l), channels));
        let weight = rows().flat_map(|l| &affine.weight[l * channels..(l + 1) * channels]);
        RmsNorm {
            shares: options.tensor_from_f64(shares, [1, numbers]),
            weight: options.tensor(weight.copied().collect(), [1, numbers]),
            bias: options.tensor(affine.bias.clone(), [1, channels]),
        }
    }

    /// `[N, S, C]` to `[N, S, C]`.
    pub(crate) fn forward(&self, x: Tensor<3>) -> (Tensor<3>, SavedRmsNorm) {
        let shape = x.dims();
        let [atoms, components, channels] = shape;
        assert_eq!(
            self.weight.dims(),
            [1, components * channels],
            "features of a norm"
        );
        let mean = scalar::row(&x).mean_dim(1);
        let centered = scalar::add(x, mean.neg()).reshape([atoms, components * channels]);
        let square = (centered.clone().square() * self.shares.clone()).sum_dim(1);
        let scale = square.add_scalar(EPSILON).sqrt().recip();
        let y = centered.clone() * scale.clone() * self.weight.clone();
        let y = scalar::add(y.reshape(shape), self.bias.clone());
        (y, SavedRmsNorm { centered, scale })
    }

    /// dE/dx̃ = scale g − share x̃ scale³ Σ g x̃ with g = weight · dE/dy; then degree 0 is centered.
    pub(crate) fn backward(&self, grad_output: Tensor<3>, saved: SavedRmsNorm) -> Tensor<3> {
        let SavedRmsNorm { centered, scale } = saved;
        let shape = grad_output.dims();
        let g = grad_output.reshape(centered.dims()) * self.weight.clone();
        let along = (g.clone() * centered.clone()).sum_dim(1);
        let back = along * scale.clone().powi_scalar(3);
        let grad_input = g * scale - centered * self.shares.clone() * back;
        let grad_input = grad_input.reshape(shape);
        let mean = scalar::row(&grad_input).mean_dim(1);
        scalar::add(grad_input, mean.neg())
    }
}
