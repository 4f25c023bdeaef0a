//! What each atom does by itself: a linear layer, a gate, a linear layer, one matrix per degree.
//!
//! fairchem: `SpectralAtomwise`.

use super::super::parameters::{Layer, Linear};
use super::super::real::Real;
use super::by_degree::{ByDegree, Components, of_degrees};
use super::desk::{AtomTape, FeedForwardDesk, room};
use super::gate::{Gate, silu_backward, silu_in_place};

/// The part of a layer that mixes the channels of an atom.
///
/// Between the two linear layers each atom has the numbers that gates come from, then its hidden
/// components. The matrix of degree 0 makes both.
#[derive(Clone, Debug)]
pub(super) struct FeedForwardNetwork<T> {
    first: ByDegree<T>,
    gate: Gate,
    second: ByDegree<T>,
    /// S: components of a feature.
    components: usize,
    channels: usize,
    hidden: usize,
}

impl<T: Real> FeedForwardNetwork<T> {
    /// The network of these numbers.
    pub(super) fn new(layer: &Layer<T>) -> FeedForwardNetwork<T> {
        let (channels, hidden) = (layer.linear_1.inputs, layer.linear_1.outputs);
        let mut first = of_degrees(&layer.linear_1);
        let degrees = (0..first.len()).flat_map(|l| std::iter::repeat_n(l, 2 * l + 1));
        let degrees: Vec<usize> = degrees.collect();
        if let Some(scalars) = first.first_mut() {
            *scalars = Linear {
                inputs: channels,
                outputs: layer.gate.outputs + hidden,
                weight: [&layer.gate.weight[..], &scalars.weight].concat(),
                bias: Vec::new(),
            };
        }
        let first_bias = [&layer.gate.bias[..], &layer.linear_1.bias].concat();
        FeedForwardNetwork {
            first: ByDegree::new(&first, first_bias),
            components: degrees.len(),
            gate: Gate::new(hidden, degrees),
            second: ByDegree::new(&of_degrees(&layer.linear_2), layer.linear_2.bias.clone()),
            channels,
            hidden,
        }
    }

    /// The features of some atoms.
    fn features(&self) -> Components {
        Components {
            offset: 0,
            stride: self.components * self.channels,
            width: self.channels,
        }
    }

    /// Their hidden components after the gate.
    fn activated(&self) -> Components {
        Components {
            offset: 0,
            stride: self.components * self.hidden,
            width: self.hidden,
        }
    }

    /// Their hidden components before the gate, behind what the gates come from.
    fn before(&self) -> Components {
        Components {
            offset: self.gate.gates(),
            stride: self.gate.gates() + self.components * self.hidden,
            width: self.hidden,
        }
    }

    /// What some atoms make of their features.
    pub(super) fn forward(
        &self,
        x: &[T],
        tape: &mut AtomTape<T>,
        desk: &mut FeedForwardDesk<T>,
        y: &mut [T],
    ) {
        let count = x.len() / self.features().stride;
        let (width, gates) = (self.before().stride, self.gate.gates());
        let before = room(&mut tape.before, count * width);
        let from = (x, self.features());
        self.first.forward(count, from, (before, self.before()));
        let scalars = room(&mut tape.scalars, count * gates);
        let activated = room(&mut desk.activated, count * self.activated().stride);
        let gate = room(&mut desk.gates, gates);
        let atoms = before
            .chunks_exact_mut(width)
            .zip(scalars.chunks_exact_mut(gates));
        let atoms = atoms.zip(activated.chunks_exact_mut(self.activated().stride));
        for ((before, scalars), activated) in atoms {
            scalars.copy_from_slice(&before[..gates]);
            // The official network has both: SiLU here, the sigmoid of it in the gate.
            silu_in_place(&mut before[..gates]);
            self.gate.forward(before, gate, activated);
        }
        let from = (&*activated, self.activated());
        self.second.forward(count, from, (y, self.features()));
    }

    /// Of the gradient with what they make, that with the features.
    pub(super) fn backward(
        &self,
        gy: &[T],
        tape: &AtomTape<T>,
        desk: &mut FeedForwardDesk<T>,
        gx: &mut [T],
    ) {
        let count = gy.len() / self.features().stride;
        let (width, gates) = (self.before().stride, self.gate.gates());
        let activated = room(&mut desk.activated, count * self.activated().stride);
        let to = (&mut *activated, self.activated());
        self.second.backward(count, (gy, self.features()), to);
        let gradient = room(&mut desk.gradient, count * width);
        let gate = room(&mut desk.gates, gates);
        let atoms = tape
            .before
            .chunks_exact(width)
            .zip(tape.scalars.chunks_exact(gates));
        let atoms = atoms.zip(activated.chunks_exact(self.activated().stride));
        for (((before, scalars), g), gradient) in atoms.zip(gradient.chunks_exact_mut(width)) {
            self.gate.backward(before, gate, g, gradient);
            silu_backward(scalars, gradient);
        }
        let to = (gx, self.features());
        self.first.backward(count, (gradient, self.before()), to);
    }
}
