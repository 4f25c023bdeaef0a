//! Errors of session files.

use super::format_version::{FORMAT, VERSION};
use crate::json::JsonError;
use crate::script::ScriptError;

/// Why a session cannot be read or written.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SessionError {
    /// Not JSON, or a value that is not allowed.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// A value of the script that is not allowed.
    #[error("invalid script.{0}")]
    Script(#[from] ScriptError),
    /// Another JSON file.
    #[error(
        "not a session: found \"format\": {found}, expected {FORMAT:?}, or a \"schemaVersion\" of the browser original"
    )]
    Format {
        /// The value of `format`, shortened.
        found: String,
    },
    /// A later version of the format.
    #[error(
        "the session has version {found}: this program reads up to version {VERSION}; open it with a newer mlipview"
    )]
    Newer {
        /// The version of the file.
        found: u64,
    },
    /// A schema of the browser original that is not known.
    #[error("the session of the browser original has schema {found}: expected 3, 4, 5, 6 or 7")]
    OriginalSchema {
        /// The schema of the file.
        found: String,
    },
}

impl SessionError {
    /// Path of the value that is wrong; empty if it is the whole file.
    pub fn path(&self) -> String {
        match self {
            SessionError::Json(error) => error.path().to_owned(),
            SessionError::Script(error) => format!("script.messages{}", error.path),
            SessionError::Format { .. } => "format".to_owned(),
            SessionError::Newer { .. } => "version".to_owned(),
            SessionError::OriginalSchema { .. } => "schemaVersion".to_owned(),
        }
    }
}
