//! What each atom does by itself: a linear layer, a gate, a linear layer.
//!
//! fairchem: `SpectralAtomwise`.

use super::Tensor;
use super::gate::{self, Gate};
use super::linear::{Linear, LinearByDegree};
use super::place::Place;
use super::scalar;
use super::silu::{self, silu};
use crate::parameters::Layer;
use crate::real::Real;

/// The part of a layer that mixes the channels of an atom.
#[derive(Clone, Debug)]
pub(super) struct FeedForward {
    scalars: Linear,
    first: LinearByDegree,
    gate: Gate,
    second: LinearByDegree,
}

/// What the backward needs.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    /// What the factors of the gate come from, before its SiLU.
    scalars: Tensor<2>,
    gate: gate::Kept,
}

impl FeedForward {
    pub(super) fn new<T: Real>(layer: &Layer<T>, degree: usize, place: &Place) -> FeedForward {
        let degrees = (0..=degree).flat_map(|l| std::iter::repeat_n(l, 2 * l + 1));
        let degrees: Vec<usize> = degrees.collect();
        FeedForward {
            scalars: Linear::new(&layer.gate, place),
            first: LinearByDegree::new(&layer.linear_1, place),
            gate: Gate::new(&degrees, place),
            second: LinearByDegree::new(&layer.linear_2, place),
        }
    }

    /// [N, S, C] -> the same.
    pub(super) fn forward(&self, x: Tensor<3>) -> (Tensor<3>, Kept) {
        let scalars = self.scalars.forward(scalar::of(&x));
        let hidden = self.first.forward(x);
        // The official network has both: SiLU here, the sigmoid of it in the gate.
        let (hidden, gate) = self.gate.forward(silu(scalars.clone()), hidden);
        (self.second.forward(hidden), Kept { scalars, gate })
    }

    /// The gradient of x from that of y.
    pub(super) fn backward(&self, y: Tensor<3>, kept: Kept) -> Tensor<3> {
        let hidden = self.second.backward(y);
        let (scalars, hidden) = self.gate.backward(hidden, kept.gate);
        let scalars = self.scalars.backward(scalars * silu::slope(kept.scalars));
        scalar::add(self.first.backward(hidden), scalars)
    }
}
