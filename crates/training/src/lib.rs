//! Training of learned potentials: networks of nano and solid learn energies, forces and stresses.
//!
//! - [`Label`]: structures with energies and forces. [`Model`]: a network file, taken apart.
//! - [`LossWeights`] and [`loss`]: how far predictions are from labels. [`gradient`]: the derivative.
//!
//! The network is written twice: in `mlipview_core::potential` with derivatives with respect to positions,
//! and here in burn's tensors with derivatives with respect to parameters.

mod features;
mod gradient;
mod label;
mod loss;
mod model;
mod network;
mod network_file;
mod parameters;
mod predictor;

pub use burn::DispatchDevice as Device;
pub use gradient::{BatchGradient, GradientError, gradient, loss};
pub use label::{Label, LabelError, LabelNames};
pub use loss::LossWeights;
pub use model::{Model, ModelError};
pub use network_file::NetworkFileError;
pub use predictor::Predictor;
