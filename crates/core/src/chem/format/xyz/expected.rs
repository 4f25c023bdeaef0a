//! Parse error of a value: the content that was expected.

use std::fmt;

/// Expected content of a value; the caller adds line and found content to make a
/// [`ParseError`](super::super::ParseError).
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Expected(String);

impl From<String> for Expected {
    fn from(text: String) -> Self {
        Expected(text)
    }
}

impl From<&str> for Expected {
    fn from(text: &str) -> Self {
        Expected(text.to_owned())
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
