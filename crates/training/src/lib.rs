//! Training of learned potentials: networks of nano and solid learn energies, forces and stresses.
//!
//! - [`Label`]: structures with energies and forces. [`Model`]: a network file, taken apart.
//! - [`LossWeights`] and [`loss`]: how far predictions are from labels. [`gradient`]: the derivative.
//!
//! The network is written twice: in `mlipview_core::potential` with derivatives with respect to positions,
//! and here in burn's tensors with derivatives with respect to parameters.

mod adam;
mod batches;
mod card;
mod checkpoint;
mod energy_reference;
mod expected_error;
mod feature_statistics;
mod features;
mod files;
mod gradient;
mod hidden_layer;
mod initial;
mod label;
mod label_files;
pub mod learning;
mod loss;
mod model;
mod network;
mod network_file;
mod parameters;
mod predictor;
mod preparation;
mod run;
mod schedule;
mod scores;
mod settings;
mod trainer;

pub use batches::split;
pub use burn::DispatchDevice as Device;
pub use card::{Card, LabelSummary, Origin};
pub use checkpoint::CheckpointError;
pub use energy_reference::EnergyReference;
pub use expected_error::ErrorFit;
pub use files::{WriteError, replace};
pub use gradient::{BatchGradient, GradientError, gradient, loss};
pub use initial::NetworkSizes;
pub use label::{Label, LabelError, LabelNames};
pub use label_files::{LabelFileError, read_labels};
pub use loss::LossWeights;
pub use model::{Model, ModelError};
pub use network_file::NetworkFileError;
pub use predictor::Predictor;
pub use preparation::{PreparationError, Prepared, ReferenceChoice, prepare};
pub use run::{Ending, Run, RunError, SampleError, Sampler};
pub use scores::Scores;
pub use settings::TrainingSettings;
pub use trainer::{Best, Counters, LabelSets, StepReport, Trainer};
