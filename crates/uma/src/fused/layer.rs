//! What edges do in one layer: features are turned to the edge, convolved, activated, convolved,
//! turned back, and summed at the targets (fairchem: `Edgewise`).

use super::super::parameters::{Convolutions, Layer, Shared};
use super::super::real::Real;
use super::convolution::ConvolutionNetwork;
use super::desk::{Desk, Tape, room};
use super::gate::Gate;
use super::part::{Edges, Geometry};
use super::radial::RadialNetwork;
use super::sending::Sending;
use super::turn::Turn;
use mlipview_core::potential::simd::{add, dispatch};

/// The edge part of a layer.
#[derive(Clone, Debug)]
pub(super) struct LayerNetwork<T> {
    radial: RadialNetwork<T>,
    first: ConvolutionNetwork<T>,
    gate: Gate,
    second: ConvolutionNetwork<T>,
    sending: Sending<T>,
}

impl<T: Real> LayerNetwork<T> {
    /// The layer of these numbers; `degrees` are those of the components along an edge.
    pub(super) fn new(
        shared: &Shared<T>,
        layer: &Layer<T>,
        convolutions: &Convolutions<T>,
        degrees: &[usize],
        components: usize,
    ) -> LayerNetwork<T> {
        let second = ConvolutionNetwork::new(&convolutions.second);
        LayerNetwork {
            radial: RadialNetwork::new(&layer.radial, &shared.source, &shared.target),
            first: ConvolutionNetwork::new(&convolutions.first),
            gate: Gate::new(second.inputs() / degrees.len(), degrees.to_vec()),
            sending: Sending {
                channels: second.outputs() / degrees.len(),
                components,
                share: T::ONE,
            },
            second,
        }
    }

    /// Adds what the edges send to `sums`, one feature for each target of the part.
    pub(super) fn forward(
        &self,
        turn: &Turn<T>,
        edges: Edges<'_, T>,
        features: &[T],
        desk: &mut Desk<T>,
        tape: &mut Tape<T>,
        sums: &mut [T],
    ) {
        if edges.len() == 0 {
            return;
        }
        self.compute(turn, edges, features, desk, tape);
        self.sending
            .forward(turn, edges, &tape.sent, &mut desk.feature, sums);
    }

    /// What is sent, in the frames of the edges; all that the way back needs is on the tape.
    pub(super) fn compute(
        &self,
        turn: &Turn<T>,
        edges: Edges<'_, T>,
        features: &[T],
        desk: &mut Desk<T>,
        tape: &mut Tape<T>,
    ) {
        if edges.len() == 0 {
            return;
        }
        let count = edges.len();
        let factors = &mut tape.factors;
        self.radial
            .forward(edges.lengths, &mut tape.radial, &mut desk.hidden, factors);
        let (inputs, width) = (self.first.inputs(), self.radial.outputs());
        let message = room(&mut desk.message, inputs);
        let scaled = room(&mut desk.scaled, count * inputs);
        for edge in 0..count {
            self.listen(turn, edges, edge, features, message);
            let factors = &tape.factors[edge * width..(edge + 1) * width];
            self.first.scale(
                message,
                factors,
                &mut scaled[edge * inputs..(edge + 1) * inputs],
            );
        }
        let before = room(&mut tape.before, count * self.first.outputs());
        self.first.forward(count, scaled, &mut desk.mixed, before);
        let activated = room(&mut desk.activated, count * self.second.inputs());
        let gates = room(&mut desk.gates, self.gate.gates());
        let rows = before.chunks_exact(self.first.outputs());
        for (before, activated) in rows.zip(activated.chunks_exact_mut(self.second.inputs())) {
            self.gate.forward(before, gates, activated);
        }
        let sent = room(&mut tape.sent, count * self.second.outputs());
        self.second.forward(count, activated, &mut desk.mixed, sent);
    }

