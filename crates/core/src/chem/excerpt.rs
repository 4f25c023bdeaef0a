//! Excerpts of user text for error messages.

use std::borrow::Cow;

/// Maximum length of an excerpt, characters.
pub const MAX_EXCERPT: usize = 64;

/// The text, truncated to [`MAX_EXCERPT`] characters and an ellipsis, since input may be megabytes.
pub fn excerpt(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(MAX_EXCERPT) {
        None => Cow::Borrowed(text),
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_long_text_is_cut_and_between_characters() {
        let longest = "ä".repeat(MAX_EXCERPT);
        assert_eq!(excerpt(&longest), longest);
        assert_eq!(excerpt(&format!("{longest}b")), format!("{longest}…"));
    }
}
