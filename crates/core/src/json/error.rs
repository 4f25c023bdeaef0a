//! Errors of JSON files, with the path of the value that is wrong.

use std::fmt::Display;

use crate::chem::excerpt;

/// Why a JSON text cannot be read.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum JsonError {
    /// The text is not JSON, or has another type than expected.
    #[error("invalid JSON at {path}: {reason}")]
    Syntax {
        /// Path of the value, such as `timeline.playback.rate`.
        path: String,
        /// The type that was found and the expected one, with line and column.
        reason: String,
    },
    /// A value that is not allowed.
    #[error("invalid {path}: found {found}, expected {expected}")]
    Value {
        /// Path of the value.
        path: String,
        /// The value, shortened.
        found: String,
        /// The expected value, in words.
        expected: String,
    },
    /// A text that is too long to be read.
    #[error("the file has {found} bytes: expected at most {limit}")]
    TooLong {
        /// Bytes of the text.
        found: usize,
        /// Maximum length.
        limit: usize,
    },
}

impl JsonError {
    /// A value that is not allowed.
    pub(crate) fn value(
        path: impl Into<String>,
        found: impl Display,
        expected: impl Into<String>,
    ) -> JsonError {
        JsonError::Value {
            path: path.into(),
            found: excerpt(&found.to_string()).into_owned(),
            expected: expected.into(),
        }
    }

    /// The path of the value that is wrong; empty if it is the whole text.
    pub fn path(&self) -> &str {
        match self {
            JsonError::Syntax { path, .. } | JsonError::Value { path, .. } => path,
            JsonError::TooLong { .. } => "",
        }
    }
}
