//! The radial network: from an edge's length and elements to the radial weights of its message.
//!
//! fairchem: `RadialMLP`. Its first layer is linear in [Gaussians | source | target], so the
//! contributions of the elements are two tables, computed once.

use super::chunk::Chunk;
use super::layer_norm::{LayerNorm, SavedLayerNorm};
use super::linear::Linear;
use super::silu::{silu, silu_slope};
use super::tensor::{Tensor, TensorReal};
use super::tensor_options::TensorOptions;
use crate::parameters::{RadialParameters, SharedParameters};

/// w = W₃ h₂ + b₃ with hᵢ = SiLU(norm(Wᵢ hᵢ₋₁ + bᵢ)), h₀ = [Gaussians | source | target].
#[derive(Clone, Debug)]
pub(crate) struct RadialMlp {
    /// The columns of W₁ for the Gaussians.
    gaussians: Linear,
    /// W₁ times the source embedding: `[elements, hidden]`.
    sources: Tensor<2>,
    /// W₁ times the target embedding, plus b₁: `[elements, hidden]`.
    targets: Tensor<2>,
    norm_1: LayerNorm,
    linear_2: Linear,
    norm_2: LayerNorm,
    linear_3: Linear,
}

/// Activations for the backward pass; the inputs of the SiLUs are `[E, hidden]`.
#[derive(Clone, Debug)]
pub(crate) struct SavedRadial {
    norm_1: SavedLayerNorm,
    normed_1: Tensor<2>,
    norm_2: SavedLayerNorm,
    normed_2: Tensor<2>,
}

impl RadialMlp {
    /// The network for distances expanded in `gaussians` Gaussians.
    pub(crate) fn new<T: TensorReal>(
        radial: &RadialParameters<T>,
        shared: &SharedParameters<T>,
        gaussians: usize,
        options: &TensorOptions,
    ) -> RadialMlp {
        let linear_1 = &radial.linear_1;
        let channels = (linear_1.inputs - gaussians) / 2;
        let elements = shared.source_embedding.len() / channels;
        let weight = options.tensor(linear_1.weight.clone(), [linear_1.outputs, linear_1.inputs]);
        let columns = |start: usize, width: usize| {
            weight
                .clone()
                .slice([0..linear_1.outputs, start..start + width])
        };
        let table = |embedding: &[T], start: usize| {
            let embedding = options.tensor(embedding.to_vec(), [elements, channels]);
            embedding.matmul(columns(start, channels).transpose())
        };
        let bias = options.tensor(linear_1.bias.clone(), [1, linear_1.outputs]);
        RadialMlp {
            gaussians: Linear::without_bias(columns(0, gaussians)),
            sources: table(&shared.source_embedding, gaussians),
            targets: table(&shared.target_embedding, gaussians + channels) + bias,
            norm_1: LayerNorm::new(&radial.norm_1, options),
            linear_2: Linear::new(&radial.linear_2, options),
            norm_2: LayerNorm::new(&radial.norm_2, options),
            linear_3: Linear::new(&radial.linear_3, options),
        }
    }

    /// The radial weights of each edge: `[E, outputs]`.
    pub(crate) fn forward(&self, edges: &Chunk) -> (Tensor<2>, SavedRadial) {
        let sources = self
            .sources
            .clone()
            .select(0, edges.source_elements.clone());
        let targets = self
            .targets
            .clone()
            .select(0, edges.target_elements.clone());
        let hidden_1 = self.gaussians.forward(edges.gaussians.clone()) + sources + targets;
        let (normed_1, norm_1) = self.norm_1.forward(hidden_1);
        let hidden_2 = self.linear_2.forward(silu(normed_1.clone()));
        let (normed_2, norm_2) = self.norm_2.forward(hidden_2);
        let weights = self.linear_3.forward(silu(normed_2.clone()));
        let saved = SavedRadial {
            norm_1,
            normed_1,
            norm_2,
            normed_2,
        };
        (weights, saved)
    }

    /// dE/dd of each edge, `[E, 1]`, from dE/dweights, `[E, outputs]`.
    pub(crate) fn backward(
        &self,
        edges: &Chunk,
        grad_weights: Tensor<2>,
        saved: SavedRadial,
    ) -> Tensor<2> {
        let g = self.linear_3.backward(grad_weights) * silu_slope(saved.normed_2);
        let g = self.norm_2.backward(g, saved.norm_2);
        let g = self.linear_2.backward(g) * silu_slope(saved.normed_1);
        let g = self.norm_1.backward(g, saved.norm_1);
        let g = self.gaussians.backward(g);
        (g * edges.gaussian_slopes.clone()).sum_dim(1)
    }
}
