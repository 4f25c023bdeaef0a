//! Channels that are the atoms' shares of the total charge: moved so that they add up to it.
//!
//! fairchem: `charge_balanced_channels` of `eSCNMDBackbone`.

use std::ops::Range;

use super::Tensor;
use super::place::Place;
use super::scalar;

/// Some channels of degree 0.
#[derive(Clone, Debug)]
pub(super) struct Balance {
    /// 1 for each of them, 0 for the others: [1, C].
    mark: Tensor<2>,
}

impl Balance {
    pub(super) fn new(balanced: &Range<usize>, channels: usize, place: &Place) -> Balance {
        let mark = (0..channels).map(|at| if balanced.contains(&at) { 1.0 } else { 0.0 });
        Balance {
            mark: place.rounded(mark, [1, channels]),
        }
    }

    /// [N, S, C] -> the same, with these channels adding up to the charge, e.
    pub(super) fn forward(&self, x: Tensor<3>, charge: i32) -> Tensor<3> {
        let share = f64::from(charge) / x.dims()[0] as f64;
        let excess = scalar::of(&x).mean_dim(0).sub_scalar(share) * self.mark.clone();
        scalar::add(x, excess.neg())
    }

    /// The gradient of x from that of the result.
    pub(super) fn backward(&self, y: Tensor<3>) -> Tensor<3> {
        let mean = scalar::of(&y).mean_dim(0) * self.mark.clone();
        scalar::add(y, mean.neg())
    }
}