    /// The features at both ends of an edge, source first, turned to it.
    fn listen(
        &self,
        turn: &Turn<T>,
        edges: Edges<'_, T>,
        edge: usize,
        features: &[T],
        message: &mut [T],
    ) {
        let (c, rotation) = (self.sending.channels, edges.rotation(edge));
        let source = self.of_atom(features, edges.source[edge]);
        let target = self.of_atom(features, edges.target[edge]);
        turn.onto_edge(rotation, source, c, message, 2 * c);
        turn.onto_edge(rotation, target, c, &mut message[c..], 2 * c);
    }

    fn of_atom<'a>(&self, features: &'a [T], atom: u32) -> &'a [T] {
        let size = self.sending.feature();
        &features[atom as usize * size..][..size]
    }

    /// The way back: of the gradient with the sums at all atoms, that with the features, added to
    /// `at_targets` for the targets of the part, and put into `at_sources` for the source of each
    /// edge; and how the energy changes with the geometry.
    #[expect(
        clippy::too_many_arguments,
        reason = "what comes in and what goes out, side by side"
    )]
    pub(super) fn backward(
        &self,
        turn: &Turn<T>,
        edges: Edges<'_, T>,
        features: &[T],
        gradients: &[T],
        desk: &mut Desk<T>,
        tape: &Tape<T>,
        geometry: &mut Geometry<'_, T>,
        at_targets: &mut [T],
        at_sources: &mut [T],
    ) {
        if edges.len() == 0 {
            return;
        }
        let (count, c) = (edges.len(), self.sending.channels);
        self.sending.backward(
            turn,
            edges,
            &tape.sent,
            gradients,
            &mut desk.feature,
            &mut desk.gradient,
            geometry,
        );
        let mixed = &mut desk.mixed;
        let activated = room(&mut desk.activated, count * self.second.inputs());
        self.second
            .backward(count, &desk.gradient, mixed, activated);
        let before = room(&mut desk.gradient, count * self.first.outputs());
        let gates = room(&mut desk.gates, self.gate.gates());
        for edge in 0..count {
            let row = edge * self.first.outputs()..(edge + 1) * self.first.outputs();
            let g = &activated[edge * self.second.inputs()..][..self.second.inputs()];
            self.gate
                .backward(&tape.before[row.clone()], gates, g, &mut before[row]);
        }
        let (inputs, width) = (self.first.inputs(), self.radial.outputs());
        let scaled = room(&mut desk.scaled, count * inputs);
        self.first.backward(count, before, mixed, scaled);
        let message = room(&mut desk.message, inputs);
        let g_factors = room(&mut desk.factors, count * width);
        let size = self.sending.feature();
        let feature = room(&mut desk.feature, size);
        for edge in 0..count {
            self.listen(turn, edges, edge, features, message);
            let g = &mut scaled[edge * inputs..(edge + 1) * inputs];
            let row = edge * width..(edge + 1) * width;
            self.first
                .scale_back(message, &tape.factors[row.clone()], g, &mut g_factors[row]);
            let (rotation, torque) = (edges.rotation(edge), &mut geometry.torques[edge]);
            let at_source = &mut at_sources[edge * size..][..size];
            turn.off_edge(rotation, T::ONE, g, 2 * c, c, at_source);
            turn.add_torque(
                -T::ONE,
                at_source,
                self.of_atom(features, edges.source[edge]),
                c,
                torque,
            );
            turn.off_edge(rotation, T::ONE, &g[c..], 2 * c, c, feature);
            turn.add_torque(
                -T::ONE,
                feature,
                self.of_atom(features, edges.target[edge]),
                c,
                torque,
            );
            let at_target = &mut at_targets[edges.home(edge) * size..][..size];
            dispatch!(|_| add(at_target, feature));
        }
        self.radial.backward(
            edges.lengths,
            &tape.radial,
            g_factors,
            &mut desk.hidden,
            geometry.slopes,
        );
    }
}
