//! What happens between atoms: the part of an evaluation that is along edges.

use glam::DVec3;

use super::Tensor;
use super::chunk::Chunk;
use super::edge_degree;
use super::messages::{self, Messages};
use super::pull::Pull;
use crate::distance;
use crate::graph::Graph;

/// The edges of one evaluation, in parts, asked in this order: [`degree`](TensorEdges::degree),
/// `messages` for each layer, `messages_backward` for each layer in reverse, `degree_backward`,
/// `gradients`.
///
/// Features are [N, S, C]: atoms, components by degree, channels.
#[derive(Debug)]
pub(super) struct TensorEdges<'a> {
    weights: &'a Messages,
    graph: &'a Graph,
    keep: bool,
    pub(super) chunks: Vec<Chunk>,
    pulls: Vec<Pull>,
    /// Those of each layer that has not been gone back.
    features: Vec<Tensor<3>>,
    /// What was kept for each chunk, if it was.
    degree: Vec<edge_degree::Kept>,
    /// The same for each layer.
    layers: Vec<Vec<messages::Kept>>,
}

impl<'a> TensorEdges<'a> {
    /// The edges of a graph, all of them in these parts.
    pub(super) fn new(
        weights: &'a Messages,
        graph: &'a Graph,
        chunks: Vec<Chunk>,
        keep: bool,
    ) -> TensorEdges<'a> {
        TensorEdges {
            weights,
            graph,
            keep,
            pulls: vec![Pull::none(); chunks.len()],
            chunks,
            features: Vec::new(),
            degree: Vec::new(),
            layers: Vec::new(),
        }
    }

    /// What each atom hears of what is around it, before any message.
    pub(super) fn degree(&mut self) -> Tensor<3> {
        let mut heard = Vec::with_capacity(self.chunks.len());
        for chunk in &self.chunks {
            let (part, kept) = self.weights.degree.forward(chunk);
            heard.push(part);
            self.degree.extend(self.keep.then_some(kept));
        }
        Tensor::cat(heard, 0)
    }

    /// What each atom hears in a layer, if these are the features of all.
    pub(super) fn messages(&mut self, layer: usize, features: Tensor<3>) -> Tensor<3> {
        assert_eq!(layer, self.features.len(), "one layer after another");
        let mut heard = Vec::with_capacity(self.chunks.len());
        let mut all = Vec::new();
        for chunk in &self.chunks {
            let kept = self.weights.forward(layer, chunk, &features);
            heard.push(chunk.send(kept.sent.clone()));
            all.extend(self.keep.then_some(kept));
        }
        self.features.push(features);
        self.layers.push(all);
        Tensor::cat(heard, 0)
    }

    /// The gradient of the features of a layer from that of what was heard. What concerns the
    /// geometry is kept.
    pub(super) fn messages_backward(&mut self, layer: usize, heard: Tensor<3>) -> Tensor<3> {
        assert_eq!(
            layer + 1,
            self.features.len(),
            "one layer after another, backward"
        );
        let features = self.features.split_off(layer).remove(0);
        let mut kept = self.layers.split_off(layer).remove(0).into_iter();
        let mut sources: Option<Tensor<3>> = None;
        let mut targets = Vec::with_capacity(self.chunks.len());
        for (chunk, pull) in self.chunks.iter().zip(&mut self.pulls) {
            let again = || self.weights.forward(layer, chunk, &features);
            let kept = kept.next().unwrap_or_else(again);
            let sent = chunk.send_backward(&heard, kept.sent, pull);
            let message = &self.weights.layers[layer];
            let (rotated, slope) = message.backward(chunk, sent, kept.message);
            pull.stretch(slope);
            let [source, target] = chunk.gather_backward(kept.gathered, rotated, pull);
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

    /// Keeps what concerns the geometry, from the gradient of what was heard first.
    pub(super) fn degree_backward(&mut self, heard: Tensor<3>) {
        let mut kept = std::mem::take(&mut self.degree).into_iter();
        for (chunk, pull) in self.chunks.iter().zip(&mut self.pulls) {
            let again = || self.weights.degree.forward(chunk).1;
            let kept = kept.next().unwrap_or_else(again);
            self.weights.degree.backward(chunk, &heard, kept, pull);
        }
    }

    /// The gradient with respect to the vector of each edge, network's units per Å.
    pub(super) fn gradients(self) -> Vec<DVec3> {
        let generators = &self.weights.generators;
        let each = self.chunks.iter().zip(self.pulls);
        let parts =
            each.filter_map(|(chunk, pull)| pull.torque_and_slope(&chunk.rotation, generators));
        let numbers: Vec<f64> = parts.flat_map(super::numbers).collect();
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
