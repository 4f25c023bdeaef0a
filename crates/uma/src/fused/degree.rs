//! What edges say of themselves before the first layer (fairchem: `EdgeDegreeEmbedding`).

use super::super::parameters::Shared;
use super::super::real::Real;
use super::desk::{Desk, Tape};
use super::part::{Edges, Geometry};
use super::radial::RadialNetwork;
use super::sending::Sending;
use super::turn::Turn;

/// What the sum over edges is divided by, about their number in pre-training.
const RESCALE: f64 = 5.0;

/// The embedding of how an atom is surrounded.
#[derive(Clone, Debug)]
pub(super) struct DegreeNetwork<T> {
    radial: RadialNetwork<T>,
    sending: Sending<T>,
}

impl<T: Real> DegreeNetwork<T> {
    /// The embedding of these numbers, for degrees up to `degree`.
    pub(super) fn new(shared: &Shared<T>, degree: usize) -> DegreeNetwork<T> {
        let radial = RadialNetwork::new(&shared.edge_degree, &shared.source, &shared.target);
        DegreeNetwork {
            sending: Sending {
                channels: radial.outputs() / (degree + 1),
                components: (degree + 1) * (degree + 1),
                share: T::of(1.0 / RESCALE),
            },
            radial,
        }
    }

    /// Adds to `sums`, one feature for each target of the part.
    pub(super) fn forward(
        &self,
        turn: &Turn<T>,
        edges: Edges<'_, T>,
        desk: &mut Desk<T>,
        tape: &mut Tape<T>,
        sums: &mut [T],
    ) {
        if edges.len() == 0 {
            return;
        }
        let sent = &mut tape.sent;
        self.radial
            .forward(edges.lengths, &mut tape.radial, &mut desk.hidden, sent);
        self.sending
            .forward(turn, edges, &tape.sent, &mut desk.feature, sums);
    }

    /// How the energy changes with the geometry, given the gradient with the sums at all atoms.
    pub(super) fn backward(
        &self,
        turn: &Turn<T>,
        edges: Edges<'_, T>,
        gradients: &[T],
        desk: &mut Desk<T>,
        tape: &Tape<T>,
        geometry: &mut Geometry<'_, T>,
    ) {
        if edges.len() == 0 {
            return;
        }
        self.sending.backward(
            turn,
            edges,
            &tape.sent,
            gradients,
            &mut desk.feature,
            &mut desk.gradient,
            geometry,
        );
        self.radial.backward(
            edges.lengths,
            &tape.radial,
            &desk.gradient,
            &mut desk.hidden,
            geometry.slopes,
        );
    }
}
