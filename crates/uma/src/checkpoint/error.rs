//! Why a file is no checkpoint that can be used.

use std::io;

/// Why there is no checkpoint, or no tensor of it.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    /// The file cannot be opened, read or mapped into memory.
    #[error("cannot read {path}: {reason}")]
    Read {
        /// The file.
        path: String,
        /// What the system says.
        reason: io::Error,
    },
    /// The file is something else.
    #[error(
        "this is {found}, not a model: a model is a UMA checkpoint (.pt), or a folder with \
         weights.safetensors and config.json"
    )]
    NotAModel {
        /// What it is, as far as that can be told.
        found: String,
    },
    /// The file contradicts itself or ends too early.
    #[error("the file is damaged: {0}; copy or download it again")]
    Damaged(String),
    /// The file asks for something that is never done here.
    #[error(
        "the checkpoint asks for {what}, which has no place in a UMA inference checkpoint; nothing \
         of it was run"
    )]
    Foreign {
        /// What it asks for.
        what: String,
    },
    /// The configuration asks for what is not implemented, or makes no sense.
    #[error("the model's {key} is {found}; supported is {supported}")]
    Unsupported {
        /// The key of the configuration, from its root.
        key: String,
        /// Its value.
        found: String,
        /// What could be read instead.
        supported: String,
    },
    /// The weights are not those that the configuration calls for.
    #[error("the weights do not fit the configuration: {0}")]
    Weights(String),
    /// Asked for a tensor that is not there.
    #[error("there is no tensor {name:?} among the {count} of this checkpoint")]
    NoTensor {
        /// What was asked for.
        name: String,
        /// How many tensors there are.
        count: usize,
    },
    /// The file is not the one that was opened.
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
