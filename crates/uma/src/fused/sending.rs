//! What edges send: from their own frames to the sums at their targets, and the gradient back.

use super::super::real::Real;
use super::desk::room;
use super::part::{Edges, Geometry};
use super::turn::Turn;
use mlipview_core::potential::simd::{add, dispatch, dot};

/// How features along edges become features of atoms.
#[derive(Clone, Debug)]
pub(super) struct Sending<T> {
    pub(super) channels: usize,
    /// Components of an atom's feature.
    pub(super) components: usize,
    /// What all that is sent is multiplied with, besides the envelope.
    pub(super) share: T,
}

impl<T: Real> Sending<T> {
    /// Numbers of an atom's feature.
    pub(super) fn feature(&self) -> usize {
        self.components * self.channels
    }

    /// Adds what is sent, in the frames of the edges, to `sums`, one feature for each target of the
    /// part.
    pub(super) fn forward(
        &self,
        turn: &Turn<T>,
        edges: Edges<'_, T>,
        sent: &[T],
        feature: &mut Vec<T>,
        sums: &mut [T],
    ) {
        let (c, size) = (self.channels, self.feature());
        let feature = room(feature, size);
        for (edge, sent) in sent.chunks_exact(sent.len() / edges.len()).enumerate() {
            let factor = self.share * edges.envelopes[edge];
            turn.off_edge(edges.rotation(edge), factor, sent, c, c, feature);
            let sum = &mut sums[edges.home(edge) * size..][..size];
            dispatch!(|_| add(sum, feature));
        }
    }

    /// The gradient with what was sent, from that with the sums at all atoms; and how the energy
    /// changes as edges turn and grow.
    #[expect(
        clippy::too_many_arguments,
        reason = "what comes in and what goes out, side by side"
    )]
    pub(super) fn backward(
        &self,
        turn: &Turn<T>,
        edges: Edges<'_, T>,
        sent: &[T],
        gradients: &[T],
        feature: &mut Vec<T>,
        g_sent: &mut Vec<T>,
        geometry: &mut Geometry<'_, T>,
    ) {
        let (c, size, width) = (self.channels, self.feature(), sent.len() / edges.len());
        let feature = room(feature, size);
        let rows = sent
            .chunks_exact(width)
            .zip(room(g_sent, sent.len()).chunks_exact_mut(width));
        for (edge, (sent, g_sent)) in rows.enumerate() {
            let (rotation, factor) = (edges.rotation(edge), self.share * edges.envelopes[edge]);
            let gradient = &gradients[edges.target[edge] as usize * size..][..size];
            turn.off_edge(rotation, factor, sent, c, c, feature);
            turn.add_torque(T::ONE, gradient, feature, c, &mut geometry.torques[edge]);
            turn.onto_edge(rotation, gradient, c, g_sent, c);
            let slope = self.share * edges.envelope_slopes[edge];
            let along = dispatch!(|simd| dot(T::lanes(simd), g_sent, sent));
            geometry.slopes[edge] += slope * along;
            dispatch!(|_| for g in g_sent.iter_mut() {
                *g = *g * factor;
            });
        }
    }
}
