//! Edge degree embedding: the features of an atom before the first block, from its neighborhood.
//!
//! fairchem: `EdgeDegreeEmbedding`.

use super::chunk::Chunk;
use super::geometry_gradient::GeometryGradient;
use super::radial::{RadialMlp, SavedRadial};
use super::tensor::{Tensor, TensorReal};
use super::tensor_options::TensorOptions;
use crate::checkpoint::Configuration;
use crate::harmonics::Harmonics;
use crate::parameters::SharedParameters;

/// Divisor of the sum over edges, about their number per atom in pre-training (fairchem
/// `rescale_factor`).
const RESCALE_FACTOR: f64 = 5.0;

/// x = Σ over edges Dᵀ [w(d); 0] / 5: messages of order 0, from length and elements alone.
#[derive(Clone, Debug)]
pub(crate) struct EdgeDegreeEmbedding {
    pub(crate) radial: RadialMlp,
    /// Rows of order 0, L + 1.
    rows_of_order_0: usize,
    /// Rows of all orders, K.
    rows: usize,
    options: TensorOptions,
}

/// Activations for the backward pass.
#[derive(Clone, Debug)]
pub(crate) struct SavedEdgeDegree {
    /// `[E, K, C]`.
    messages: Tensor<3>,
    radial: SavedRadial,
}

impl EdgeDegreeEmbedding {
    pub(crate) fn new<T: TensorReal>(
        shared: &SharedParameters<T>,
        configuration: &Configuration,
        harmonics: &Harmonics,
        options: &TensorOptions,
    ) -> EdgeDegreeEmbedding {
        EdgeDegreeEmbedding {
            radial: RadialMlp::new(
                &shared.edge_degree,
                shared,
                configuration.distances,
                options,
            ),
            rows_of_order_0: harmonics.lmax + 1,
            rows: harmonics.along_edge.len(),
            options: options.clone(),
        }
    }

    /// The sums at the targets of these edges: `[atoms of the chunk, S, C]`.
    pub(crate) fn forward(&self, edges: &Chunk) -> (Tensor<3>, SavedEdgeDegree) {
        let (weights, radial) = self.radial.forward(edges);
        let [count, outputs] = weights.dims();
        let channels = outputs / self.rows_of_order_0;
        let messages = weights
            .reshape([count, self.rows_of_order_0, channels])
            .div_scalar(RESCALE_FACTOR);
        let rest = [count, self.rows - self.rows_of_order_0, channels];
        let messages = Tensor::cat(vec![messages, self.options.zeros(rest)], 1);
        let sums = edges.scatter(messages.clone());
        (sums, SavedEdgeDegree { messages, radial })
    }

    /// Adds to the gradient of the geometry, from dE/dsums at all atoms, `[N, S, C]`.
    pub(crate) fn backward(
        &self,
        edges: &Chunk,
        grad_sums: &Tensor<3>,
        saved: SavedEdgeDegree,
        geometry: &mut GeometryGradient,
    ) {
        let grad_messages = edges.scatter_backward(grad_sums, saved.messages, geometry);
        let [count, _, channels] = grad_messages.dims();
        let grad_weights = grad_messages.slice([0..count, 0..self.rows_of_order_0, 0..channels]);
        let grad_weights = grad_weights
            .reshape([count, self.rows_of_order_0 * channels])
            .div_scalar(RESCALE_FACTOR);
        geometry.add_distance(self.radial.backward(edges, grad_weights, saved.radial));
    }
}
