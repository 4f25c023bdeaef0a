//! Lines of a text file with their numbers.

use std::borrow::Cow;

use super::ParseError;
pub(super) use super::number::real;

/// Decodes the text of a file. Invalid UTF-8 (Latin-1 names in old files) becomes U+FFFD.
pub(super) fn text(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
}

/// Iterator over the remaining lines.
#[derive(Clone)]
pub(super) struct Lines<'a> {
    rest: std::str::Lines<'a>,
    /// Number of the last line read.
    read: usize,
}

/// One line and its number, counted from 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    pub(super) number: usize,
    pub(super) text: &'a str,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Lines::after(0, text)
    }

    /// The lines of a part of a file after its first `read` lines.
    pub(super) fn after(read: usize, text: &'a str) -> Self {
        Lines {
            rest: text.lines(),
            read,
        }
    }

    /// The next line, or the error that `expected` is missing.
    pub(super) fn expect(&mut self, expected: &str) -> Result<Line<'a>, ParseError> {
        let end = self.read + 1;
        self.next()
            .ok_or_else(|| ParseError::at(end, expected, "the end of the file"))
    }

    /// The next line, without consuming it.
    pub(super) fn peek(&self) -> Option<Line<'a>> {
        self.clone().next()
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        let text = self.rest.next()?;
        self.read += 1;
        Some(Line {
            number: self.read,
            text,
        })
    }
}

impl<'a> Line<'a> {
    pub(super) fn words(&self) -> std::str::SplitWhitespace<'a> {
        self.text.split_whitespace()
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The error that this line is unexpected.
    pub(super) fn error(&self, expected: impl Into<String>) -> ParseError {
        self.found(expected, self.text)
    }

    /// The error that a part of this line is unexpected.
    pub(super) fn found(&self, expected: impl Into<String>, part: &str) -> ParseError {
        ParseError::at(self.number, expected, quoted(part))
    }

    /// The first `N` words as finite numbers.
    pub(super) fn reals<const N: usize>(&self, expected: &str) -> Result<[f64; N], ParseError> {
        let mut numbers = [0.0; N];
        let mut words = self.words();
        for number in &mut numbers {
            let word = words.next().ok_or_else(|| self.error(expected))?;
            *number = real(word).ok_or_else(|| self.found(expected, word))?;
        }
        Ok(numbers)
    }

    /// The columns `first..=last`, counted from 1, trimmed. Columns past the end are blank.
    pub(super) fn columns(&self, first: usize, last: usize) -> Cow<'a, str> {
        let bytes = self.text.as_bytes();
        let end = last.min(bytes.len());
        let field = bytes.get(first - 1..end).unwrap_or_default();
        String::from_utf8_lossy(field.trim_ascii())
    }
}

/// Quotes text for a message, truncated to fit a line.
pub(super) fn quoted(text: &str) -> String {
    const SHOWN: usize = 60;
    let text = text.trim();
    if text.is_empty() {
        return "nothing".to_owned();
    }
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    format!("{shown:?}")
}
