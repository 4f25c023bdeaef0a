//! The two precisions of the network: f32 and f64.

use crate::checkpoint::Number;
use mlipview_core::potential::exponential;
use mlipview_core::potential::simd::Float;

/// f32, the precision of training, or f64, for tests and small differences.
pub(crate) trait Real: Float + Number {
    /// The nearest number of this precision.
    fn from_f64(value: f64) -> Self;

    /// The same number as f64.
    fn to_f64(self) -> f64;

    /// eˣ.
    fn exp(self) -> Self;

    /// √x.
    fn sqrt(self) -> Self;
}

impl Real for f32 {
    #[inline(always)]
    fn from_f64(value: f64) -> f32 {
        value as f32
    }

    #[inline(always)]
    fn to_f64(self) -> f64 {
        f64::from(self)
    }

    #[inline(always)]
    fn exp(self) -> f32 {
        exponential::exp(self)
    }

    #[inline(always)]
    fn sqrt(self) -> f32 {
        f32::sqrt(self)
    }
}

impl Real for f64 {
    #[inline(always)]
    fn from_f64(value: f64) -> f64 {
        value
    }

    #[inline(always)]
    fn to_f64(self) -> f64 {
        self
    }

    #[inline(always)]
    fn exp(self) -> f64 {
        f64::exp(self)
    }

    #[inline(always)]
    fn sqrt(self) -> f64 {
        f64::sqrt(self)
    }
}
