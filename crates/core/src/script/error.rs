//! Errors of scripts, with the message and the field.

use std::fmt::Display;

use crate::chem::excerpt;

/// A value of a script that is not allowed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("messages{path}{}: found {found}, expected {expected}", .message.as_deref().map(of_message).unwrap_or_default())]
pub struct ScriptError {
    /// Id of the message, if it is about one.
    pub message: Option<String>,
    /// Path of the value within the messages, such as `[2].actions[0].callout.text`.
    pub path: String,
    /// The value, shortened.
    pub found: String,
    /// The expected value, in words.
    pub expected: String,
}

fn of_message(id: &str) -> String {
    format!(" (of message {:?})", excerpt(id))
}

impl ScriptError {
    /// More messages than allowed.
    pub(super) fn too_many(found: usize, limit: usize) -> ScriptError {
        ScriptError {
            message: None,
            path: String::new(),
            found: format!("{found} messages"),
            expected: format!("at most {limit}"),
        }
    }
}

/// The message that is checked, and the number of atoms if it is known.
pub(super) struct Place<'a> {
    pub(super) index: usize,
    pub(super) message: &'a str,
    pub(super) atoms: Option<usize>,
}

impl Place<'_> {
    /// The error of a field of the message.
    pub(super) fn error(
        &self,
        field: impl Display,
        found: impl Display,
        expected: impl Into<String>,
    ) -> ScriptError {
        ScriptError {
            message: Some(excerpt(self.message).into_owned()),
            path: format!("[{}].{field}", self.index),
            found: excerpt(&found.to_string()).into_owned(),
            expected: expected.into(),
        }
    }

    /// A finite number within bounds, both included.
    pub(super) fn within(
        &self,
        field: impl Display,
        value: f64,
        [low, high]: [f64; 2],
    ) -> Result<(), ScriptError> {
        if (low..=high).contains(&value) {
            return Ok(());
        }
        Err(self.error(field, value, format!("a number from {low} to {high}")))
    }

    /// Finite numbers.
    pub(super) fn finite(&self, field: impl Display, values: &[f64]) -> Result<(), ScriptError> {
        match values.iter().find(|value| !value.is_finite()) {
            Some(value) => Err(self.error(field, value, "a finite number")),
            None => Ok(()),
        }
    }

    /// A text of limited length.
    pub(super) fn text(
        &self,
        field: impl Display,
        text: &str,
        max: usize,
    ) -> Result<(), ScriptError> {
        if text.len() <= max {
            return Ok(());
        }
        let found = format!("{} bytes", text.len());
        Err(self.error(field, found, format!("at most {max} bytes")))
    }

    /// The index of an atom that exists.
    pub(super) fn atom(&self, field: impl Display, atom: usize) -> Result<(), ScriptError> {
        match self.atoms {
            Some(atoms) if atom >= atoms => {
                Err(self.error(field, atom, format!("the index of one of {atoms} atoms")))
            }
            _ => Ok(()),
        }
    }
}
