//! The two precisions that the network is computed in.

use burn::tensor::{DType, Element};

use crate::checkpoint::Number;
use mlipview_core::potential::exponential;
use mlipview_core::potential::simd::Float;

/// f32, as it is used, or f64, as it is proved.
pub(super) trait Real: Float + Number + Element {
    /// Its name among tensors.
    const TYPE: DType;

    /// The nearest to a number.
    fn of(value: f64) -> Self;

    /// The number.
    fn wide(self) -> f64;

    /// e to the power of self.
    fn exponential(self) -> Self;

    /// √self.
    fn root(self) -> Self;
}

impl Real for f32 {
    const TYPE: DType = DType::F32;

    #[inline(always)]
    fn of(value: f64) -> f32 {
        value as f32
    }

    #[inline(always)]
    fn wide(self) -> f64 {
        f64::from(self)
    }

    #[inline(always)]
    fn exponential(self) -> f32 {
        exponential::exp(self)
    }

    #[inline(always)]
    fn root(self) -> f32 {
        self.sqrt()
    }
}

impl Real for f64 {
    const TYPE: DType = DType::F64;

    #[inline(always)]
    fn of(value: f64) -> f64 {
        value
    }

    #[inline(always)]
    fn wide(self) -> f64 {
        self
    }

    #[inline(always)]
    fn exponential(self) -> f64 {
        self.exp()
    }

    #[inline(always)]
    fn root(self) -> f64 {
        self.sqrt()
    }
}
