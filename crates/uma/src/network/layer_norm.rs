//! Layer normalization: J. L. Ba, J. R. Kiros, G. E. Hinton, arXiv:1607.06450.

use super::Tensor;
use super::place::Place;
use crate::parameters::Affine;
use crate::real::Real;

/// Keeps the root from zero.
const LEAST_VARIANCE: f64 = 1e-5;

/// y = (x − mean) / √(variance + ε) · weight + bias of each row.
#[derive(Clone, Debug)]
pub(super) struct LayerNorm {
    /// [1, channels].
    weight: Tensor<2>,
    /// [1, channels].
    bias: Tensor<2>,
}

/// What the backward needs.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    /// With mean 0 and variance 1.
    normed: Tensor<2>,
    /// 1 / √(variance + ε): [n, 1].
    scale: Tensor<2>,
}

impl LayerNorm {
    pub(super) fn new<T: Real>(affine: &Affine<T>, place: &Place) -> LayerNorm {
        let channels = affine.bias.len();
        LayerNorm {
            weight: place.tensor(affine.weight.clone(), [1, channels]),
            bias: place.tensor(affine.bias.clone(), [1, channels]),
        }
    }

    /// [n, channels] -> the same.
    pub(super) fn forward(&self, x: Tensor<2>) -> (Tensor<2>, Kept) {
        assert_eq!(x.dims()[1], self.weight.dims()[1], "channels of a norm");
        let centered = x.clone() - x.mean_dim(1);
        let variance = centered.clone().square().mean_dim(1);
        let scale = variance.add_scalar(LEAST_VARIANCE).sqrt().recip();
        let normed = centered * scale.clone();
        let y = normed.clone() * self.weight.clone() + self.bias.clone();
        (y, Kept { normed, scale })
    }

    /// The gradient of x from that of y: what would move the mean or the variance falls out.
    pub(super) fn backward(&self, y: Tensor<2>, kept: Kept) -> Tensor<2> {
        let Kept { normed, scale } = kept;
        let y = y * self.weight.clone();
        let along = (y.clone() * normed.clone()).mean_dim(1);
        (y.clone() - y.mean_dim(1) - normed * along) * scale
    }
}
