//! The edges of one evaluation, chunk by chunk on all threads.

use std::ops::Range;

use glam::DVec3;
use rayon::prelude::*;

use super::chunk::{Chunk, batches, by_edge, by_target};
use super::edge_layers::EdgeLayers;
use super::edge_table::{EdgeTable, EdgeTableView};
use super::edgewise::EdgewiseGradients;
use super::geometry_gradient::GeometryGradient;
use super::saved::SavedMessages;
use super::scratch::ScratchPool;
use crate::distance;
use crate::graph::Graph;
use crate::real::Real;
use mlipview_core::potential::simd::{add, dispatch};

/// The edges of one evaluation, called in this order: [`edge_degree`](GraphEdges::edge_degree),
/// `edgewise` for each block, `edgewise_backward` for each block in reverse,
/// `edge_degree_backward`, `gradients`.
///
/// Features are `[N, S, C]`.
pub(crate) struct GraphEdges<'a, T> {
    layers: &'a mut EdgeLayers<T>,
    scratch: &'a ScratchPool<T>,
    graph: &'a Graph,
    chunks: Vec<Chunk>,
    table: EdgeTable<T>,
    /// By layer (the edge degree embedding first) and chunk.
    saved: Vec<Vec<SavedMessages<T>>>,
    save_activations: bool,
    /// The input of each block.
    features: Vec<Vec<T>>,
    /// The torque on each edge: `[E, 3]`.
    torques: Vec<[T; 3]>,
    /// dE/dd of each edge: `[E]`.
    slopes: Vec<T>,
}

impl<'a, T: Real> GraphEdges<'a, T> {
    /// The edges of a graph of atoms with these atomic numbers. With `save_activations`, those of
    /// the forward pass are kept for the backward pass, or else computed again.
    pub(crate) fn new(
        layers: &'a mut EdgeLayers<T>,
        graph: &'a Graph,
        numbers: &[u8],
        save_activations: bool,
        scratch: &'a ScratchPool<T>,
    ) -> GraphEdges<'a, T> {
        let mut saved = std::mem::take(&mut layers.saved);
        let chunks = Chunk::of(graph, rayon::current_num_threads());
        saved.resize_with(layers.edgewise.len() + 1, Vec::new);
        for saved in &mut saved {
            let count = if save_activations { chunks.len() } else { 0 };
            saved.resize_with(count, SavedMessages::default);
        }
        GraphEdges {
            features: vec![Vec::new(); layers.edgewise.len()],
            torques: vec![[T::ZERO; 3]; graph.len()],
            slopes: vec![T::ZERO; graph.len()],
            table: EdgeTable::new(&layers.harmonics, layers.gaussians, graph, numbers),
            chunks,
            saved,
            save_activations,
            graph,
            layers,
            scratch,
        }
    }

    /// The edge degree embedding of all atoms.
    pub(crate) fn edge_degree(&mut self) -> Vec<T> {
        let (layers, scratch) = (&*self.layers, self.scratch);
        let edges = view(layers, &self.table, self.graph);
        let mut sums = vec![T::ZERO; self.graph.atoms() * layers.feature];
        let jobs = self
            .chunks
            .iter()
            .zip(by_target(&mut sums, &self.chunks, layers.feature));
        let saved = optional(&mut self.saved[0], self.save_activations);
        let jobs: Vec<_> = jobs.zip(saved).collect();
        jobs.into_par_iter().for_each(|((chunk, sums), saved)| {
            let scratch = &mut *scratch.lock();
            let mut own = std::mem::take(&mut scratch.messages);
            let saved = saved.unwrap_or(&mut own);
            layers
                .edge_degree
                .forward(edges.chunk(chunk), scratch, saved, sums);
            scratch.messages = own;
        });
        sums
    }

    /// The sum of the messages of a block at each atom, from the features of all atoms.
    pub(crate) fn edgewise(&mut self, block: usize, features: Vec<T>) -> Vec<T> {
        self.features[block] = features;
        let (layers, scratch) = (&*self.layers, self.scratch);
        let features = &self.features[block];
        let edges = view(layers, &self.table, self.graph);
        let mut sums = vec![T::ZERO; features.len()];
        let jobs = self
            .chunks
            .iter()
            .zip(by_target(&mut sums, &self.chunks, layers.feature));
        let saved = optional(&mut self.saved[block + 1], self.save_activations);
        let jobs: Vec<_> = jobs.zip(saved).collect();
        jobs.into_par_iter().for_each(|((chunk, sums), saved)| {
            let scratch = &mut *scratch.lock();
            let mut own = std::mem::take(&mut scratch.messages);
            let saved = saved.unwrap_or(&mut own);
            let edgewise = &layers.edgewise[block];
            edgewise.forward(edges.chunk(chunk), features, scratch, saved, sums);
            scratch.messages = own;
        });
        sums
    }

    /// dE/dfeatures of a block from dE/dsums; adds to the gradient of the geometry.
    pub(crate) fn edgewise_backward(&mut self, block: usize, grad_sums: &[T]) -> Vec<T> {
        let (layers, scratch) = (&*self.layers, self.scratch);
        let features = std::mem::take(&mut self.features[block]);
        let edges = view(layers, &self.table, self.graph);
        let size = layers.feature;
        let mut result = vec![T::ZERO; grad_sums.len()];
        let mut at_sources = Vec::new();
        for batch in batches(&self.chunks) {
            let chunks = &self.chunks[batch.clone()];
            let (first, last) = (&chunks[0], &chunks[chunks.len() - 1]);
            let range = first.edges.start..last.edges.end;
            at_sources.resize(range.len() * size, T::ZERO);
            let targets = first.targets.start * size..last.targets.end * size;
            let jobs = chunks
                .iter()
                .zip(by_target(&mut result[targets], chunks, size));
            let jobs = jobs.zip(by_edge(&mut at_sources, chunks, size));
            let jobs = jobs.zip(by_edge(&mut self.torques[range.clone()], chunks, 1));
            let jobs = jobs.zip(by_edge(&mut self.slopes[range.clone()], chunks, 1));
            let saved = optional(&mut self.saved[block + 1], self.save_activations);
            let jobs: Vec<_> = jobs.zip(saved.skip(batch.start)).collect();
            jobs.into_par_iter().for_each(|(job, saved)| {
                let ((((chunk, at_targets), at_sources), torques), slopes) = job;
                let scratch = &mut *scratch.lock();
                let mut own = std::mem::take(&mut scratch.messages);
                let (edgewise, edges) = (&layers.edgewise[block], edges.chunk(chunk));
                if saved.is_none() {
                    edgewise.messages(edges, &features, scratch, &mut own);
                }
                let saved = saved.as_deref().unwrap_or(&own);
                let gradients = &mut EdgewiseGradients {
                    at_targets,
                    at_sources,
                    geometry: GeometryGradient { torques, slopes },
                };
                edgewise.backward(edges, &features, grad_sums, scratch, saved, gradients);
                scratch.messages = own;
            });
            add_at_sources(self.graph, range, &at_sources, size, &mut result);
        }
        result
    }

    /// Adds to the gradient of the geometry, from the gradient of the edge degree embedding.
    pub(crate) fn edge_degree_backward(&mut self, grad_sums: &[T]) {
        let (layers, scratch) = (&*self.layers, self.scratch);
        let edges = view(layers, &self.table, self.graph);
        let jobs = self
            .chunks
            .iter()
            .zip(by_edge(&mut self.torques, &self.chunks, 1));
        let jobs = jobs.zip(by_edge(&mut self.slopes, &self.chunks, 1));
        let saved = optional(&mut self.saved[0], self.save_activations);
        let jobs: Vec<_> = jobs.zip(saved).collect();
        jobs.into_par_iter()
            .for_each(|(((chunk, torques), slopes), saved)| {
                let scratch = &mut *scratch.lock();
                let mut own = std::mem::take(&mut scratch.messages);
                let (layer, edges) = (&layers.edge_degree, edges.chunk(chunk));
                if saved.is_none() {
                    let sums = &mut vec![T::ZERO; chunk.targets.len() * layers.feature];
                    layer.forward(edges, scratch, &mut own, sums);
                }
                let saved = saved.as_deref().unwrap_or(&own);
                let geometry = &mut GeometryGradient { torques, slopes };
                layer.backward(edges, grad_sums, scratch, saved, geometry);
                scratch.messages = own;
            });
    }

    /// dE/dvector of each edge, network units per Å.
    pub(crate) fn gradients(mut self) -> Vec<DVec3> {
        self.layers.saved = std::mem::take(&mut self.saved);
        let edges = self
            .graph
            .vectors
            .iter()
            .zip(&self.torques)
            .zip(&self.slopes);
        let gradient = |((vector, torque), slope): ((&DVec3, &[T; 3]), &T)| {
            distance::gradient(*vector, DVec3::from(torque.map(T::to_f64)), slope.to_f64())
        };
        edges.map(gradient).collect()
    }
}

