//! Write error: why configurations cannot be stored in a format.

use super::{Configuration, Format};

/// Why a file cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// A file name without a known extension.
    #[error("unknown format of {name:?}: end the name in {endings}")]
    UnknownName {
        /// The file name.
        name: String,
        /// Extensions of the formats that can be written.
        endings: String,
    },
    /// A format without a writer.
    #[error("{format} files are read, not written: end the name in {endings}")]
    ReadOnly {
        /// The format, or the kind of its file.
        format: String,
        /// Extensions of the formats that can be written.
        endings: String,
    },
    /// A format for one structure, given none or several.
    #[error("a {format} file holds one structure, not {found}: select one, as in FILE@-1")]
    NotOne {
        /// The format.
        format: &'static str,
        /// Found number: "none" or "several".
        found: &'static str,
    },
    /// A property that the format cannot store.
    #[error("{format} cannot hold {what}: {why}")]
    CannotHold {
        /// The format.
        format: &'static str,
        /// The property.
        what: String,
        /// The reason, and an alternative.
        why: String,
    },
}

impl WriteError {
    /// The only configuration.
    pub(super) fn expect_one(
        configurations: &[Configuration],
        format: Format,
    ) -> Result<&Configuration, WriteError> {
        match configurations {
            [configuration] => Ok(configuration),
            [] => Err(Self::not_one(format, "none")),
            _ => Err(Self::not_one(format, "several")),
        }
    }

    /// None or several structures for a format of one.
    pub(super) fn not_one(format: Format, found: &'static str) -> WriteError {
        WriteError::NotOne {
            format: format.title(),
            found,
        }
    }

    /// A property that the format cannot store.
    pub(super) fn cannot_hold(
        format: Format,
        what: impl Into<String>,
        why: impl Into<String>,
    ) -> WriteError {
        WriteError::CannotHold {
            format: format.title(),
            what: what.into(),
            why: why.into(),
        }
    }
}
