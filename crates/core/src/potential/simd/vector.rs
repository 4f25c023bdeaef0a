//! A vector of numbers in a register, with operators.

use std::ops::{Add, Mul, Neg, Sub};

use super::float::{Float, horizontal};
use super::instructions::Lanes;

/// A vector of the instruction set `L`.
#[derive(Debug)]
pub struct Vector<T, L: Lanes<T>> {
    simd: L,
    value: L::Vector,
}

impl<T, L: Lanes<T>> Clone for Vector<T, L> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, L: Lanes<T>> Copy for Vector<T, L> {}

impl<T: Float, L: Lanes<T>> Vector<T, L> {
    /// The same number in each lane.
    #[inline(always)]
    pub fn splat(simd: L, number: T) -> Self {
        let value = simd.splat(number);
        Vector { simd, value }
    }

    /// Vector number `index` of a slice.
    ///
    /// # Panics
    /// If the slice does not have so many whole vectors.
    #[inline(always)]
    pub fn load(simd: L, numbers: &[T], index: usize) -> Self {
        let value = simd.load(&L::chunks(numbers).0[index]);
        Vector { simd, value }
    }

    /// Replaces vector number `index` of a slice.
    ///
    /// # Panics
    /// If the slice does not have so many whole vectors.
    #[inline(always)]
    pub fn store(self, numbers: &mut [T], index: usize) {
        self.simd
            .store(self.value, &mut L::chunks_mut(numbers).0[index]);
    }

    /// self · factor + addend, rounded as [`Lanes::FUSED`] says.
    #[inline(always)]
    pub fn mul_add(self, factor: Self, addend: Self) -> Self {
        let value = self.simd.mul_add(self.value, factor.value, addend.value);
        Vector { value, ..self }
    }

    /// self · number.
    #[inline(always)]
    pub fn scaled(self, number: T) -> Self {
        self * Vector::splat(self.simd, number)
    }

    /// self · number + addend.
    #[inline(always)]
    pub fn scaled_add(self, number: T, addend: Self) -> Self {
        self.mul_add(Vector::splat(self.simd, number), addend)
    }

    /// The sum of all lanes, always in the same order.
    #[inline(always)]
    pub fn total(self) -> T {
        horizontal(self.simd, self.value)
    }
}

impl<T, L: Lanes<T>> Add for Vector<T, L> {
    type Output = Self;

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        let value = self.simd.add(self.value, other.value);
        Vector { value, ..self }
    }
}

impl<T, L: Lanes<T>> Sub for Vector<T, L> {
    type Output = Self;

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        let value = self.simd.sub(self.value, other.value);
        Vector { value, ..self }
    }
}

impl<T, L: Lanes<T>> Mul for Vector<T, L> {
    type Output = Self;

    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        let value = self.simd.mul(self.value, other.value);
        Vector { value, ..self }
    }
}

impl<T: Float, L: Lanes<T>> Neg for Vector<T, L> {
    type Output = Self;

    #[inline(always)]
    fn neg(self) -> Self {
        Vector::splat(self.simd, T::ZERO) - self
    }
}
