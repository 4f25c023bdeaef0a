//! Backbone: embedding, blocks, final norm.
//!
//! fairchem: `eSCNMDBackbone`, `eSCNMDMoeBackbone`.

use super::block::{Block, SavedBlock};
use super::charge_balance::ChargeBalance;
use super::edges::GraphEdges;
use super::rms_norm::{RmsNorm, SavedRmsNorm};
use super::scalar;
use super::tensor::{Indices, Tensor, TensorReal};
use super::tensor_options::TensorOptions;
use crate::checkpoint::Configuration;
use crate::parameters::Parameters;

/// The part of the network on atoms.
#[derive(Clone, Debug)]
pub(crate) struct Backbone {
    /// `[elements, C]`.
    sphere_embedding: Tensor<2>,
    /// Charge, multiplicity and task, the same for all atoms: `[1, C]`.
    pub(crate) system_embedding: Tensor<2>,
    pub(crate) blocks: Vec<Block>,
    pub(crate) charge_balance: Option<ChargeBalance>,
    pub(crate) norm: RmsNorm,
    /// S = (L + 1)².
    components: usize,
}

/// Activations for the backward pass.
#[derive(Clone, Debug)]
pub(crate) struct SavedBackbone {
    blocks: Vec<SavedBlock>,
    norm: SavedRmsNorm,
}

impl Backbone {
    pub(crate) fn new<T: TensorReal>(
        parameters: &Parameters<T>,
        configuration: &Configuration,
        options: &TensorOptions,
    ) -> Backbone {
        let shared = &parameters.shared;
        let (channels, lmax) = (configuration.sphere_channels, configuration.lmax);
        let elements = shared.sphere_embedding.len() / channels;
        let blocks = shared.blocks.iter().enumerate();
        let balanced = configuration.charge_balanced_channels.as_ref();
        Backbone {
            sphere_embedding: options.tensor(shared.sphere_embedding.clone(), [elements, channels]),
            system_embedding: options.tensor(parameters.system_embedding.clone(), [1, channels]),
            blocks: blocks
                .map(|(index, block)| Block::new(index, block, lmax, options))
                .collect(),
            charge_balance: balanced.map(|range| ChargeBalance::new(range, channels, options)),
            norm: RmsNorm::new(&shared.norm, options),
            components: (lmax + 1) * (lmax + 1),
        }
    }

    /// The features `[N, S, C]` of atoms with these atomic numbers; without edges, of isolated atoms.
    pub(crate) fn forward(
        &self,
        elements: &Indices,
        charge: i32,
        mut edges: Option<&mut GraphEdges<'_>>,
    ) -> (Tensor<3>, SavedBackbone) {
        let mut x = self.embed(elements, edges.as_deref_mut());
        let mut blocks = Vec::with_capacity(self.blocks.len());
        for block in &self.blocks {
            let (y, saved) = block.forward(x, &self.system_embedding, edges.as_deref_mut());
            x = match &self.charge_balance {
                Some(balance) => balance.forward(y, charge),
                None => y,
            };
            blocks.push(saved);
        }
        let (x, norm) = self.norm.forward(x);
        (x, SavedBackbone { blocks, norm })
    }

    /// Passes dE/dfeatures, `[N, S, C]`, back to the edges, which collect dE/dgeometry.
    pub(crate) fn backward(
        &self,
        grad_features: Tensor<3>,
        saved: SavedBackbone,
        edges: &mut GraphEdges<'_>,
    ) {
        let mut grad = self.norm.backward(grad_features, saved.norm);
        for (block, saved) in self.blocks.iter().zip(saved.blocks).rev() {
            if let Some(balance) = &self.charge_balance {
                grad = balance.backward(grad);
            }
            grad = block.backward(grad, saved, &mut *edges);
        }
        edges.edge_degree_backward(grad);
    }

    /// The features before the first block: embeddings in degree 0, plus the edge degree embedding.
    pub(crate) fn embed(
        &self,
        elements: &Indices,
        edges: Option<&mut GraphEdges<'_>>,
    ) -> Tensor<3> {
        let sphere = self.sphere_embedding.clone().select(0, elements.clone());
        let x = scalar::pad(sphere + self.system_embedding.clone(), self.components);
        match edges {
            Some(edges) => x + edges.edge_degree(),
            None => x,
        }
    }
}
