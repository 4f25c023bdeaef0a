//! The part of the network on edges, and the chunks that its edges are computed in.

use std::ops::Range;

use super::chunk::Chunk;
use super::edge_degree_embedding::EdgeDegreeEmbedding;
use super::edgewise::{Edgewise, SavedEdgewise};
use super::geometry_gradient::generators;
use super::tensor::{Tensor, TensorReal};
use super::tensor_options::TensorOptions;
use crate::checkpoint::Configuration;
use crate::distance::Gaussians;
use crate::graph::Graph;
use crate::harmonics::Harmonics;
use crate::parameters::Parameters;

/// The edge degree embedding and the edgewise layer of each block.
#[derive(Clone, Debug)]
pub(crate) struct EdgeLayers {
    pub(crate) edge_degree: EdgeDegreeEmbedding,
    pub(crate) edgewise: Vec<Edgewise>,
    gaussians: Gaussians,
    harmonics: Harmonics,
    /// `[S·S, 3]`.
    pub(crate) generators: Tensor<2>,
    options: TensorOptions,
}

/// Activations of one block and chunk for the backward pass.
#[derive(Clone, Debug)]
pub(crate) struct SavedMessages {
    /// `[E, S, 2C]`.
    pub(crate) gathered: Tensor<3>,
    /// `[E, K, C]`.
    pub(crate) messages: Tensor<3>,
    pub(crate) edgewise: SavedEdgewise,
}

impl EdgeLayers {
    pub(crate) fn new<T: TensorReal>(
        parameters: &Parameters<T>,
        configuration: &Configuration,
        harmonics: &Harmonics,
        options: &TensorOptions,
    ) -> EdgeLayers {
        let shared = &parameters.shared;
        let blocks = shared.blocks.iter().zip(&parameters.edgewise);
        let edgewise = |(block, edgewise)| {
            Edgewise::new(shared, block, edgewise, configuration, harmonics, options)
        };
        EdgeLayers {
            edge_degree: EdgeDegreeEmbedding::new(shared, configuration, harmonics, options),
            edgewise: blocks.map(edgewise).collect(),
            gaussians: Gaussians {
                count: configuration.distances,
                cutoff: configuration.cutoff,
            },
            harmonics: harmonics.clone(),
            generators: generators(harmonics, options),
            options: options.clone(),
        }
    }

    /// The edges of a graph of atoms with these atomic numbers, in chunks.
    pub(crate) fn chunks(
        &self,
        graph: &Graph,
        numbers: &[u8],
        edges_per_chunk: usize,
    ) -> Vec<Chunk> {
        let chunk = |atoms: Range<usize>| {
            Chunk::new(
                graph,
                atoms,
                numbers,
                self.gaussians,
                &self.harmonics,
                &self.options,
            )
        };
        chunk_atoms(&graph.target_offsets, edges_per_chunk)
            .map(chunk)
            .collect()
    }

    /// The messages of one block along a chunk of edges, from the features of all atoms, `[N, S, C]`.
    pub(crate) fn forward(
        &self,
        block: usize,
        edges: &Chunk,
        features: &Tensor<3>,
    ) -> SavedMessages {
        let gathered = edges.gather(features);
        let rotated = edges.rotation.to_edge(gathered.clone());
        let (messages, edgewise) = self.edgewise[block].forward(edges, rotated);
        SavedMessages {
            gathered,
            messages,
            edgewise,
        }
    }
}

/// Ranges of atoms with at least one edge into each range and at most `edges_per_chunk`, unless one
/// atom alone has more. Edges into atom i start at `target_offsets[i]`.
fn chunk_atoms(
    target_offsets: &[u32],
    edges_per_chunk: usize,
) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    let atoms = target_offsets.len() - 1;
    std::iter::from_fn(move || {
        let first = start;
        let edges = |end: usize| (target_offsets[end] - target_offsets[first]) as usize;
        let fits = |atom: usize| {
            let (before, after) = (edges(atom), edges(atom + 1));
            before == 0 || after == before || after <= edges_per_chunk
        };
        while start < atoms && fits(start) {
            start += 1;
        }
        (start > first).then_some(first..start)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_have_edges_and_at_most_the_limit_unless_one_atom_has_more() {
        let chunks = |offsets: &[u32], limit| chunk_atoms(offsets, limit).collect::<Vec<_>>();
        // Edges into the atoms: 0, 2, 3, 0, 7, 0, 1.
        let offsets = [0, 0, 2, 5, 5, 12, 12, 13];
        assert_eq!(
            chunks(&offsets, usize::MAX),
            vec![Range { start: 0, end: 7 }]
        );
        assert_eq!(chunks(&offsets, 5), [0..4, 4..6, 6..7]);
        assert_eq!(chunks(&offsets, 8), [0..4, 4..7]);
        assert_eq!(chunks(&offsets, 1), [0..2, 2..4, 4..6, 6..7]);
    }
}
