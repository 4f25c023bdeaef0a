//! Bounds of single values: texts, numbers, lists and indices.

use std::collections::HashSet;

use crate::json::JsonError;
use crate::session_file::SessionError;

/// The error of a value.
pub(super) fn invalid(
    path: impl Into<String>,
    found: impl std::fmt::Display,
    expected: impl Into<String>,
) -> SessionError {
    JsonError::value(path, found, expected).into()
}

pub(super) fn text(path: &str, text: &str, max: usize) -> Result<(), SessionError> {
    if text.len() > max {
        let found = format!("{} bytes", text.len());
        return Err(invalid(path, found, format!("at most {max} bytes")));
    }
    Ok(())
}

pub(super) fn count(path: &str, found: usize, max: usize) -> Result<(), SessionError> {
    if found > max {
        return Err(invalid(
            path,
            format!("{found} entries"),
            format!("at most {max}"),
        ));
    }
    Ok(())
}

pub(super) fn finite(path: impl Into<String>, value: f64) -> Result<(), SessionError> {
    if !value.is_finite() {
        return Err(invalid(path, value, "a finite number"));
    }
    Ok(())
}

/// A number within bounds, both included.
pub(super) fn within(path: &str, value: f64, [low, high]: [f64; 2]) -> Result<(), SessionError> {
    if !(low..=high).contains(&value) {
        return Err(invalid(
            path,
            value,
            format!("a number from {low} to {high}"),
        ));
    }
    Ok(())
}

/// Different indices of atoms that exist.
pub(super) fn indices(path: &str, list: &[usize], atoms: usize) -> Result<(), SessionError> {
    let mut seen = HashSet::new();
    for (index, &atom) in list.iter().enumerate() {
        if atom >= atoms || !seen.insert(atom) {
            let expected = format!("different indices of {atoms} atoms");
            return Err(invalid(format!("{path}[{index}]"), atom, expected));
        }
    }
    Ok(())
}
