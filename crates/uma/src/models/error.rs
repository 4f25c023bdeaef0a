//! Errors of the models folder.

use std::io;
use std::path::Path;

use crate::checkpoint::CheckpointError;
use mlipview_core::potential::nep::NepFileError;

/// Why a model cannot be found, listed or imported.
#[derive(Debug, thiserror::Error)]
pub enum ModelsError {
    /// The environment names no folder.
    #[error(
        "no models folder: use --models-dir, or set MLIPVIEW_MODELS or HOME in the environment"
    )]
    NoFolder,
    /// A file or folder cannot be read.
    #[error("cannot read {path}: {reason}")]
    Read {
        /// The file or folder.
        path: String,
        /// The error of the operating system.
        reason: io::Error,
    },
    /// A file or folder cannot be written.
    #[error("cannot write {path}: {reason}")]
    Write {
        /// The file or folder.
        path: String,
        /// The error of the operating system.
        reason: io::Error,
    },
    /// No model has this name.
    #[error(
        "unknown model {name:?}: {folder} has {known}; `mlipview model import FILE` imports one"
    )]
    Unknown {
        /// The requested name.
        name: String,
        /// The folder.
        folder: String,
        /// The names of its models, in words.
        known: String,
    },
    /// The file is not a model.
    #[error("{path}: {reason}")]
    NotAModel {
        /// The file.
        path: String,
        /// The error of the checkpoint.
        reason: CheckpointError,
    },
    /// The file is not a neuroevolution potential.
    #[error(transparent)]
    NotANep(#[from] NepFileError),
    /// A model has this name already.
    #[error("a model {name:?} exists already ({path}): remove it, or import with another --name")]
    Exists {
        /// The name.
        name: String,
        /// Its path.
        path: String,
    },
    /// The name is not a valid file name on all platforms.
    #[error("invalid model name {0:?}: use letters, digits, dashes and dots")]
    Name(String),
    /// The caller canceled the work.
    #[error("canceled; no files were written")]
    Canceled,
}

impl ModelsError {
    pub(super) fn read(path: &Path, reason: io::Error) -> ModelsError {
        ModelsError::Read {
            path: path.display().to_string(),
            reason,
        }
    }

    pub(super) fn write(path: &Path, reason: io::Error) -> ModelsError {
        ModelsError::Write {
            path: path.display().to_string(),
            reason,
        }
    }
}
