//! The energy of an atom, from the degree-0 component of its features.
//!
//! fairchem: `MLP_EFS_Head`.

use super::scratch::resize;
use super::silu::{silu, silu_backward};
use crate::parameters::LinearParameters;
use crate::real::Real;
use mlipview_core::potential::simd::{Layout, Matrix, dispatch, dot};

/// E = w₃ · SiLU(W₂ SiLU(W₁ x₀ + b₁) + b₂) + b₃.
#[derive(Clone, Debug)]
pub(crate) struct EnergyHead<T> {
    linear_1: HiddenLinear<T>,
    linear_2: HiddenLinear<T>,
    /// w₃: `[H]`.
    linear_3: Vec<T>,
    bias_3: T,
}

/// A linear layer with the matrices of both passes.
#[derive(Clone, Debug)]
struct HiddenLinear<T> {
    forward: Matrix<T>,
    backward: Matrix<T>,
    bias: Vec<T>,
}

impl<T: Real> EnergyHead<T> {
    pub(crate) fn new([linear_1, linear_2, linear_3]: &[LinearParameters<T>; 3]) -> EnergyHead<T> {
        EnergyHead {
            linear_1: HiddenLinear::new(linear_1),
            linear_2: HiddenLinear::new(linear_2),
            linear_3: linear_3.weight.clone(),
            bias_3: linear_3.bias.iter().copied().sum(),
        }
    }

    /// The energies of atoms, `[N]`, with features `[N, S, C]`, and the gradient of their sum,
    /// `[N, S, C]`. `hidden` is scratch.
    pub(crate) fn evaluate(
        &self,
        x: &[T],
        hidden: &mut Vec<T>,
        energies: &mut [T],
        gradient: &mut [T],
    ) {
        let (count, width) = (energies.len(), self.linear_3.len());
        let (scalars, rows) = (Layout::rows(0, x.len() / count), Layout::rows(0, width));
        let (hidden_1, rest) = resize(hidden, 3 * count * width).split_at_mut(count * width);
        let (hidden_2, activated) = rest.split_at_mut(count * width);
        let (forward, bias) = (&self.linear_1.forward, &self.linear_1.bias);
        forward.multiply(count, (x, scalars), bias, (hidden_1, rows));
        silu(hidden_1, activated);
        let (forward, bias) = (&self.linear_2.forward, &self.linear_2.bias);
        forward.multiply(count, (activated, rows), bias, (hidden_2, rows));
        silu(hidden_2, activated);
        for (energy, activated) in energies.iter_mut().zip(activated.chunks_exact(width)) {
            *energy =
                dispatch!(|simd| dot(T::lanes(simd), &self.linear_3, activated)) + self.bias_3;
        }
        for g in activated.chunks_exact_mut(width) {
            g.copy_from_slice(&self.linear_3);
        }
        silu_backward(hidden_2, activated);
        let backward = &self.linear_2.backward;
        backward.multiply(count, (activated, rows), &[], (hidden_2, rows));
        silu_backward(hidden_1, hidden_2);
        gradient.fill(T::ZERO);
        let backward = &self.linear_1.backward;
        backward.multiply(count, (hidden_2, rows), &[], (gradient, scalars));
    }
}

impl<T: Real> HiddenLinear<T> {
    fn new(linear: &LinearParameters<T>) -> HiddenLinear<T> {
        HiddenLinear {
            forward: linear.matrix(),
            backward: linear.transposed(),
            bias: linear.bias.clone(),
        }
    }
}
