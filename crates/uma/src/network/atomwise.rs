//! The feed-forward network of each atom: linear, gate activation, linear.
//!
//! fairchem: `SpectralAtomwise`.

use super::gate_activation::{GateActivation, SavedGate};
use super::linear::Linear;
use super::scalar;
use super::silu::{silu, silu_slope};
use super::so3_linear::So3Linear;
use super::tensor::{Tensor, TensorReal};
use super::tensor_options::TensorOptions;
use crate::parameters::BlockParameters;

/// y = So3Linear₂(gate(SiLU(W x₀ + b), So3Linear₁(x))), where x₀ is degree 0.
#[derive(Clone, Debug)]
pub(crate) struct Atomwise {
    scalar_mlp: Linear,
    so3_linear_1: So3Linear,
    gate: GateActivation,
    so3_linear_2: So3Linear,
}

/// Activations for the backward pass.
#[derive(Clone, Debug)]
pub(crate) struct SavedAtomwise {
    /// W x₀ + b: `[N, L·H]`.
    scalars: Tensor<2>,
    gate: SavedGate,
}

impl Atomwise {
    /// The network of a block with features up to degree `lmax`.
    pub(crate) fn new<T: TensorReal>(
        block: &BlockParameters<T>,
        lmax: usize,
        options: &TensorOptions,
    ) -> Atomwise {
        let degrees = (0..=lmax).flat_map(|l| std::iter::repeat_n(l, 2 * l + 1));
        let degrees: Vec<usize> = degrees.collect();
        Atomwise {
            scalar_mlp: Linear::new(&block.scalar_mlp, options),
            so3_linear_1: So3Linear::new(&block.so3_linear_1, options),
            gate: GateActivation::new(&degrees, options),
            so3_linear_2: So3Linear::new(&block.so3_linear_2, options),
        }
    }

    /// `[N, S, C]` to `[N, S, C]`.
    pub(crate) fn forward(&self, x: Tensor<3>) -> (Tensor<3>, SavedAtomwise) {
        let scalars = self.scalar_mlp.forward(scalar::row(&x));
        let hidden = self.so3_linear_1.forward(x);
        // fairchem applies both: SiLU here, and the sigmoid of its result in the gate.
        let (hidden, gate) = self.gate.forward(silu(scalars.clone()), hidden);
        let saved = SavedAtomwise { scalars, gate };
        (self.so3_linear_2.forward(hidden), saved)
    }

    /// dE/dx from dE/dy, both `[N, S, C]`.
    pub(crate) fn backward(&self, grad_output: Tensor<3>, saved: SavedAtomwise) -> Tensor<3> {
        let grad_hidden = self.so3_linear_2.backward(grad_output);
        let (grad_scalars, grad_hidden) = self.gate.backward(grad_hidden, saved.gate);
        let grad_scalars = self
            .scalar_mlp
            .backward(grad_scalars * silu_slope(saved.scalars));
        scalar::add(self.so3_linear_1.backward(grad_hidden), grad_scalars)
    }
}
