//! Why a model cannot be found or imported.

use std::io;
use std::path::Path;

use crate::checkpoint::CheckpointError;

/// What went wrong with the folder of models.
#[derive(Debug, thiserror::Error)]
pub enum ModelsError {
    /// Nobody says where models are.
    #[error(
        "no folder for models: give one with --models-dir, or set MLIPVIEW_MODELS or HOME in the \
         environment"
    )]
    NoFolder,
    /// A file or folder cannot be read.
    #[error("cannot read {path}: {reason}")]
    Read {
        /// The file or folder.
        path: String,
        /// What the system says.
        reason: io::Error,
    },
    /// A file or folder cannot be written.
    #[error("cannot write {path}: {reason}")]
    Write {
        /// The file or folder.
        path: String,
        /// What the system says.
        reason: io::Error,
    },
    /// Nothing of this name.
    #[error(
        "there is no model {name:?} in {folder}, which has {known}; `mlipview model import FILE` \
         puts one there"
    )]
    Unknown {
        /// What was asked for.
        name: String,
        /// The folder.
        folder: String,
        /// The names there are.
        known: String,
    },
    /// A file that is no model.
    #[error("{path}: {reason}")]
    NotAModel {
        /// The file.
        path: String,
        /// Why not.
        reason: CheckpointError,
    },
    /// A model of the same name is there.
    #[error("a model {name:?} is there already ({path}): remove it, or give the new one a --name")]
    AlreadyThere {
        /// The name.
        name: String,
        /// Where it is.
        path: String,
    },
    /// A name that no file can have everywhere.
    #[error("{0:?} cannot be a model's name: write letters, digits, dashes and dots")]
    Name(String),
    /// Someone ended it.
    #[error("ended before it was done; nothing was left behind")]
    Ended,
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
