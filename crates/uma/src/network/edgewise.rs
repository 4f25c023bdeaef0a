//! The message of an edge, in the frame of the edge: convolution, gate activation, convolution.
//!
//! fairchem: `Edgewise`.

use super::chunk::Chunk;
use super::gate_activation::{GateActivation, SavedGate};
use super::radial::{RadialMlp, SavedRadial};
use super::radial_weights::RadialWeights;
use super::so2_convolution::{So2Convolution, rows_of_orders};
use super::tensor::{Tensor, TensorReal};
use super::tensor_options::TensorOptions;
use crate::checkpoint::Configuration;
use crate::harmonics::Harmonics;
use crate::parameters::{BlockParameters, EdgewiseParameters, SharedParameters};

/// message = conv₂(gate(conv₁(w(d) · x))), where x are the features of source and target.
#[derive(Clone, Debug)]
pub(crate) struct Edgewise {
    pub(crate) radial: RadialMlp,
    pub(crate) radial_weights: RadialWeights,
    pub(crate) so2_conv_1: So2Convolution,
    pub(crate) gate: GateActivation,
    pub(crate) so2_conv_2: So2Convolution,
}

/// Activations for the backward pass.
#[derive(Clone, Debug)]
pub(crate) struct SavedEdgewise {
    /// `[E, K, 2C]`.
    input: Tensor<3>,
    /// `[E, outputs of the radial network]`.
    weights: Tensor<2>,
    radial: SavedRadial,
    gate: SavedGate,
}

impl Edgewise {
    pub(crate) fn new<T: TensorReal>(
        shared: &SharedParameters<T>,
        block: &BlockParameters<T>,
        edgewise: &EdgewiseParameters<T>,
        configuration: &Configuration,
        harmonics: &Harmonics,
        options: &TensorOptions,
    ) -> Edgewise {
        let orders = rows_of_orders(harmonics);
        let (hidden, channels) = (configuration.hidden_channels, configuration.sphere_channels);
        let degrees: Vec<usize> = harmonics.along_edge.iter().map(|row| row.degree).collect();
        Edgewise {
            radial: RadialMlp::new(&block.radial, shared, configuration.distances, options),
            radial_weights: RadialWeights::new(&orders, options),
            so2_conv_1: So2Convolution::new(&edgewise.so2_conv_1, &orders, hidden, options),
            gate: GateActivation::new(&degrees, options),
            so2_conv_2: So2Convolution::new(&edgewise.so2_conv_2, &orders, channels, options),
        }
    }

    /// `[E, K, 2C]`, source before target, to `[E, K, C]`.
    pub(crate) fn forward(&self, edges: &Chunk, input: Tensor<3>) -> (Tensor<3>, SavedEdgewise) {
        let (weights, radial) = self.radial.forward(edges);
        let x = self.radial_weights.forward(input.clone(), weights.clone());
        let (scalars, x) = self.so2_conv_1.forward(x);
        let scalars = scalars.expect("the first convolution has gate scalars");
        let (x, gate) = self.gate.forward(scalars, x);
        let (_, y) = self.so2_conv_2.forward(x);
        let saved = SavedEdgewise {
            input,
            weights,
            radial,
            gate,
        };
        (y, saved)
    }

    /// dE/dinput, `[E, K, 2C]`, and dE/dd, `[E, 1]`, from dE/dmessages, `[E, K, C]`.
    pub(crate) fn backward(
        &self,
        edges: &Chunk,
        grad_messages: Tensor<3>,
        saved: SavedEdgewise,
    ) -> (Tensor<3>, Tensor<2>) {
        let grad = self.so2_conv_2.backward(None, grad_messages);
        let (grad_scalars, grad) = self.gate.backward(grad, saved.gate);
        let grad = self.so2_conv_1.backward(Some(grad_scalars), grad);
        let (grad_input, grad_weights) =
            self.radial_weights
                .backward(grad, saved.input, saved.weights);
        let slopes = self.radial.backward(edges, grad_weights, saved.radial);
        (grad_input, slopes)
    }
}
