//! Beginning of a file, from which its format is detected.

use std::borrow::Cow;

use super::{Format, encoding};

/// Content of a file and the lines of its beginning.
pub(super) struct Beginning<'a> {
    /// The content, decompressed.
    pub(super) content: &'a [u8],
    text: Cow<'a, str>,
}

impl<'a> Beginning<'a> {
    pub(super) fn of(content: &'a [u8]) -> Beginning<'a> {
        let head = &content[..content.len().min(Format::SNIFF_LENGTH)];
        let text = match encoding::decoded(Cow::Borrowed(head)) {
            Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
            Cow::Owned(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
        };
        Beginning { content, text }
    }

    /// The first lines.
    pub(super) fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.trim_start_matches('\u{feff}').lines()
    }

    /// A line, counted from 1; empty past the end.
    pub(super) fn line(&self, number: usize) -> &str {
        self.lines().nth(number - 1).unwrap_or_default()
    }
}
