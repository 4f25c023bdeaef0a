//! Messages along edges as tensors, some edges at a time.

use std::ops::Range;

use super::Tensor;
use super::chunk::Chunk;
use super::edge_degree::EdgeDegree;
use super::edges::TensorEdges;
use super::message::{self, Message};
use super::place::Place;
use super::pull::generators;
use crate::checkpoint::Configuration;
use crate::distance::Gaussians;
use crate::graph::Graph;
use crate::harmonics::Harmonics;
use crate::parameters::Parameters;
use crate::real::Real;

/// How much memory the edges may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Memory {
    /// Edges that are worked on together, unless one atom alone has more. With fewer, it takes less
    /// memory and longer.
    pub(crate) edges_at_a_time: usize,
    /// Whether the forward keeps for the backward what it made along edges; else it is made again.
    pub(crate) keep: bool,
}

/// The layers along edges.
#[derive(Clone, Debug)]
pub(super) struct Messages {
    pub(super) degree: EdgeDegree,
    pub(super) layers: Vec<Message>,
    gaussians: Gaussians,
    harmonics: Harmonics,
    pub(super) generators: Tensor<2>,
    place: Place,
}

/// What the backward needs of a layer and a chunk.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) gathered: Tensor<3>,
    pub(super) sent: Tensor<3>,
    pub(super) message: message::Kept,
}

impl Messages {
    pub(super) fn new<T: Real>(
        parameters: &Parameters<T>,
        configuration: &Configuration,
        harmonics: &Harmonics,
        place: &Place,
    ) -> Messages {
        let shared = &parameters.shared;
        let layers = shared.layers.iter().zip(&parameters.convolutions);
        let layer = |(layer, convolutions)| {
            Message::new(shared, layer, convolutions, configuration, harmonics, place)
        };
        Messages {
            degree: EdgeDegree::new(shared, configuration, harmonics, place),
            layers: layers.map(layer).collect(),
            gaussians: Gaussians {
                count: configuration.distances,
                cutoff: configuration.cutoff,
            },
            harmonics: harmonics.clone(),
            generators: generators(harmonics, place),
            place: place.clone(),
        }
    }

    /// The edges of a graph, of which there is at least one, between atoms of these numbers.
    pub(super) fn edges<'a>(
        &'a self,
        graph: &'a Graph,
        numbers: &[u8],
        memory: Memory,
    ) -> TensorEdges<'a> {
        let chunk = |atoms: Range<usize>| {
            Chunk::new(
                graph,
                atoms,
                numbers,
                self.gaussians,
                &self.harmonics,
                &self.place,
            )
        };
        let chunks: Vec<Chunk> = parts(&graph.into, memory.edges_at_a_time)
            .map(chunk)
            .collect();
        TensorEdges::new(self, graph, chunks, memory.keep)
    }

    /// What the edges say in a layer, if these are the features of all atoms.
    pub(super) fn forward(&self, layer: usize, edges: &Chunk, features: &Tensor<3>) -> Kept {
        let gathered = edges.gather(features);
        let rotated = edges.rotate(gathered.clone());
        let (sent, message) = self.layers[layer].forward(edges, rotated);
        Kept {
            gathered,
            sent,
            message,
        }
    }
}

/// The atoms in parts, each with at least one edge into it, and at most so many, unless one atom alone
/// has more.
fn parts(into: &[u32], edges_at_a_time: usize) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    let atoms = into.len() - 1;
    std::iter::from_fn(move || {
        let first = start;
        let edges = |end: usize| (into[end] - into[first]) as usize;
        let fits = |atom: usize| {
            let (before, behind) = (edges(atom), edges(atom + 1));
            before == 0 || behind == before || behind <= edges_at_a_time
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
    fn parts_have_edges_and_no_more_than_are_allowed_unless_one_atom_has() {
        let parts = |into: &[u32], most| parts(into, most).collect::<Vec<_>>();
        // Edges into the atoms: 0, 2, 3, 0, 7, 0, 1.
        let into = [0, 0, 2, 5, 5, 12, 12, 13];
        assert_eq!(parts(&into, usize::MAX), vec![Range { start: 0, end: 7 }]);
        assert_eq!(parts(&into, 5), [0..4, 4..6, 6..7]);
        assert_eq!(parts(&into, 8), [0..4, 4..7]);
        assert_eq!(parts(&into, 1), [0..2, 2..4, 4..6, 6..7]);
    }
}
