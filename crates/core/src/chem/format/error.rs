//! What is wrong with a file, and where.

use std::fmt;

use super::{Configuration, Format, FormatInfo};
use crate::chem::structure::StructureError;

/// The first thing in a file that its format does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// The file's name, once a caller that knows it has added it.
    pub file: Option<String>,
    /// The line, counted from 1; `None` where the file has no lines or the whole is at fault.
    pub line: Option<usize>,
    /// What should have been there.
    pub expected: String,
    /// What was there instead.
    pub found: String,
}

impl ParseError {
    /// An error at a line, counted from 1.
    pub fn at(line: usize, expected: impl Into<String>, found: impl Into<String>) -> ParseError {
        ParseError {
            line: Some(line),
            ..Self::whole(expected, found)
        }
    }

    /// An error of the file as a whole.
    pub fn whole(expected: impl Into<String>, found: impl Into<String>) -> ParseError {
        ParseError {
            file: None,
            line: None,
            expected: expected.into(),
            found: found.into(),
        }
    }

    /// What was read does not make a structure.
    pub(super) fn atoms(error: StructureError) -> ParseError {
        ParseError::whole("atoms that make a structure", error.to_string())
    }

    /// The same error with the file's name.
    #[must_use]
    pub fn in_file(self, file: impl Into<String>) -> ParseError {
        ParseError {
            file: Some(file.into()),
            ..self
        }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.file.as_deref().unwrap_or("input");
        write!(formatter, "{file}:")?;
        if let Some(line) = self.line {
            write!(formatter, "{line}:")?;
        }
        write!(
            formatter,
            " expected {}, found {}",
            self.expected, self.found
        )
    }
}

impl std::error::Error for ParseError {}

/// Why a file cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// No format has a name like this.
    #[error("{0:?} names no format: end it in {endings}", endings = Format::endings(FormatInfo::is_written))]
    UnknownName(String),
    /// A format that is only read.
    #[error("{0} files are read, not written: end the name in {endings}", endings = Format::endings(FormatInfo::is_written))]
    ReadOnly(String),
    /// A format that holds another number of structures.
    #[error("a {format} file holds one structure, not {found}: select one, as in FILE@-1")]
    NotOne {
        /// The format.
        format: &'static str,
        /// "none" or "several".
        found: &'static str,
    },
    /// The format has no way to say something.
    #[error("{format} cannot hold {what}: {why}")]
    CannotHold {
        /// The format.
        format: &'static str,
        /// What cannot be written.
        what: String,
        /// The reason, and the way out.
        why: String,
    },
}

impl WriteError {
    /// The one configuration that a format holds.
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

    /// The format holds one structure, and none or several are to be written.
    pub(super) fn not_one(format: Format, found: &'static str) -> WriteError {
        WriteError::NotOne {
            format: format.title(),
            found,
        }
    }

    /// The format has no way to say something.
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
