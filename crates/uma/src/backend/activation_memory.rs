//! Whether the activations of a forward pass fit in memory until the backward pass.

use crate::checkpoint::Configuration;
use crate::graph::Graph;
use crate::harmonics::Harmonics;

/// Maximum size of saved activations, bytes. Beyond it they are computed again, in half as much time
/// again.
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
