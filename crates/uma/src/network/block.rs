//! One block: messages between atoms, then a feed-forward network on each atom.
//!
//! fairchem: `eSCNMD_Block`.

use super::atomwise::{Atomwise, SavedAtomwise};
use super::edges::GraphEdges;
use super::rms_norm::{RmsNorm, SavedRmsNorm};
use super::scalar;
use super::tensor::{Tensor, TensorReal};
use super::tensor_options::TensorOptions;
use crate::parameters::BlockParameters;

/// x += edgewise(norm₁(x) + system); x += atomwise(norm₂(x)).
#[derive(Clone, Debug)]
pub(crate) struct Block {
    index: usize,
    pub(crate) norm_1: RmsNorm,
    pub(crate) norm_2: RmsNorm,
    pub(crate) atomwise: Atomwise,
}

/// Activations for the backward pass.
#[derive(Clone, Debug)]
pub(crate) struct SavedBlock {
    norm_1: SavedRmsNorm,
    norm_2: SavedRmsNorm,
    atomwise: SavedAtomwise,
}

impl Block {
    pub(crate) fn new<T: TensorReal>(
        index: usize,
        block: &BlockParameters<T>,
        lmax: usize,
        options: &TensorOptions,
    ) -> Block {
        Block {
            index,
            norm_1: RmsNorm::new(&block.norm_1, options),
            norm_2: RmsNorm::new(&block.norm_2, options),
            atomwise: Atomwise::new(block, lmax, options),
        }
    }

    /// `[N, S, C]` to `[N, S, C]`; `system` is `[1, C]`. Without edges there are no messages.
    pub(crate) fn forward(
        &self,
        x: Tensor<3>,
        system: &Tensor<2>,
        edges: Option<&mut GraphEdges<'_>>,
    ) -> (Tensor<3>, SavedBlock) {
        let (normed, norm_1) = self.norm_1.forward(x.clone());
        let x = match edges {
            Some(edges) => x + edges.edgewise(self.index, scalar::add(normed, system.clone())),
            None => x,
        };
        let (normed, norm_2) = self.norm_2.forward(x.clone());
        let (update, atomwise) = self.atomwise.forward(normed);
        let saved = SavedBlock {
            norm_1,
            norm_2,
            atomwise,
        };
        (x + update, saved)
    }

    /// dE/dx from dE/dy, both `[N, S, C]`.
    pub(crate) fn backward(
        &self,
        grad_output: Tensor<3>,
        saved: SavedBlock,
        edges: &mut GraphEdges<'_>,
    ) -> Tensor<3> {
        let grad_normed = self.atomwise.backward(grad_output.clone(), saved.atomwise);
        let grad_sums = grad_output + self.norm_2.backward(grad_normed, saved.norm_2);
        let grad_normed = edges.edgewise_backward(self.index, grad_sums.clone());
        grad_sums + self.norm_1.backward(grad_normed, saved.norm_1)
    }
}
