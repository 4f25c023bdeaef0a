//! Text of others as messages quote it: its beginning.

use std::borrow::Cow;

/// The most characters of a name or a word that a message quotes.
pub const LONGEST_EXCERPT: usize = 64;

/// The text, or its first [`LONGEST_EXCERPT`] characters and an ellipsis: no message repeats all of what
/// may be megabytes.
pub fn excerpt(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(LONGEST_EXCERPT) {
        None => Cow::Borrowed(text),
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_long_text_is_cut_and_between_characters() {
        let longest = "ä".repeat(LONGEST_EXCERPT);
        assert_eq!(excerpt(&longest), longest);
        assert_eq!(excerpt(&format!("{longest}b")), format!("{longest}…"));
    }
}
