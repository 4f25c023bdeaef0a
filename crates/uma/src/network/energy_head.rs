//! The energy of an atom, from the degree-0 component of its features.
//!
//! fairchem: `MLP_EFS_Head`.

use super::linear::Linear;
use super::scalar;
use super::silu::{silu, silu_slope};
use super::tensor::{Tensor, TensorReal};
use super::tensor_options::TensorOptions;
use crate::parameters;

/// E = W₃ SiLU(W₂ SiLU(W₁ x₀ + b₁) + b₂) + b₃.
#[derive(Clone, Debug)]
pub(crate) struct EnergyHead {
    layers: [Linear; 3],
    /// S = (L + 1)².
    components: usize,
}

/// Activations for the backward pass: the inputs of both SiLUs, `[N, H]`.
#[derive(Clone, Debug)]
pub(crate) struct SavedHead([Tensor<2>; 2]);

impl EnergyHead {
    pub(crate) fn new<T: TensorReal>(
        layers: &[parameters::LinearParameters<T>; 3],
        components: usize,
        options: &TensorOptions,
    ) -> EnergyHead {
        EnergyHead {
            layers: layers.each_ref().map(|layer| Linear::new(layer, options)),
            components,
        }
    }

    /// Features `[N, S, C]` to energies `[N, 1]`.
    pub(crate) fn forward(&self, x: &Tensor<3>) -> (Tensor<2>, SavedHead) {
        let [linear_1, linear_2, linear_3] = &self.layers;
        let hidden_1 = linear_1.forward(scalar::row(x));
        let hidden_2 = linear_2.forward(silu(hidden_1.clone()));
        let energies = linear_3.forward(silu(hidden_2.clone()));
        (energies, SavedHead([hidden_1, hidden_2]))
    }

    /// dE/dx, `[N, S, C]`, from the gradient of the energies, `[N, 1]`.
    pub(crate) fn backward(&self, grad_energies: Tensor<2>, saved: SavedHead) -> Tensor<3> {
        let [linear_1, linear_2, linear_3] = &self.layers;
        let SavedHead([hidden_1, hidden_2]) = saved;
        let g = linear_3.backward(grad_energies) * silu_slope(hidden_2);
        let g = linear_2.backward(g) * silu_slope(hidden_1);
        scalar::pad(linear_1.backward(g), self.components)
    }
}
