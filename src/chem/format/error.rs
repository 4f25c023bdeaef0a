//! What is wrong with a file, and where.

use std::fmt;

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
