//! Parser of the comment line of extended XYZ: `key=value` pairs.
//!
//! As in ASE (`ase.io.extxyz.key_val_str_to_dict`), values may be in quotes `""` and `''` or brackets `[]`
//! and `{}`, a backslash escapes the next character, blanks are allowed around `=`, and a key without a
//! value is true.

use std::borrow::Cow;

/// Text of a value, without quotes or brackets.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct RawValue {
    pub(super) text: String,
    /// Whether it was quoted or in brackets, so that it may be empty.
    pub(super) is_quoted: bool,
    /// Whether it is an array of arrays, including its brackets.
    pub(super) nested: bool,
}

impl RawValue {
    /// An unquoted word.
    pub(super) fn bare(text: &str) -> RawValue {
        RawValue {
            text: text.to_owned(),
            ..RawValue::default()
        }
    }

    fn is_absent(&self) -> bool {
        self.text.is_empty() && !self.is_quoted
    }
}

/// Decodes a comment as UTF-8 or else Latin-1.
pub(super) fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    }
}

/// The pairs of a comment in their order; `None` for a free-text comment without pairs.
pub(super) fn pairs(comment: &str) -> Option<Vec<(String, RawValue)>> {
    let pairs = words_by_pair(comment.trim());
    let any = pairs.iter().any(|parts| parts.len() > 1);
    any.then(|| pairs.into_iter().filter_map(pair).collect())
}

/// A key and its value, including any `=` in the value.
fn pair(parts: Vec<RawValue>) -> Option<(String, RawValue)> {
    let mut parts = parts.into_iter();
    let key = parts.next().filter(|key| !key.is_absent())?;
    let Some(mut value) = parts.next() else {
        return Some((key.text, RawValue::bare("T")));
    };
    for part in parts {
        value.text.push('=');
        value.text.push_str(&part.text);
    }
    Some((key.text, value))
}

/// Groups of words joined by `=`.
fn words_by_pair(line: &str) -> Vec<Vec<RawValue>> {
    let mut done: Vec<Vec<RawValue>> = Vec::new();
    let mut parts = Vec::new();
    let mut word = RawValue::default();
    let mut rest = line;
    while let Some(character) = rest.chars().next() {
        let mut length = character.len_utf8();
        match character {
            '"' | '\'' | '{' | '[' => {
                let nested = nested_length(rest).filter(|_| word.is_absent());
                length = match nested {
                    Some(length) => {
                        word.text.push_str(&rest[..length]);
                        length
                    }
                    None => push_quoted(rest, &mut word.text),
                };
                word.nested |= nested.is_some();
                word.is_quoted = true;
            }
            '=' if parts.is_empty() && word.is_absent() => {
                // The `=` continues a pair that a blank had ended.
                parts = done.pop().unwrap_or_else(|| vec![RawValue::default()]);
            }
            '=' => parts.push(std::mem::take(&mut word)),
            blank if is_blank(blank) => {
                if !word.is_absent() {
                    parts.push(std::mem::take(&mut word));
                    done.push(std::mem::take(&mut parts));
                }
            }
            '\\' => {
                let escaped = rest[length..].chars().next();
                word.text.extend(escaped);
                length += escaped.map_or(0, char::len_utf8);
            }
            other => word.text.push(other),
        }
        rest = &rest[length..];
    }
    if !parts.is_empty() || !word.is_absent() {
        parts.push(word);
        done.push(parts);
    }
    done
}

/// Appends the quoted text at the start, up to the closing quote or bracket or the end of the line;
/// returns its length.
fn push_quoted(rest: &str, text: &mut String) -> usize {
    let mut characters = rest.char_indices();
    let closing = match characters.next() {
        Some((_, '{')) => '}',
        Some((_, '[')) => ']',
        Some((_, quote)) => quote,
        None => return 0,
    };
    while let Some((index, character)) = characters.next() {
        match character {
            '\\' => text.extend(characters.next().map(|(_, escaped)| escaped)),
            _ if character == closing => return index + character.len_utf8(),
            _ => text.push(character),
        }
    }
    rest.len()
}

/// Length of the array of arrays `[[…], …]` at the start, if any.
fn nested_length(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('[')?;
    if !inner.trim_start().starts_with('[') {
        return None;
    }
    let mut depth = 0;
    for (index, byte) in rest.bytes().enumerate() {
        match byte {
            b'[' => depth += 1,
            b']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(index + 1);
        }
    }
    None
}

/// A key or value, quoted if necessary.
pub(super) fn quoted(text: &str) -> Cow<'_, str> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-+.:/".contains(&byte);
    if !text.is_empty() && text.bytes().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut quoted = String::from('"');
    for character in text.chars() {
        if matches!(character, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(character);
    }
    quoted.push('"');
    Cow::Owned(quoted)
}

/// White space as in Python.
pub(super) fn is_blank(character: char) -> bool {
    character.is_whitespace() || ('\x1c'..='\x1f').contains(&character)
}
