//! What an atom's features are before any message: what is around it.
//!
//! fairchem: `EdgeDegreeEmbedding`.

use super::Tensor;
use super::chunk::Chunk;
use super::place::Place;
use super::pull::Pull;
use super::radial::{self, Radial};
use crate::checkpoint::Configuration;
use crate::harmonics::Harmonics;
use crate::parameters::Shared;
use crate::real::Real;

/// What sums over neighbors are divided by.
const NEIGHBORS: f64 = 5.0;

/// A message of the distance and the elements alone, so of order 0.
#[derive(Clone, Debug)]
pub(super) struct EdgeDegree {
    pub(super) radial: Radial,
    /// Rows of order 0, L + 1, and of all orders, K.
    rows: [usize; 2],
    place: Place,
}

/// What the backward needs.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    messages: Tensor<3>,
    radial: radial::Kept,
}

impl EdgeDegree {
    pub(super) fn new<T: Real>(
        shared: &Shared<T>,
        configuration: &Configuration,
        harmonics: &Harmonics,
        place: &Place,
    ) -> EdgeDegree {
        EdgeDegree {
            radial: Radial::new(&shared.edge_degree, shared, configuration.distances, place),
            rows: [harmonics.degree + 1, harmonics.along_edge.len()],
            place: place.clone(),
        }
    }

    /// What the atoms of these edges hear: [atoms, S, C].
    pub(super) fn forward(&self, edges: &Chunk) -> (Tensor<3>, Kept) {
        let [zero, all] = self.rows;
        let (numbers, radial) = self.radial.forward(edges);
        let [count, numbers_of_each] = numbers.dims();
        let channels = numbers_of_each / zero;
        let messages = numbers
            .reshape([count, zero, channels])
            .div_scalar(NEIGHBORS);
        let rest = self.place.zeros([count, all - zero, channels]);
        let messages = Tensor::cat(vec![messages, rest], 1);
        (edges.send(messages.clone()), Kept { messages, radial })
    }

    /// Adds to the pull of the edges, from the gradient of what all atoms hear.
    pub(super) fn backward(&self, edges: &Chunk, heard: &Tensor<3>, kept: Kept, pull: &mut Pull) {
        let messages = edges.send_backward(heard, kept.messages, pull);
        let [count, _, channels] = messages.dims();
        let zero = self.rows[0];
        let numbers = messages.slice([0..count, 0..zero, 0..channels]);
        let numbers = numbers
            .reshape([count, zero * channels])
            .div_scalar(NEIGHBORS);
        pull.stretch(self.radial.backward(edges, numbers, kept.radial));
    }
}
