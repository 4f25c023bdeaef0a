//! Channels: the feature dimension of the network, of constant size.

use crate::potential::simd::{Lanes, Simd, Vector};

/// Number of channels K: a compile-time constant, so that loops over them are vectorized.
pub(super) const CHANNELS: usize = 32;

/// A feature: [K].
pub(super) type Channels = [f32; CHANNELS];

/// Adjacent channels of a feature, one part of it, in a register.
pub(super) type Part<S> = Vector<f32, S>;

/// Number of parts of a feature.
#[inline(always)]
pub(super) const fn parts<S: Simd>() -> usize {
    CHANNELS / <S as Lanes<f32>>::LANES
}
