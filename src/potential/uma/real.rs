//! The two precisions that the network is computed in.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

use burn::tensor::{DType, Element};

use crate::potential::checkpoint::Number;
use crate::potential::exponential;

/// f32, as it is used, or f64, as it is proved.
pub(super) trait Real:
    Number
    + Element
    + Send
    + Sync
    + Default
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + AddAssign
    + SubAssign
    + Sum
{
    /// Its name among tensors.
    const TYPE: DType;

    /// 0.
    const ZERO: Self;

    /// 1.
    const ONE: Self;

    /// The nearest to a number.
    fn of(value: f64) -> Self;

    /// The number.
    fn wide(self) -> f64;

    /// self · factor + addend, rounded once.
    fn multiply_add(self, factor: Self, addend: Self) -> Self;

    /// e to the power of self.
    fn exponential(self) -> Self;

    /// √self.
    fn root(self) -> Self;
}

impl Real for f32 {
    const TYPE: DType = DType::F32;
    const ZERO: f32 = 0.0;
    const ONE: f32 = 1.0;

    #[inline(always)]
    fn of(value: f64) -> f32 {
        value as f32
    }

    #[inline(always)]
    fn wide(self) -> f64 {
        f64::from(self)
    }

    #[inline(always)]
    fn multiply_add(self, factor: f32, addend: f32) -> f32 {
        self.mul_add(factor, addend)
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
    const ZERO: f64 = 0.0;
    const ONE: f64 = 1.0;

    #[inline(always)]
    fn of(value: f64) -> f64 {
        value
    }

    #[inline(always)]
    fn wide(self) -> f64 {
        self
    }

    #[inline(always)]
    fn multiply_add(self, factor: f64, addend: f64) -> f64 {
        self.mul_add(factor, addend)
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
