//! The network in burn's tensors: energies of a batch as a function of its parameters, with gradients.
//!
//! The same equations as `mlipview_core::potential::network`, whose derivatives are with respect to
//! positions; here they are with respect to parameters, by burn's automatic differentiation. Tests
//! compare both. Shapes: A atoms, M neighbors, B frames, K channels, H hidden units, C components.

mod charges;
mod inputs;
mod invariants;
mod layers;
mod weights;

use burn::Dispatch;
use burn::tensor::Int;

pub(crate) use inputs::{Inputs, tensor};
pub(crate) use layers::forward;
pub(crate) use weights::Weights;

/// A tensor of floating-point numbers with `D` dimensions.
pub(crate) type Tensor<const D: usize> = burn::tensor::Tensor<Dispatch, D>;

/// Row indices.
pub(crate) type Indices = burn::tensor::Tensor<Dispatch, 1, Int>;
