//! Errors of checkpoints.

use std::io;

/// Why a checkpoint or a tensor cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    /// The file cannot be opened, read or mapped into memory.
    #[error("cannot read {path}: {reason}")]
    Read {
        /// The file.
        path: String,
        /// The error of the operating system.
        reason: io::Error,
    },
    /// The file is not a model.
    #[error(
        "this is {found}, not a model: a model is a UMA checkpoint (.pt), a folder with \
         weights.safetensors and config.json, or a NEP (nep.txt)"
    )]
    NotAModel {
        /// Its kind, by its first bytes.
        found: String,
    },
    /// The file is inconsistent or truncated.
    #[error("the file is damaged: {0}; copy or download it again")]
    Damaged(String),
    /// The pickle uses something that no UMA inference checkpoint needs.
    #[error(
        "the checkpoint uses {what}, which no UMA inference checkpoint needs; no code of it was run"
    )]
    Foreign {
        /// The name, opcode or object.
        what: String,
    },
    /// A setting is not supported or invalid.
    #[error("the model's {key} is {found}; expected {supported}")]
    Unsupported {
        /// The key of the configuration, from its root.
        key: String,
        /// Its value.
        found: String,
        /// The supported values.
        supported: String,
    },
    /// The weights do not match the configuration.
    #[error("the weights do not match the configuration: {0}")]
    Weights(String),
    /// No tensor has this name.
    #[error("there is no tensor {name:?} among the {count} of this checkpoint")]
    NoTensor {
        /// The requested name.
        name: String,
        /// The number of tensors.
        count: usize,
    },
    /// The file was changed after it was opened.
    #[error("{path} was changed while it was in use; open it again")]
    Changed {
        /// The file.
        path: String,
    },
}

impl CheckpointError {
    pub(super) fn damaged(what: impl Into<String>) -> CheckpointError {
        CheckpointError::Damaged(what.into())
    }

    pub(super) fn foreign(what: impl Into<String>) -> CheckpointError {
        CheckpointError::Foreign { what: what.into() }
    }

    pub(super) fn unsupported(
        key: impl Into<String>,
        found: impl Into<String>,
        supported: impl Into<String>,
    ) -> CheckpointError {
        CheckpointError::Unsupported {
            key: key.into(),
            found: found.into(),
            supported: supported.into(),
        }
    }
}
