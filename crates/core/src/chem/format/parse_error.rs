//! Parse error: what a reader expected and found, with file and line.

use std::fmt;
use std::io;

use super::kind::Format;
use crate::chem::structure::StructureError;

/// First violation of a file format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// File name, if a caller added it.
    pub file: Option<String>,
    /// Line number from 1; `None` for binary files and errors of the whole file.
    pub line: Option<usize>,
    /// Expected content.
    pub expected: String,
    /// Found content.
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

    /// An error of the whole file.
    pub fn whole(expected: impl Into<String>, found: impl Into<String>) -> ParseError {
        ParseError {
            file: None,
            line: None,
            expected: expected.into(),
            found: found.into(),
        }
    }

    /// Neither the name nor the content of a file is that of a known format.
    pub fn unknown_format() -> ParseError {
        let endings = Format::endings(|_| true);
        let expected =
            format!("a name ending in {endings}, or content that looks like one of these");
        ParseError::whole(expected, "neither")
    }

    /// A trajectory of positions without the file that has its atoms.
    pub fn no_topology(format: Format) -> ParseError {
        ParseError::whole(
            "a topology: another file with the atoms of this trajectory",
            format!("{} alone, which holds positions only", format.title()),
        )
    }

    /// The parsed data are not a valid structure.
    pub(super) fn atoms(error: StructureError) -> ParseError {
        ParseError::whole("a valid structure", error.to_string())
    }

    /// The content cannot be read to its end.
    pub(super) fn unreadable(error: &io::Error) -> ParseError {
        ParseError::whole("a readable file", error.to_string())
    }

    /// Adds the file name.
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
