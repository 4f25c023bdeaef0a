//! The network in tensors of burn, for GPUs: energies of atoms, and dE/dvector of edges by a
//! hand-written backward pass.
//!
//! Every layer is a struct of tensors with `forward`, which returns the result and the activations
//! that the backward pass needs, and `backward`, from the gradient of the result to that of the
//! input. Parameters have no gradients. The crate's documentation lists the files, which have the
//! same names as those of [`fused`](super::fused).

pub(crate) mod atomwise;
pub(crate) mod backbone;
pub(crate) mod block;
pub(crate) mod charge_balance;
pub(crate) mod chunk;
pub(crate) mod edge_degree_embedding;
pub(crate) mod edge_layers;
pub(crate) mod edges;
pub(crate) mod edgewise;
pub(crate) mod energy_head;
#[cfg(test)]
mod fairchem_results;
#[cfg(test)]
mod fairchem_steps;
pub(crate) mod gate_activation;
pub(crate) mod geometry_gradient;
pub(crate) mod hydra;
pub(crate) mod layer_norm;
pub(crate) mod linear;
pub(crate) mod radial;
pub(crate) mod radial_weights;
pub(crate) mod rms_norm;
pub(crate) mod rotation;
pub(crate) mod scalar;
pub(crate) mod scatter;
pub(crate) mod silu;
pub(crate) mod so2_convolution;
pub(crate) mod so3_linear;
pub(crate) mod tensor;
pub(crate) mod tensor_options;
