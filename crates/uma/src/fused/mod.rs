//! The network on the CPU: plain slices, hand-written forward and backward passes.
//!
//! Edges and atoms are computed in chunks, so that their activations stay in a cache. One thread has
//! all edges into its targets, each row of a product is summed by itself, and each target adds its
//! edges in their order: results are the same to the last bit for any number of threads. The crate's
//! documentation lists the files, which have the same names as those of `network`, the same
//! equations in tensors. All of it is built on the matrix product and the vector loops of
//! [`simd`](mlipview_core::potential::simd).

pub(crate) mod atomwise;
pub(crate) mod backbone;
pub(crate) mod block;
pub(crate) mod charge_balance;
pub(crate) mod chunk;
pub(crate) mod complex_matrix;
pub(crate) mod edge_degree_embedding;
pub(crate) mod edge_layers;
pub(crate) mod edge_table;
pub(crate) mod edges;
pub(crate) mod edgewise;
pub(crate) mod energy_head;
pub(crate) mod gate_activation;
pub(crate) mod geometry_gradient;
pub(crate) mod hydra;
pub(crate) mod layer_norm;
pub(crate) mod radial;
pub(crate) mod radial_weights;
pub(crate) mod rms_norm;
pub(crate) mod rotation;
pub(crate) mod saved;
pub(crate) mod scatter;
pub(crate) mod scratch;
pub(crate) mod silu;
pub(crate) mod so2_convolution;
pub(crate) mod so3_linear;
