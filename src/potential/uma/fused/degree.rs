//! What edges say of themselves before the first layer (fairchem: `EdgeDegreeEmbedding`).

use super::super::parameters::Shared;
use super::super::real::Real;
use super::desk::{Desk, Tape, room};
use super::matrix::dot;
use super::part::{Edges, Geometry};
use super::radial::RadialNetwork;
use super::turn::Turn;

/// What the sum over edges is divided by, about their number in pre-training.
const RESCALE: f64 = 5.0;

/// The embedding of how an atom is surrounded.
#[derive(Clone, Debug)]
pub(super) struct DegreeNetwork<T> {
    radial: RadialNetwork<T>,
    channels: usize,
    components: usize,
}

impl<T: Real> DegreeNetwork<T> {
    /// The embedding of these numbers, for degrees up to `degree`.
    pub(super) fn new(shared: &Shared<T>, degree: usize) -> DegreeNetwork<T> {
        let radial = RadialNetwork::new(&shared.edge_degree, &shared.source, &shared.target);
        DegreeNetwork {
            channels: radial.outputs() / (degree + 1),
            components: (degree + 1) * (degree + 1),
            radial,
        }
    }

    /// Adds to `sums`, one feature for each target of the part.
    #[inline(always)]
    pub(super) fn forward<const FUSED: bool, const TILES: usize>(
        &self,
        turn: &Turn<T>,
        edges: Edges<'_, T>,
        desk: &mut Desk<T>,
        tape: &mut Tape<T>,
        sums: &mut [T],
    ) {
        let (c, size) = (self.channels, self.components * self.channels);
        let (sent, panel) = (&mut tape.sent, &mut desk.panel);
        self.radial.forward::<FUSED, TILES>(
            edges.lengths,
            &mut tape.radial,
            &mut desk.hidden,
            panel,
            sent,
        );
        let feature = room(&mut desk.feature, size);
        for (edge, sent) in tape.sent.chunks_exact(self.radial.outputs()).enumerate() {
            let envelope = edges.envelopes[edge] * T::of(1.0 / RESCALE);
            turn.off_edge::<FUSED>(edges.rotation(edge), envelope, sent, c, c, feature);
            let sum = &mut sums[edges.home(edge) * size..][..size];
            for (sum, value) in sum.iter_mut().zip(feature.iter()) {
                *sum += *value;
            }
        }
    }

    /// How the energy changes with the geometry, given the gradient with the sums at all atoms.
    #[inline(always)]
    pub(super) fn backward<const FUSED: bool, const TILES: usize>(
        &self,
        turn: &Turn<T>,
        edges: Edges<'_, T>,
        gradients: &[T],
        desk: &mut Desk<T>,
        tape: &Tape<T>,
        geometry: &mut Geometry<'_, T>,
    ) {
        let (c, size) = (self.channels, self.components * self.channels);
        let outputs = self.radial.outputs();
        let feature = room(&mut desk.feature, size);
        let g_sent = room(&mut desk.gradient, edges.len() * outputs);
        let share = T::of(1.0 / RESCALE);
        for edge in 0..edges.len() {
            let row = edge * outputs..(edge + 1) * outputs;
            let (sent, g_sent) = (&tape.sent[row.clone()], &mut g_sent[row]);
            let (rotation, envelope) = (edges.rotation(edge), share * edges.envelopes[edge]);
            let gradient = &gradients[edges.target[edge] as usize * size..][..size];
            turn.off_edge::<FUSED>(rotation, envelope, sent, c, c, feature);
            turn.add_torque::<FUSED>(T::ONE, gradient, feature, c, &mut geometry.torques[edge]);
            turn.onto_edge::<FUSED>(rotation, gradient, c, g_sent, c);
            let slope = share * edges.envelope_slopes[edge];
            geometry.slopes[edge] += slope * dot::<T, FUSED>(g_sent, sent);
            g_sent.iter_mut().for_each(|g| *g = *g * envelope);
        }
        self.radial.backward::<FUSED, TILES>(
            edges.lengths,
            &tape.radial,
            &desk.gradient,
            &mut desk.hidden,
            &mut desk.panel,
            geometry.slopes,
        );
    }
}
