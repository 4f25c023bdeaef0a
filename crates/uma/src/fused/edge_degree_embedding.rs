//! Edge degree embedding: the features of an atom before the first block, from its neighborhood.
//!
//! fairchem: `EdgeDegreeEmbedding`.

use super::chunk::ChunkEdges;
use super::geometry_gradient::GeometryGradient;
use super::radial::RadialMlp;
use super::saved::SavedMessages;
use super::scatter::Scatter;
use super::scratch::Scratch;
use crate::parameters::SharedParameters;
use crate::real::Real;

/// Divisor of the sum over edges, about their number per atom in pre-training (fairchem
/// `rescale_factor`).
const RESCALE_FACTOR: f64 = 5.0;

/// x = Σ over edges Dᵀ [w(d); 0] / 5: messages of order 0, from length and elements alone.
#[derive(Clone, Debug)]
pub(crate) struct EdgeDegreeEmbedding<T> {
    radial: RadialMlp<T>,
    scatter: Scatter<T>,
}

impl<T: Real> EdgeDegreeEmbedding<T> {
    /// The embedding into features up to degree `lmax`.
    pub(crate) fn new(shared: &SharedParameters<T>, lmax: usize) -> EdgeDegreeEmbedding<T> {
        let radial = RadialMlp::new(
            &shared.edge_degree,
            &shared.source_embedding,
            &shared.target_embedding,
        );
        EdgeDegreeEmbedding {
            scatter: Scatter {
                channels: radial.outputs() / (lmax + 1),
                components: (lmax + 1) * (lmax + 1),
                scale: T::from_f64(1.0 / RESCALE_FACTOR),
            },
            radial,
        }
    }

    /// Adds to `sums`, `[targets of the chunk, S, C]`.
    pub(crate) fn forward(
        &self,
        edges: ChunkEdges<'_, T>,
        scratch: &mut Scratch<T>,
        saved: &mut SavedMessages<T>,
        sums: &mut [T],
    ) {
        if edges.len() == 0 {
            return;
        }
        let messages = &mut saved.messages;
        self.radial.forward(
            edges.radial,
            &mut saved.radial,
            &mut scratch.hidden,
            messages,
        );
        self.scatter
            .forward(edges, &saved.messages, &mut scratch.feature, sums);
    }

    /// Adds to the gradient of the geometry, from dE/dsums at all atoms, `[N, S, C]`.
    pub(crate) fn backward(
        &self,
        edges: ChunkEdges<'_, T>,
        grad_sums: &[T],
        scratch: &mut Scratch<T>,
        saved: &SavedMessages<T>,
        geometry: &mut GeometryGradient<'_, T>,
    ) {
        if edges.len() == 0 {
            return;
        }
        self.scatter.backward(
            edges,
            &saved.messages,
            grad_sums,
            &mut scratch.feature,
            &mut scratch.gradient,
            geometry,
        );
        self.radial.backward(
            edges.radial,
            &saved.radial,
            &scratch.gradient,
            &mut scratch.hidden,
            geometry.slopes,
        );
    }
}
