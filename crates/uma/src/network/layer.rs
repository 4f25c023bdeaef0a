//! A layer: atoms hear of each other, then each thinks by itself.
//!
//! fairchem: `eSCNMD_Block`.

use super::Tensor;
use super::edges::TensorEdges;
use super::feed_forward::{self, FeedForward};
use super::norm::{self, Norm};
use super::place::Place;
use super::scalar;
use crate::parameters;
use crate::real::Real;

/// x += messages(norm(x) + system); x += feed_forward(norm(x)).
#[derive(Clone, Debug)]
pub(super) struct Layer {
    index: usize,
    pub(super) norm_1: Norm,
    pub(super) norm_2: Norm,
    pub(super) feed_forward: FeedForward,
}

/// What the backward needs.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    norm_1: norm::Kept,
    norm_2: norm::Kept,
    feed_forward: feed_forward::Kept,
}

impl Layer {
    pub(super) fn new<T: Real>(
        index: usize,
        layer: &parameters::Layer<T>,
        degree: usize,
        place: &Place,
    ) -> Layer {
        Layer {
            index,
            norm_1: Norm::new(&layer.norm_1, place),
            norm_2: Norm::new(&layer.norm_2, place),
            feed_forward: FeedForward::new(layer, degree, place),
        }
    }

    /// [N, S, C] -> the same; `system`, [1, C], is told again in every layer. Without edges atoms
    /// hear nothing.
    pub(super) fn forward(
        &self,
        x: Tensor<3>,
        system: &Tensor<2>,
        edges: Option<&mut TensorEdges<'_>>,
    ) -> (Tensor<3>, Kept) {
        let (normed, norm_1) = self.norm_1.forward(x.clone());
        let x = match edges {
            Some(edges) => x + edges.messages(self.index, scalar::add(normed, system.clone())),
            None => x,
        };
        let (normed, norm_2) = self.norm_2.forward(x.clone());
        let (thought, feed_forward) = self.feed_forward.forward(normed);
        let kept = Kept {
            norm_1,
            norm_2,
            feed_forward,
        };
        (x + thought, kept)
    }

    /// The gradient of x from that of the result.
    pub(super) fn backward(
        &self,
        y: Tensor<3>,
        kept: Kept,
        edges: &mut TensorEdges<'_>,
    ) -> Tensor<3> {
        let normed = self.feed_forward.backward(y.clone(), kept.feed_forward);
        let y = y + self.norm_2.backward(normed, kept.norm_2);
        let normed = edges.messages_backward(self.index, y.clone());
        y + self.norm_1.backward(normed, kept.norm_1)
    }
}
