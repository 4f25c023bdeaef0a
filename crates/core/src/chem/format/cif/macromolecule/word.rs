//! Quoting of values in the output of mmCIF.

use super::super::super::{Format, WriteError};

/// A value on one line, quoted where it needs to be.
pub(super) fn word(text: &str) -> Result<String, WriteError> {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "*+-/.,:'".contains(letter);
    let starts_plain = text.starts_with(|first: char| first.is_ascii_alphanumeric());
    if text.is_empty() {
        return Ok("?".to_owned());
    }
    if starts_plain && text.chars().all(plain) {
        return Ok(text.to_owned());
    }
    let quote = ['"', '\''].into_iter().find(|quote| !text.contains(*quote));
    match quote {
        Some(quote) if !text.contains(['\n', '\r']) => Ok(format!("{quote}{text}{quote}")),
        _ => Err(WriteError::cannot_hold(
            Format::Mmcif,
            format!("the name {text:?}"),
            "it has a line end or both quotes; rename it",
        )),
    }
}
