//! Activation checkpointing: whether activations are saved for the backward pass or computed again.

use crate::checkpoint::Configuration;
use crate::graph::Graph;
use crate::harmonics::Harmonics;

/// Maximum size of saved activations, bytes. Beyond it they are computed again, which takes
/// about 50 % more time.
const MAX_BYTES: usize = 2 << 30;

/// Whether the activations along all edges of a graph are saved. A number takes `number_size` bytes.
pub(crate) fn fits(
    graph: &Graph,
    configuration: &Configuration,
    harmonics: &Harmonics,
    number_size: usize,
) -> bool {
    let along = harmonics.along_edge.len();
    let numbers_of_edge = (configuration.lmax + along) * configuration.hidden_channels
        + 3 * along * configuration.sphere_channels
        + 2 * configuration.edge_channels;
    graph.len() * configuration.layers * numbers_of_edge * number_size <= MAX_BYTES
}