fn view<'a, T>(
    layers: &'a EdgeLayers<T>,
    table: &'a EdgeTable<T>,
    graph: &'a Graph,
) -> EdgeTableView<'a, T> {
    EdgeTableView {
        table,
        graph,
        rotation: &layers.rotation,
        generators: &layers.generators,
    }
}

/// Adds dE/dfeatures of each edge of a range, `[range, S, C]`, to its source in `result`,
/// `[N, S, C]`.
fn add_at_sources<T: Real>(
    graph: &Graph,
    range: Range<usize>,
    at_sources: &[T],
    size: usize,
    result: &mut [T],
) {
    result
        .par_chunks_mut(size)
        .enumerate()
        .for_each(|(atom, sum)| {
            let outgoing =
                graph.source_offsets[atom] as usize..graph.source_offsets[atom + 1] as usize;
            let outgoing = &graph.by_source[outgoing];
            let first = outgoing.partition_point(|edge| (*edge as usize) < range.start);
            let in_range = outgoing[first..].iter().map(|edge| *edge as usize);
            for edge in in_range.take_while(|edge| *edge < range.end) {
                let values = &at_sources[(edge - range.start) * size..][..size];
                dispatch!(|_| add(sum, values));
            }
        });
}

/// The saved activations of each chunk, or `None` for each.
fn optional<T>(
    saved: &mut [SavedMessages<T>],
    save_activations: bool,
) -> Box<dyn Iterator<Item = Option<&mut SavedMessages<T>>> + '_> {
    if save_activations {
        Box::new(saved.iter_mut().map(Some))
    } else {
        Box::new(std::iter::repeat_with(|| None))
    }
}
