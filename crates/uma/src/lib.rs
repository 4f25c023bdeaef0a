//! UMA, a universal learned potential: eSCN-MD with a mixture of linear experts.
//!
//! B. M. Wood et al., UMA: A Family of Universal Models for Atoms, arXiv:2506.23971; X. Fu et al.,
//! arXiv:2502.12147 (eSEN); S. Passaro, C. L. Zitnick, arXiv:2302.03655 (eSCN). The reference
//! implementation is fairchem (MIT), `fairchem/core/models/uma`; each file names the class that it
//! implements.
//!
//! Reading order: `graph` (edges within the cutoff), `rotation`, `harmonics` and `distance` (the
//! geometry of an edge), `system` (charge, multiplicity, task; expert coefficients), `parameters`,
//! the network, `backend` (CPU or GPU), `model` (from structure to energy).
//!
//! Dimensions: N atoms, E edges, degrees l = 0..=L, orders m = −M..=M, S = (L + 1)² components of a
//! feature, K of them kept along an edge, C channels of a feature, H hidden channels, B Gaussians.
//!
//! # The two implementations
//!
//! `network` computes with tensors of burn, for GPUs; `fused` with slices, for the CPU. Files of the
//! same name compute the same equation, and `parity` compares them.
//!
//! | file | `network` (GPU) and `fused` (CPU) | fairchem |
//! |---|---|---|
//! | `hydra` | the whole network, forward and backward | `HydraModel` |
//! | `backbone` | embedding, blocks, final norm | `eSCNMDBackbone` |
//! | `block` | messages and feed-forward network of one layer | `eSCNMD_Block` |
//! | `edge_degree_embedding` | features before the first block | `EdgeDegreeEmbedding` |
//! | `edgewise` | messages of a block | `Edgewise` |
//! | `so2_convolution` | linear layers by order m | `SO2_Convolution` |
//! | `radial` | weights from length and elements | `RadialMLP` |
//! | `radial_weights` | their product with a message | |
//! | `gate_activation` | SiLU and sigmoid gates | `GateActivation` |
//! | `atomwise` | feed-forward network of an atom | `SpectralAtomwise` |
//! | `so3_linear` | linear layers by degree l | `SO3_Linear` |
//! | `rms_norm` | norm of features | `EquivariantRMSNormArraySphericalHarmonicsV2` |
//! | `layer_norm`, `silu` | norm and activation of channels | `torch.nn` |
//! | `charge_balance` | channels that add up to the charge | `charge_balanced_channels` |
//! | `energy_head` | energy of an atom | `MLP_EFS_Head` |
//! | `rotation` | features between cell and edge frame | `eulers_to_wigner` |
//! | `geometry_gradient` | torque and dE/dd of an edge | autograd |
//! | `scatter` | sums at the targets | `index_add_` |
//! | `chunk` | edges that are computed together | `edge_chunk_size` |
//! | `edges`, `edge_layers` | all edges of an evaluation, and their parameters | |
//!
//! Without a counterpart: in `network` `linear`, `scalar`, `tensor`, `tensor_options`; in `fused`
//! `complex_matrix` (products for m > 0), `edge_table` (geometry of all edges), `saved` (activations
//! for the backward pass), `scratch` (buffers of a thread).

mod backend;
pub mod checkpoint;
mod checkpoint_cache;
mod device;
mod device_check;
mod distance;
mod entry;
mod error;
#[cfg(test)]
mod fairchem_results;
#[cfg(test)]
mod fixture;
mod fused;
mod graph;
mod harmonics;
mod model;
pub mod models;
#[cfg(any(feature = "gpu", test))]
mod network;
mod network_output;
#[cfg(any(feature = "gpu", test))]
mod out_of_memory;
mod parameters;
#[cfg(test)]
mod parity;
mod potential;
mod precision;
mod preferences;
mod real;
mod rotation;
mod system;
mod tasks;

pub use device::{Device, DeviceError};
pub use entry::entry;
pub use error::{ModelError, UmaError};
pub use potential::{Uma, UmaOptions};
pub use precision::Precision;
pub use preferences::Preferences;
