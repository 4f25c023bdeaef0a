//! What an edge tells, in its own frame: convolution, gate, convolution.
//!
//! fairchem: `Edgewise`.

use super::Tensor;
use super::chunk::Chunk;
use super::convolution::{Convolution, rows_of_orders};
use super::factors::Factors;
use super::gate::{self, Gate};
use super::place::Place;
use super::radial::{self, Radial};
use crate::checkpoint::Configuration;
use crate::harmonics::Harmonics;
use crate::parameters::{Convolutions, Layer, Shared};
use crate::real::Real;

/// The part of a layer that is along edges.
#[derive(Clone, Debug)]
pub(super) struct Message {
    pub(super) radial: Radial,
    pub(super) factors: Factors,
    pub(super) first: Convolution,
    pub(super) gate: Gate,
    pub(super) second: Convolution,
}

/// What the backward needs.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    input: Tensor<3>,
    factors: Tensor<2>,
    radial: radial::Kept,
    gate: gate::Kept,
}

impl Message {
    pub(super) fn new<T: Real>(
        shared: &Shared<T>,
        layer: &Layer<T>,
        convolutions: &Convolutions<T>,
        configuration: &Configuration,
        harmonics: &Harmonics,
        place: &Place,
    ) -> Message {
        let orders = rows_of_orders(harmonics);
        let (hidden, outputs) = (configuration.hidden_channels, configuration.sphere_channels);
        let degrees: Vec<usize> = harmonics.along_edge.iter().map(|row| row.degree).collect();
        Message {
            radial: Radial::new(&layer.radial, shared, configuration.distances, place),
            factors: Factors::new(&orders, place),
            first: Convolution::new(&convolutions.first, &orders, hidden, place),
            gate: Gate::new(&degrees, place),
            second: Convolution::new(&convolutions.second, &orders, outputs, place),
        }
    }

    /// [E, K, 2C], source before target -> [E, K, C].
    pub(super) fn forward(&self, edges: &Chunk, input: Tensor<3>) -> (Tensor<3>, Kept) {
        let (factors, radial) = self.radial.forward(edges);
        let x = self.factors.forward(input.clone(), factors.clone());
        let (scalars, x) = self.first.forward(x);
        let scalars = scalars.expect("the first convolution has numbers for the gate");
        let (x, gate) = self.gate.forward(scalars, x);
        let (_, y) = self.second.forward(x);
        let kept = Kept {
            input,
            factors,
            radial,
            gate,
        };
        (y, kept)
    }

    /// The gradient of the input and the slope along each edge, [E, 1], from the gradient of y.
    pub(super) fn backward(
        &self,
        edges: &Chunk,
        y: Tensor<3>,
        kept: Kept,
    ) -> (Tensor<3>, Tensor<2>) {
        let x = self.second.backward(None, y);
        let (scalars, x) = self.gate.backward(x, kept.gate);
        let x = self.first.backward(Some(scalars), x);
        let (input, factors) = self.factors.backward(x, kept.input, kept.factors);
        (input, self.radial.backward(edges, factors, kept.radial))
    }
}
