//! The messages of one block: features are rotated into the frame of each edge, convolved, gated,
//! convolved, rotated back and summed at the targets.
//!
//! fairchem: `Edgewise`.

use super::chunk::ChunkEdges;
use super::gate_activation::GateActivation;
use super::geometry_gradient::GeometryGradient;
use super::radial::RadialMlp;
use super::radial_weights::RadialWeights;
use super::saved::SavedMessages;
use super::scatter::Scatter;
use super::scratch::{Scratch, resize};
use super::so2_convolution::So2Convolution;
use crate::parameters::{BlockParameters, EdgewiseParameters, SharedParameters};
use crate::real::Real;
use mlipview_core::potential::simd::{add, dispatch};

/// message = conv₂(gate(conv₁(w(d) · D [x_source | x_target]))).
#[derive(Clone, Debug)]
pub(crate) struct Edgewise<T> {
    radial: RadialMlp<T>,
    radial_weights: RadialWeights,
    so2_conv_1: So2Convolution<T>,
    gate: GateActivation,
    so2_conv_2: So2Convolution<T>,
    scatter: Scatter<T>,
}

/// The gradients that the edges of a chunk contribute to.
pub(crate) struct EdgewiseGradients<'a, T> {
    /// dE/dfeatures of the targets of the chunk, added to: `[targets, S, C]`.
    pub(crate) at_targets: &'a mut [T],
    /// dE/dfeatures of the source of each edge, overwritten: `[E, S, C]`.
    pub(crate) at_sources: &'a mut [T],
    /// Added to.
    pub(crate) geometry: GeometryGradient<'a, T>,
}

impl<T: Real> Edgewise<T> {
    /// The layer of a block; `degrees` are those of the K components along an edge.
    pub(crate) fn new(
        shared: &SharedParameters<T>,
        block: &BlockParameters<T>,
        edgewise: &EdgewiseParameters<T>,
        degrees: &[usize],
        components: usize,
    ) -> Edgewise<T> {
        let (source, target) = (&shared.source_embedding, &shared.target_embedding);
        let so2_conv_2 = So2Convolution::new(&edgewise.so2_conv_2);
        Edgewise {
            radial: RadialMlp::new(&block.radial, source, target),
            radial_weights: RadialWeights::new(&edgewise.so2_conv_1),
            so2_conv_1: So2Convolution::new(&edgewise.so2_conv_1),
            gate: GateActivation::new(so2_conv_2.inputs() / degrees.len(), degrees.to_vec()),
            scatter: Scatter {
                channels: so2_conv_2.outputs() / degrees.len(),
                components,
                scale: T::ONE,
            },
            so2_conv_2,
        }
    }

    /// Adds the messages to `sums`, `[targets of the chunk, S, C]`, from the features of all atoms,
    /// `[N, S, C]`.
    pub(crate) fn forward(
        &self,
        edges: ChunkEdges<'_, T>,
        features: &[T],
        scratch: &mut Scratch<T>,
        saved: &mut SavedMessages<T>,
        sums: &mut [T],
    ) {
        if edges.len() == 0 {
            return;
        }
        self.messages(edges, features, scratch, saved);
        self.scatter
            .forward(edges, &saved.messages, &mut scratch.feature, sums);
    }

    /// The messages in the frames of the edges, and all else that the backward pass needs.
    pub(crate) fn messages(
        &self,
        edges: ChunkEdges<'_, T>,
        features: &[T],
        scratch: &mut Scratch<T>,
        saved: &mut SavedMessages<T>,
    ) {
        if edges.len() == 0 {
            return;
        }
        let count = edges.len();
        let weights = &mut saved.weights;
        self.radial.forward(
            edges.radial,
            &mut saved.radial,
            &mut scratch.hidden,
            weights,
        );
        // w(d) · D [x_source | x_target]: [E, K, 2C]
        let (inputs, width) = (self.so2_conv_1.inputs(), self.radial.outputs());
        let input = resize(&mut scratch.input, inputs);
        let scaled = resize(&mut scratch.scaled, count * inputs);
        for edge in 0..count {
            self.gather(edges, edge, features, input);
            let weights = &saved.weights[edge * width..(edge + 1) * width];
            let scaled = &mut scaled[edge * inputs..(edge + 1) * inputs];
            self.radial_weights.forward(input, weights, scaled);
        }
        // First convolution: [E, L·H + K·H]
        let (before, after) = (self.so2_conv_1.outputs(), self.so2_conv_2.inputs());
        let before_gate = resize(&mut saved.before_gate, count * before);
        self.so2_conv_1
            .forward(count, scaled, &mut scratch.complex, before_gate);
        // Gate: [E, K, H]
        let activated = resize(&mut scratch.activated, count * after);
        let gates = resize(&mut scratch.gates, self.gate.scalars());
        let rows = before_gate.chunks_exact(before);
        for (before_gate, activated) in rows.zip(activated.chunks_exact_mut(after)) {
            self.gate.forward(before_gate, gates, activated);
        }
        // Second convolution: [E, K, C]
        let messages = resize(&mut saved.messages, count * self.so2_conv_2.outputs());
        self.so2_conv_2
            .forward(count, activated, &mut scratch.complex, messages);
    }

