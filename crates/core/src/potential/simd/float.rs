//! Floating-point numbers generically (f32 and f64), and vectorized loops over them.

use std::fmt::Debug;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

use super::instructions::{Lanes, Simd};

/// f32 or f64.
pub trait Float:
    Copy
    + Debug
    + Default
    + PartialEq
    + PartialOrd
    + Send
    + Sync
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + AddAssign
    + SubAssign
    + Sum
    + 'static
{
    /// 0.
    const ZERO: Self;

    /// 1.
    const ONE: Self;

    /// `S` as an instruction set for these numbers.
    type Lanes<S: Simd>: Lanes<Self>;

    /// `simd` as an instruction set for these numbers.
    fn lanes<S: Simd>(simd: S) -> Self::Lanes<S>;

    /// self · factor + addend, rounded once.
    fn multiply_add(self, factor: Self, addend: Self) -> Self;
}

macro_rules! float {
    ($number:ty) => {
        impl Float for $number {
            const ZERO: $number = 0.0;
            const ONE: $number = 1.0;
            type Lanes<S: Simd> = S;

            #[inline(always)]
            fn lanes<S: Simd>(simd: S) -> S {
                simd
            }

            #[inline(always)]
            fn multiply_add(self, factor: $number, addend: $number) -> $number {
                self.mul_add(factor, addend)
            }
        }
    };
}

float!(f32);
float!(f64);

/// x y + z, rounded as the vectors of the instruction set.
#[inline(always)]
fn mul_add<T: Float, L: Lanes<T>>(_: L, x: T, y: T, z: T) -> T {
    if L::FUSED {
        x.multiply_add(y, z)
    } else {
        x * y + z
    }
}

/// y += x.
#[inline(always)]
pub fn add<T: Float>(y: &mut [T], x: &[T]) {
    for (y, x) in y.iter_mut().zip(x) {
        *y += *x;
    }
}

/// y += factor x.
#[inline(always)]
pub fn add_scaled<T: Float, L: Lanes<T>>(simd: L, y: &mut [T], factor: T, x: &[T]) {
    let factors = simd.splat(factor);
    let (x_vectors, x_rest) = L::chunks(x);
    let (y_vectors, y_rest) = L::chunks_mut(y);
    for (y, x) in y_vectors.iter_mut().zip(x_vectors) {
        let sum = simd.mul_add(factors, simd.load(x), simd.load(y));
        simd.store(sum, y);
    }
    for (y, x) in y_rest.iter_mut().zip(x_rest) {
        *y = mul_add(simd, factor, *x, *y);
    }
}

/// Σ x y, in four vectors of partial sums.
#[inline(always)]
pub fn dot<T: Float, L: Lanes<T>>(simd: L, x: &[T], y: &[T]) -> T {
    const SUMS: usize = 4;
    let ((x_vectors, x_rest), (y_vectors, y_rest)) = (L::chunks(x), L::chunks(y));
    let ((x_groups, x_last), (y_groups, y_last)) =
        (x_vectors.as_chunks::<SUMS>(), y_vectors.as_chunks::<SUMS>());
    let mut sums = [simd.splat(T::ZERO); SUMS];
    for (x, y) in x_groups.iter().zip(y_groups) {
        for index in 0..SUMS {
            sums[index] = simd.mul_add(simd.load(&x[index]), simd.load(&y[index]), sums[index]);
        }
    }
    for (x, y) in x_last.iter().zip(y_last) {
        sums[0] = simd.mul_add(simd.load(x), simd.load(y), sums[0]);
    }
    let mut sum = sum_of_four(simd, sums);
    for (x, y) in x_rest.iter().zip(y_rest) {
        sum = mul_add(simd, *x, *y, sum);
    }
    sum
}

/// Σ x, in four vectors of partial sums.
#[inline(always)]
pub fn total<T: Float, L: Lanes<T>>(simd: L, x: &[T]) -> T {
    const SUMS: usize = 4;
    let (vectors, rest) = L::chunks(x);
    let (groups, last) = vectors.as_chunks::<SUMS>();
    let mut sums = [simd.splat(T::ZERO); SUMS];
    for x in groups {
        for index in 0..SUMS {
            sums[index] = simd.add(sums[index], simd.load(&x[index]));
        }
    }
    for x in last {
        sums[0] = simd.add(sums[0], simd.load(x));
    }
    let mut sum = sum_of_four(simd, sums);
    for x in rest {
        sum += *x;
    }
    sum
}

/// The sum of four vectors of sums.
#[inline(always)]
fn sum_of_four<T: Float, L: Lanes<T>>(simd: L, [a, b, c, d]: [L::Vector; 4]) -> T {
    horizontal(simd, simd.add(simd.add(a, b), simd.add(c, d)))
}

/// The sum of all lanes, always in the same order.
#[inline(always)]
pub(super) fn horizontal<T: Float, L: Lanes<T>>(simd: L, sums: L::Vector) -> T {
    // The widest vectors have 16 lanes.
    let mut lanes = [T::ZERO; 16];
    if let Some(lanes) = L::chunks_mut(&mut lanes).0.first_mut() {
        simd.store(sums, lanes);
    }
    // Pairwise, halves to halves: a sequential sum over the lanes would be one dependency chain.
    let mut width = L::LANES;
    while width > 1 {
        width /= 2;
        for lane in 0..width {
            lanes[lane] += lanes[lane + width];
        }
    }
    lanes[0]
}
