//! SiLU, x σ(x), also called swish: S. Elfwing, E. Uchibe, K. Doya, arXiv:1702.03118.

use crate::real::Real;
use mlipview_core::potential::simd::dispatch;

/// σ(x) = 1/(1 + e⁻ˣ).
#[inline(always)]
pub(crate) fn sigmoid<T: Real>(x: T) -> T {
    T::ONE / (T::ONE + (-x).exp())
}

/// d(x σ(x))/dx = σ(x) (1 + x (1 − σ(x))).
#[inline(always)]
pub(crate) fn silu_slope<T: Real>(x: T) -> T {
    let s = sigmoid(x);
    s * (T::ONE + x * (T::ONE - s))
}

/// y = x σ(x).
pub(crate) fn silu<T: Real>(x: &[T], y: &mut [T]) {
    dispatch!(|_| for (y, x) in y.iter_mut().zip(x) {
        *y = *x * sigmoid(*x);
    });
}

/// x ← x σ(x).
pub(crate) fn silu_in_place<T: Real>(x: &mut [T]) {
    dispatch!(|_| for x in x.iter_mut() {
        *x = *x * sigmoid(*x);
    });
}

/// Turns dE/d(x σ(x)) into dE/dx.
pub(crate) fn silu_backward<T: Real>(x: &[T], g: &mut [T]) {
    dispatch!(|_| for (g, x) in g.iter_mut().zip(x) {
        *g = *g * silu_slope(*x);
    });
}
