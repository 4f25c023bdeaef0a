//! The norm of features: one scale for each atom, so that it commutes with rotations.
//!
//! fairchem: `EquivariantRMSNormArraySphericalHarmonicsV2`, called `rms_norm_sh`.

use super::Tensor;
use super::place::Place;
use super::scalar;
use crate::parameters::Affine;
use crate::real::Real;

/// Keeps the root from zero.
const LEAST_SQUARE: f64 = 1e-5;

/// Centers degree 0, then divides by the root of the mean square, in which each degree counts the
/// same; a factor for each degree and channel, and an addend for degree 0.
///
/// Most of it is done with an atom's feature as one row of S·C numbers.
#[derive(Clone, Debug)]
pub(super) struct Norm {
    /// What the square of a number counts, 1 / ((2l + 1) (L + 1) C): [1, S·C].
    shares: Tensor<2>,
    /// [1, S·C].
    weight: Tensor<2>,
    /// [1, C].
    bias: Tensor<2>,
}

/// What the backward needs.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    /// Features with degree 0 centered: [N, S·C].
    centered: Tensor<2>,
    /// 1 / √(mean square + ε): [N, 1].
    scale: Tensor<2>,
}

impl Norm {
    pub(super) fn new<T: Real>(affine: &Affine<T>, place: &Place) -> Norm {
        let channels = affine.bias.len();
        let degrees = affine.weight.len() / channels;
        let numbers = degrees * degrees * channels;
        let rows = || (0..degrees).flat_map(|l| std::iter::repeat_n(l, 2 * l + 1));
        let share = |l: usize| 1.0 / ((2 * l + 1) * degrees * channels) as f64;
        let shares = rows().flat_map(|l| std::iter::repeat_n(share(l), channels));
        let weight = rows().flat_map(|l| &affine.weight[l * channels..(l + 1) * channels]);
        Norm {
            shares: place.rounded(shares, [1, numbers]),
            weight: place.tensor(weight.copied().collect(), [1, numbers]),
            bias: place.tensor(affine.bias.clone(), [1, channels]),
        }
    }

    /// [N, S, C] -> the same.
    pub(super) fn forward(&self, x: Tensor<3>) -> (Tensor<3>, Kept) {
        let shape = x.dims();
        let [atoms, components, channels] = shape;
        assert_eq!(
            self.weight.dims(),
            [1, components * channels],
            "features of a norm"
        );
        let mean = scalar::of(&x).mean_dim(1);
        let centered = scalar::add(x, mean.neg()).reshape([atoms, components * channels]);
        let square = (centered.clone().square() * self.shares.clone()).sum_dim(1);
        let scale = square.add_scalar(LEAST_SQUARE).sqrt().recip();
        let y = centered.clone() * scale.clone() * self.weight.clone();
        let y = scalar::add(y.reshape(shape), self.bias.clone());
        (y, Kept { centered, scale })
    }

    /// The gradient of x from that of y.
    pub(super) fn backward(&self, y: Tensor<3>, kept: Kept) -> Tensor<3> {
        let Kept { centered, scale } = kept;
        let shape = y.dims();
        let y = y.reshape(centered.dims()) * self.weight.clone();
        let along = (y.clone() * centered.clone()).sum_dim(1);
        let back = along * scale.clone().powi_scalar(3);
        let x = y * scale - centered * self.shares.clone() * back;
        let x = x.reshape(shape);
        let mean = scalar::of(&x).mean_dim(1);
        scalar::add(x, mean.neg())
    }
}
