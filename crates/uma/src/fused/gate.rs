//! The activation of an edge: SiLU for degree 0, gates for the others.

use super::super::real::Real;
use mlipview_core::potential::simd::dispatch;

/// σ(x) = 1/(1 + e⁻ˣ).
#[inline(always)]
pub(super) fn sigmoid<T: Real>(x: T) -> T {
    T::ONE / (T::ONE + (-x).exponential())
}

/// The slope of x σ(x).
#[inline(always)]
pub(super) fn silu_slope<T: Real>(x: T) -> T {
    let s = sigmoid(x);
    s * (T::ONE + x * (T::ONE - s))
}

/// y = x σ(x).
pub(super) fn silu<T: Real>(x: &[T], y: &mut [T]) {
    dispatch!(|_| for (y, x) in y.iter_mut().zip(x) {
        *y = *x * sigmoid(*x);
    });
}

/// The same in place.
pub(super) fn silu_in_place<T: Real>(x: &mut [T]) {
    dispatch!(|_| for x in x.iter_mut() {
        *x = *x * sigmoid(*x);
    });
}

/// Turns the gradient with x σ(x) into that with x.
pub(super) fn silu_backward<T: Real>(x: &[T], g: &mut [T]) {
    dispatch!(|_| for (g, x) in g.iter_mut().zip(x) {
        *g = *g * silu_slope(*x);
    });
}

/// Which gate is for which component along an edge: none for degree 0.
#[derive(Clone, Debug)]
pub(super) struct Gate {
    hidden: usize,
    /// For each component, by order, its degree.
    degrees: Vec<usize>,
    /// L.
    highest: usize,
}

impl Gate {
    /// For components of these degrees, the first of which is 0.
    pub(super) fn new(hidden: usize, degrees: Vec<usize>) -> Gate {
        Gate {
            hidden,
            highest: degrees.iter().copied().max().unwrap_or(0),
            degrees,
        }
    }

    /// Numbers of the gates.
    pub(super) fn gates(&self) -> usize {
        self.highest * self.hidden
    }

    /// Of gates and components beside each other (`x`), the components after the activation.
    pub(super) fn forward<T: Real>(&self, x: &[T], gates: &mut [T], y: &mut [T]) {
        dispatch!(|_| {
            let (before, x) = x.split_at(self.gates());
            for (gate, before) in gates.iter_mut().zip(before) {
                *gate = sigmoid(*before);
            }
            let rows = x
                .chunks_exact(self.hidden)
                .zip(y.chunks_exact_mut(self.hidden));
            for ((x, y), degree) in rows.zip(&self.degrees) {
                if let Some(gate) = degree.checked_sub(1) {
                    let gates = &gates[gate * self.hidden..][..self.hidden];
                    for ((y, x), gate) in y.iter_mut().zip(x).zip(gates) {
                        *y = *x * *gate;
                    }
                } else {
                    for (y, x) in y.iter_mut().zip(x) {
                        *y = *x * sigmoid(*x);
                    }
                }
            }
        });
    }

    /// The gradient with x, of that with y.
    pub(super) fn backward<T: Real>(&self, x: &[T], gates: &mut [T], gy: &[T], gx: &mut [T]) {
        dispatch!(|_| {
            let (before, x) = x.split_at(self.gates());
            let (gates_gradient, gx) = gx.split_at_mut(self.gates());
            for (gate, before) in gates.iter_mut().zip(before) {
                *gate = sigmoid(*before);
            }
            gates_gradient.fill(T::ZERO);
            let rows = x
                .chunks_exact(self.hidden)
                .zip(gy.chunks_exact(self.hidden));
            let rows = rows.zip(gx.chunks_exact_mut(self.hidden));
            for (((x, gy), gx), degree) in rows.zip(&self.degrees) {
                if let Some(gate) = degree.checked_sub(1) {
                    let range = gate * self.hidden..(gate + 1) * self.hidden;
                    let (gates, sums) = (&gates[range.clone()], &mut gates_gradient[range]);
                    for ((gx, gy), gate) in gx.iter_mut().zip(gy).zip(gates) {
                        *gx = *gy * *gate;
                    }
                    for ((sum, gy), x) in sums.iter_mut().zip(gy).zip(x) {
                        *sum += *gy * *x;
                    }
                } else {
                    for ((gx, gy), x) in gx.iter_mut().zip(gy).zip(x) {
                        *gx = *gy * silu_slope(*x);
                    }
                }
            }
            for (gradient, gate) in gates_gradient.iter_mut().zip(gates.iter()) {
                *gradient = *gradient * *gate * (T::ONE - *gate);
            }
        });
    }
}
