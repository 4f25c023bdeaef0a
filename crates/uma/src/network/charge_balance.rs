//! Channels that hold partial charges, shifted so that they add up to the total charge.
//!
//! fairchem: `charge_balanced_channels` of `eSCNMDBackbone`.

use std::ops::Range;

use super::scalar;
use super::tensor::Tensor;
use super::tensor_options::TensorOptions;

/// x₀ −= mean(x₀) − Q / N for some channels of degree 0.
#[derive(Clone, Debug)]
pub(crate) struct ChargeBalance {
    /// 1 for balanced channels, 0 for the others: `[1, C]`.
    mask: Tensor<2>,
}

impl ChargeBalance {
    pub(crate) fn new(
        balanced: &Range<usize>,
        channels: usize,
        options: &TensorOptions,
    ) -> ChargeBalance {
        let mask = (0..channels).map(|at| if balanced.contains(&at) { 1.0 } else { 0.0 });
        ChargeBalance {
            mask: options.tensor_from_f64(mask, [1, channels]),
        }
    }

    /// `[N, S, C]` to `[N, S, C]`, whose balanced channels add up to `charge`, e.
    pub(crate) fn forward(&self, x: Tensor<3>, charge: i32) -> Tensor<3> {
        let share = f64::from(charge) / x.dims()[0] as f64;
        let excess = scalar::row(&x).mean_dim(0).sub_scalar(share) * self.mask.clone();
        scalar::add(x, excess.neg())
    }

    /// dE/dx from dE/dy: the mean over atoms drops out.
    pub(crate) fn backward(&self, grad_output: Tensor<3>) -> Tensor<3> {
        let mean = scalar::row(&grad_output).mean_dim(0) * self.mask.clone();
        scalar::add(grad_output, mean.neg())
    }
}
