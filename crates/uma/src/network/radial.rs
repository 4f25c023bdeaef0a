//! The network of an edge's length and elements, and how its results change with the length.
//!
//! fairchem: `RadialMLP`. Its first layer is linear in [Gaussians | source | target], so what the
//! elements add is in two tables, made once.

use super::Tensor;
use super::chunk::Chunk;
use super::layer_norm::{self, LayerNorm};
use super::linear::Linear;
use super::place::Place;
use super::silu::{self, silu};
use crate::parameters::{self, Shared};
use crate::real::Real;

/// Linear, norm, SiLU, linear, norm, SiLU, linear.
#[derive(Clone, Debug)]
pub(super) struct Radial {
    /// What the Gaussians are multiplied with.
    gaussians: Linear,
    /// What each element adds as source: [elements, hidden].
    sources: Tensor<2>,
    /// What each element adds as target, and the bias: [elements, hidden].
    targets: Tensor<2>,
    first_norm: LayerNorm,
    second: Linear,
    second_norm: LayerNorm,
    last: Linear,
}

/// What the backward needs.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    first_norm: layer_norm::Kept,
    /// What the SiLUs are taken of.
    first: Tensor<2>,
    second_norm: layer_norm::Kept,
    second: Tensor<2>,
}

impl Radial {
    pub(super) fn new<T: Real>(
        radial: &parameters::Radial<T>,
        shared: &Shared<T>,
        distances: usize,
        place: &Place,
    ) -> Radial {
        let first = &radial.first;
        let channels = (first.inputs - distances) / 2;
        let elements = shared.source.len() / channels;
        let weight = place.tensor(first.weight.clone(), [first.outputs, first.inputs]);
        let columns = |start: usize, width: usize| {
            weight
                .clone()
                .slice([0..first.outputs, start..start + width])
        };
        let table = |embedding: &[T], start: usize| {
            let embedding = place.tensor(embedding.to_vec(), [elements, channels]);
            embedding.matmul(columns(start, channels).transpose())
        };
        let bias = place.tensor(first.bias.clone(), [1, first.outputs]);
        Radial {
            gaussians: Linear::of(columns(0, distances)),
            sources: table(&shared.source, distances),
            targets: table(&shared.target, distances + channels) + bias,
            first_norm: LayerNorm::new(&radial.first_norm, place),
            second: Linear::new(&radial.second, place),
            second_norm: LayerNorm::new(&radial.second_norm, place),
            last: Linear::new(&radial.last, place),
        }
    }

    /// For each edge its numbers: [E, outputs].
    pub(super) fn forward(&self, edges: &Chunk) -> (Tensor<2>, Kept) {
        let sources = self
            .sources
            .clone()
            .select(0, edges.source_elements.clone());
        let targets = self
            .targets
            .clone()
            .select(0, edges.target_elements.clone());
        let first = self.gaussians.forward(edges.gaussians.clone()) + sources + targets;
        let (first, first_norm) = self.first_norm.forward(first);
        let second = self.second.forward(silu(first.clone()));
        let (second, second_norm) = self.second_norm.forward(second);
        let y = self.last.forward(silu(second.clone()));
        let kept = Kept {
            first_norm,
            first,
            second_norm,
            second,
        };
        (y, kept)
    }

    /// The slope along each edge, [E, 1], from the gradient of its numbers.
    pub(super) fn backward(&self, edges: &Chunk, y: Tensor<2>, kept: Kept) -> Tensor<2> {
        let second = self.last.backward(y) * silu::slope(kept.second);
        let second = self.second_norm.backward(second, kept.second_norm);
        let first = self.second.backward(second) * silu::slope(kept.first);
        let first = self.first_norm.backward(first, kept.first_norm);
        let gaussians = self.gaussians.backward(first);
        (gaussians * edges.gaussian_slopes.clone()).sum_dim(1)
    }
}
