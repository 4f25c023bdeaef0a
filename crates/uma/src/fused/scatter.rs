//! Scatter: sums of messages at their target atoms, rotated into the frame of the cell.

use super::chunk::ChunkEdges;
use super::geometry_gradient::GeometryGradient;
use super::scratch::resize;
use crate::real::Real;
use mlipview_core::potential::simd::{add, dispatch, dot};

/// sum = Σ over edges, scale · envelope · Dᵀ message.
#[derive(Clone, Debug)]
pub(crate) struct Scatter<T> {
    /// C.
    pub(crate) channels: usize,
    /// S = (L + 1)².
    pub(crate) components: usize,
    /// A factor of all messages.
    pub(crate) scale: T,
}

impl<T: Real> Scatter<T> {
    /// S·C, the size of a feature.
    pub(crate) fn feature(&self) -> usize {
        self.components * self.channels
    }

    /// Adds messages, `[E, rows, C]`, to `sums`, `[targets of the chunk, S, C]`. `feature` is
    /// scratch.
    pub(crate) fn forward(
        &self,
        edges: ChunkEdges<'_, T>,
        messages: &[T],
        feature: &mut Vec<T>,
        sums: &mut [T],
    ) {
        let (c, size) = (self.channels, self.feature());
        let feature = resize(feature, size);
        let width = messages.len() / edges.len();
        for (edge, message) in messages.chunks_exact(width).enumerate() {
            let factor = self.scale * edges.envelopes[edge];
            edges
                .rotation
                .to_cell(edges.matrix(edge), factor, message, c, c, feature);
            let sum = &mut sums[edges.target_slot(edge) * size..][..size];
            dispatch!(|_| add(sum, feature));
        }
    }

    /// dE/dmessages, `[E, rows, C]`, from dE/dsums at all atoms, `[N, S, C]`; adds to the gradient of
    /// the geometry. `feature` is scratch.
    pub(crate) fn backward(
        &self,
        edges: ChunkEdges<'_, T>,
        messages: &[T],
        grad_sums: &[T],
        feature: &mut Vec<T>,
        grad_messages: &mut Vec<T>,
        geometry: &mut GeometryGradient<'_, T>,
    ) {
        let (c, size, width) = (self.channels, self.feature(), messages.len() / edges.len());
        let feature = resize(feature, size);
        let rows = messages
            .chunks_exact(width)
            .zip(resize(grad_messages, messages.len()).chunks_exact_mut(width));
        for (edge, (message, grad_message)) in rows.enumerate() {
            let (matrix, factor) = (edges.matrix(edge), self.scale * edges.envelopes[edge]);
            let gradient = &grad_sums[edges.target[edge] as usize * size..][..size];
            let torque = &mut geometry.torques[edge];
            edges
                .rotation
                .to_cell(matrix, factor, message, c, c, feature);
            edges
                .generators
                .add_torque(T::ONE, gradient, feature, c, torque);
            edges.rotation.to_edge(matrix, gradient, c, grad_message, c);
            let slope = self.scale * edges.envelope_slopes[edge];
            let along = dispatch!(|simd| dot(T::lanes(simd), grad_message, message));
            geometry.slopes[edge] += slope * along;
            dispatch!(|_| for g in grad_message.iter_mut() {
                *g = *g * factor;
            });
        }
    }
}
