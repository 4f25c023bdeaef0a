//! Errors of UMA: the checkpoint cannot be used, or the network cannot be computed.

use mlipview_core::chem::neighbors::TooDense;

use crate::checkpoint::CheckpointError;
use crate::device::{Device, DeviceError};

/// Why a checkpoint cannot be used as a potential.
#[derive(Debug, thiserror::Error)]
pub enum UmaError {
    /// The model does not have this task.
    #[error("unknown task {task:?}: {model} has {known}")]
    Task {
        /// The model's name.
        model: String,
        /// The requested task.
        task: String,
        /// The tasks that it has, in words.
        known: String,
    },
    /// The network cannot be computed.
    #[error(transparent)]
    Model(#[from] ModelError),
}

/// Why the network cannot be computed.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The checkpoint lacks a tensor, or was changed.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The device does not work.
    #[error(transparent)]
    Device(#[from] DeviceError),
    /// Double precision on a GPU.
    #[error("double precision is only available on the CPU: use single precision, or device cpu")]
    DoublePrecision,
    /// Atoms have too many neighbors.
    #[error(transparent)]
    TooDense(#[from] TooDense),
    /// The device failed, most likely because its memory ran out.
    #[error(
        "{device} failed ({reason}), even with the smallest chunks of edges; use fewer atoms or \
         another device, such as --device cpu"
    )]
    DeviceFailed {
        /// The device.
        device: Device,
        /// The message of its library.
        reason: String,
    },
}
