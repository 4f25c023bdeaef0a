//! Gate activation: SiLU for degree 0, and a factor between 0 and 1 per degree and channel above.
//!
//! fairchem: `GateActivation`.

use super::silu::{sigmoid, silu_slope};
use crate::real::Real;
use mlipview_core::potential::simd::dispatch;

/// y₀ = x₀ σ(x₀); yₗ = xₗ σ(sₗ) for l > 0, where s are the gate scalars.
#[derive(Clone, Debug)]
pub(crate) struct GateActivation {
    /// H.
    hidden: usize,
    /// The degree of each component.
    degrees: Vec<usize>,
    /// L.
    lmax: usize,
}

impl GateActivation {
    /// The activation of components of these degrees, the first of which is 0.
    pub(crate) fn new(hidden: usize, degrees: Vec<usize>) -> GateActivation {
        GateActivation {
            hidden,
            lmax: degrees.iter().copied().max().unwrap_or(0),
            degrees,
        }
    }

    /// L·H, the number of gate scalars.
    pub(crate) fn scalars(&self) -> usize {
        self.lmax * self.hidden
    }

    /// Gate scalars and components of one edge or atom, `[L·H + rows·H]`, to `[rows, H]`. `gates` is
    /// scratch, `[L·H]`.
    pub(crate) fn forward<T: Real>(&self, x: &[T], gates: &mut [T], y: &mut [T]) {
        dispatch!(|_| {
            let (scalars, x) = x.split_at(self.scalars());
            for (gate, scalar) in gates.iter_mut().zip(scalars) {
                *gate = sigmoid(*scalar);
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

    /// dE/dx, `[L·H + rows·H]`, from dE/dy, `[rows, H]`:
    /// gₓ₀ = g₀ silu′(x₀), gₓₗ = gₗ σ(sₗ), gₛₗ = σ′(sₗ) Σ gₗ xₗ.
    pub(crate) fn backward<T: Real>(
        &self,
        x: &[T],
        gates: &mut [T],
        grad_output: &[T],
        grad_input: &mut [T],
    ) {
        dispatch!(|_| {
            let (scalars, x) = x.split_at(self.scalars());
            let (grad_scalars, grad_input) = grad_input.split_at_mut(self.scalars());
            for (gate, scalar) in gates.iter_mut().zip(scalars) {
                *gate = sigmoid(*scalar);
            }
            grad_scalars.fill(T::ZERO);
            let rows = x
                .chunks_exact(self.hidden)
                .zip(grad_output.chunks_exact(self.hidden));
            let rows = rows.zip(grad_input.chunks_exact_mut(self.hidden));
            for (((x, grad_output), grad_input), degree) in rows.zip(&self.degrees) {
                if let Some(gate) = degree.checked_sub(1) {
                    let range = gate * self.hidden..(gate + 1) * self.hidden;
                    let (gates, sums) = (&gates[range.clone()], &mut grad_scalars[range]);
                    for ((grad_input, grad_output), gate) in
                        grad_input.iter_mut().zip(grad_output).zip(gates)
                    {
                        *grad_input = *grad_output * *gate;
                    }
                    for ((sum, grad_output), x) in sums.iter_mut().zip(grad_output).zip(x) {
                        *sum += *grad_output * *x;
                    }
                } else {
                    for ((grad_input, grad_output), x) in
                        grad_input.iter_mut().zip(grad_output).zip(x)
                    {
                        *grad_input = *grad_output * silu_slope(*x);
                    }
                }
            }
            for (gradient, gate) in grad_scalars.iter_mut().zip(gates.iter()) {
                *gradient = *gradient * *gate * (T::ONE - *gate);
            }
        });
    }
}
