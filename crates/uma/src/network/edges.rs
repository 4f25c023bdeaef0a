//! The edges of one evaluation, chunk by chunk.

use glam::DVec3;

use super::chunk::Chunk;
use super::edge_degree_embedding::SavedEdgeDegree;
use super::edge_layers::{EdgeLayers, SavedMessages};
use super::geometry_gradient::GeometryGradient;
use super::tensor::{self, Tensor};
use crate::distance;
use crate::graph::Graph;

/// Memory use: the size of chunks, and whether activations are saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MemoryOptions {
    /// Edges that are computed together, unless one atom alone has more. Fewer edges take less
    /// memory and more time.
    pub(crate) edges_per_chunk: usize,
    /// Whether the activations along edges are saved for the backward pass, or computed again.
    pub(crate) save_activations: bool,
}

/// The edges of one evaluation, called in this order: [`edge_degree`](GraphEdges::edge_degree),
/// `edgewise` for each block, `edgewise_backward` for each block in reverse,
/// `edge_degree_backward`, `gradients`.
///
/// Features are `[N, S, C]`.
#[derive(Debug)]
pub(crate) struct GraphEdges<'a> {
    layers: &'a EdgeLayers,
    graph: &'a Graph,
    save_activations: bool,
    pub(crate) chunks: Vec<Chunk>,
    geometry: Vec<GeometryGradient>,
    /// The input of each block before its backward pass.
    features: Vec<Tensor<3>>,
    /// For each chunk, if saved.
    edge_degree: Vec<SavedEdgeDegree>,
    /// For each block and chunk, if saved.
    edgewise: Vec<Vec<SavedMessages>>,
}

impl<'a> GraphEdges<'a> {
    /// The edges of a graph with at least one edge, between atoms of these atomic numbers.
    pub(crate) fn new(
        layers: &'a EdgeLayers,
        graph: &'a Graph,
        numbers: &[u8],
        memory: MemoryOptions,
    ) -> GraphEdges<'a> {
        let chunks = layers.chunks(graph, numbers, memory.edges_per_chunk);
        GraphEdges {
            layers,
            graph,
            save_activations: memory.save_activations,
            geometry: vec![GeometryGradient::zero(); chunks.len()],
            chunks,
            features: Vec::new(),
            edge_degree: Vec::new(),
            edgewise: Vec::new(),
        }
    }

    /// The edge degree embedding of all atoms.
    pub(crate) fn edge_degree(&mut self) -> Tensor<3> {
        let mut sums = Vec::with_capacity(self.chunks.len());
        for chunk in &self.chunks {
            let (part, saved) = self.layers.edge_degree.forward(chunk);
            sums.push(part);
            self.edge_degree
                .extend(self.save_activations.then_some(saved));
        }
        Tensor::cat(sums, 0)
    }

    /// The sum of the messages of a block at each atom, from the features of all atoms.
    pub(crate) fn edgewise(&mut self, block: usize, features: Tensor<3>) -> Tensor<3> {
        assert_eq!(block, self.features.len(), "blocks in order");
        let mut sums = Vec::with_capacity(self.chunks.len());
        let mut all = Vec::new();
        for chunk in &self.chunks {
            let saved = self.layers.forward(block, chunk, &features);
            sums.push(chunk.scatter(saved.messages.clone()));
            all.extend(self.save_activations.then_some(saved));
        }
        self.features.push(features);
        self.edgewise.push(all);
        Tensor::cat(sums, 0)
    }

    /// dE/dfeatures of a block from dE/dsums; adds to the gradient of the geometry.
    pub(crate) fn edgewise_backward(&mut self, block: usize, grad_sums: Tensor<3>) -> Tensor<3> {
        assert_eq!(block + 1, self.features.len(), "blocks in reverse order");
        let features = self.features.split_off(block).remove(0);
        let mut saved = self.edgewise.split_off(block).remove(0).into_iter();
        let mut sources: Option<Tensor<3>> = None;
        let mut targets = Vec::with_capacity(self.chunks.len());
        for (chunk, geometry) in self.chunks.iter().zip(&mut self.geometry) {
            let again = || self.layers.forward(block, chunk, &features);
            let saved = saved.next().unwrap_or_else(again);
            let grad_messages = chunk.scatter_backward(&grad_sums, saved.messages, geometry);
            let edgewise = &self.layers.edgewise[block];
            let (grad_rotated, slope) = edgewise.backward(chunk, grad_messages, saved.edgewise);
            geometry.add_distance(slope);
            let [source, target] = chunk.gather_backward(saved.gathered, grad_rotated, geometry);
            sources = Some(match sources {
                Some(sum) => sum + source,
                None => source,
            });
            targets.push(target);
        }
        let targets = Tensor::cat(targets, 0);
        match sources {
            Some(sources) => sources + targets,
            None => targets,
        }
    }

    /// Adds to the gradient of the geometry, from the gradient of the edge degree embedding.
    pub(crate) fn edge_degree_backward(&mut self, grad_sums: Tensor<3>) {
        let mut saved = std::mem::take(&mut self.edge_degree).into_iter();
        for (chunk, geometry) in self.chunks.iter().zip(&mut self.geometry) {
            let again = || self.layers.edge_degree.forward(chunk).1;
            let saved = saved.next().unwrap_or_else(again);
            self.layers
                .edge_degree
                .backward(chunk, &grad_sums, saved, geometry);
        }
    }

    /// dE/dvector of each edge, network units per Å.
    pub(crate) fn gradients(self) -> Vec<DVec3> {
        let generators = &self.layers.generators;
        let each = self.chunks.iter().zip(self.geometry);
        let parts = each.filter_map(|(chunk, geometry)| {
            geometry.torque_and_slope(&chunk.rotation.matrix, generators)
        });
        let numbers: Vec<f64> = parts.flat_map(tensor::to_vec).collect();
        let (numbers, _) = numbers.as_chunks::<4>();
        let gradient = |(vector, [x, y, z, slope]): (&DVec3, &[f64; 4])| {
            distance::gradient(*vector, DVec3::new(*x, *y, *z), *slope)
        };
        self.graph
            .vectors
            .iter()
            .zip(numbers)
            .map(gradient)
            .collect()
    }
}
