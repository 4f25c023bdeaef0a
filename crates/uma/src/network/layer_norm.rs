//! Layer normalization: J. L. Ba, J. R. Kiros, G. E. Hinton, arXiv:1607.06450.

use super::tensor::{Tensor, TensorReal};
use super::tensor_options::TensorOptions;
use crate::parameters::Affine;

/// ε, which is added to the variance (PyTorch `LayerNorm`).
const EPSILON: f64 = 1e-5;

/// y = (x − mean) / √(variance + ε) · weight + bias of each row.
#[derive(Clone, Debug)]
pub(crate) struct LayerNorm {
    /// `[1, channels]`.
    weight: Tensor<2>,
    /// `[1, channels]`.
    bias: Tensor<2>,
}

/// Activations for the backward pass.
#[derive(Clone, Debug)]
pub(crate) struct SavedLayerNorm {
    /// (x − mean) / √(variance + ε): `[n, channels]`.
    normed: Tensor<2>,
    /// 1 / √(variance + ε): `[n, 1]`.
    scale: Tensor<2>,
}

impl LayerNorm {
    pub(crate) fn new<T: TensorReal>(affine: &Affine<T>, options: &TensorOptions) -> LayerNorm {
        let channels = affine.bias.len();
        LayerNorm {
            weight: options.tensor(affine.weight.clone(), [1, channels]),
            bias: options.tensor(affine.bias.clone(), [1, channels]),
        }
    }

    /// `[n, channels]` to `[n, channels]`.
    pub(crate) fn forward(&self, x: Tensor<2>) -> (Tensor<2>, SavedLayerNorm) {
        assert_eq!(x.dims()[1], self.weight.dims()[1], "channels of a norm");
        let centered = x.clone() - x.mean_dim(1);
        let variance = centered.clone().square().mean_dim(1);
        let scale = variance.add_scalar(EPSILON).sqrt().recip();
        let normed = centered * scale.clone();
        let y = normed.clone() * self.weight.clone() + self.bias.clone();
        (y, SavedLayerNorm { normed, scale })
    }

    /// dE/dx = scale (g − mean(g) − x̂ mean(g x̂)) with g = weight · dE/dy and x̂ the normed input.
    pub(crate) fn backward(&self, grad_output: Tensor<2>, saved: SavedLayerNorm) -> Tensor<2> {
        let SavedLayerNorm { normed, scale } = saved;
        let g = grad_output * self.weight.clone();
        let along = (g.clone() * normed.clone()).mean_dim(1);
        (g.clone() - g.mean_dim(1) - normed * along) * scale
    }
}