    /// D [x_source | x_target] of an edge: `[K, 2C]`.
    fn gather(&self, edges: ChunkEdges<'_, T>, edge: usize, features: &[T], input: &mut [T]) {
        let (c, matrix) = (self.scatter.channels, edges.matrix(edge));
        let source = self.of_atom(features, edges.source[edge]);
        let target = self.of_atom(features, edges.target[edge]);
        edges.rotation.to_edge(matrix, source, c, input, 2 * c);
        edges
            .rotation
            .to_edge(matrix, target, c, &mut input[c..], 2 * c);
    }

    /// The feature of an atom: `[S, C]`.
    fn of_atom<'a>(&self, features: &'a [T], atom: u32) -> &'a [T] {
        let size = self.scatter.feature();
        &features[atom as usize * size..][..size]
    }

    /// The gradients of features and geometry, from dE/dsums at all atoms, `[N, S, C]`.
    pub(crate) fn backward(
        &self,
        edges: ChunkEdges<'_, T>,
        features: &[T],
        grad_sums: &[T],
        scratch: &mut Scratch<T>,
        saved: &SavedMessages<T>,
        gradients: &mut EdgewiseGradients<'_, T>,
    ) {
        if edges.len() == 0 {
            return;
        }
        let (count, c) = (edges.len(), self.scatter.channels);
        // dE/dmessages: [E, K, C]
        self.scatter.backward(
            edges,
            &saved.messages,
            grad_sums,
            &mut scratch.feature,
            &mut scratch.gradient,
            &mut gradients.geometry,
        );
        // Second convolution: [E, K, H]
        let (before, after) = (self.so2_conv_1.outputs(), self.so2_conv_2.inputs());
        let complex = &mut scratch.complex;
        let activated = resize(&mut scratch.activated, count * after);
        self.so2_conv_2
            .backward(count, &scratch.gradient, complex, activated);
        // Gate: [E, L·H + K·H]
        let before_gate = resize(&mut scratch.gradient, count * before);
        let gates = resize(&mut scratch.gates, self.gate.scalars());
        for edge in 0..count {
            let row = edge * before..(edge + 1) * before;
            let g = &activated[edge * after..][..after];
            self.gate.backward(
                &saved.before_gate[row.clone()],
                gates,
                g,
                &mut before_gate[row],
            );
        }
        // First convolution: [E, K, 2C]
        let (inputs, width) = (self.so2_conv_1.inputs(), self.radial.outputs());
        let scaled = resize(&mut scratch.scaled, count * inputs);
        self.so2_conv_1
            .backward(count, before_gate, complex, scaled);
        // Radial weights and rotation: [E, S, C] at the sources, [targets, S, C] at the targets
        let input = resize(&mut scratch.input, inputs);
        let grad_weights = resize(&mut scratch.weights, count * width);
        let size = self.scatter.feature();
        let feature = resize(&mut scratch.feature, size);
        for edge in 0..count {
            self.gather(edges, edge, features, input);
            let g = &mut scaled[edge * inputs..(edge + 1) * inputs];
            let row = edge * width..(edge + 1) * width;
            self.radial_weights.backward(
                input,
                &saved.weights[row.clone()],
                g,
                &mut grad_weights[row],
            );
            let torque = &mut gradients.geometry.torques[edge];
            let (rotation, matrix) = (edges.rotation, edges.matrix(edge));
            let at_source = &mut gradients.at_sources[edge * size..][..size];
            rotation.to_cell(matrix, T::ONE, g, 2 * c, c, at_source);
            let source = self.of_atom(features, edges.source[edge]);
            edges
                .generators
                .add_torque(-T::ONE, at_source, source, c, torque);
            rotation.to_cell(matrix, T::ONE, &g[c..], 2 * c, c, feature);
            let target = self.of_atom(features, edges.target[edge]);
            edges
                .generators
                .add_torque(-T::ONE, feature, target, c, torque);
            let at_target = &mut gradients.at_targets[edges.target_slot(edge) * size..][..size];
            dispatch!(|_| add(at_target, feature));
        }
        // dE/dd by the radial network: [E]
        self.radial.backward(
            edges.radial,
            &saved.radial,
            grad_weights,
            &mut scratch.hidden,
            gradients.geometry.slopes,
        );
    }
}
