//! JSON text as a Rust type, with the paths of errors and of unknown fields.

use serde::de::DeserializeOwned;
use serde_json::{Deserializer, Value};
use serde_path_to_error::Track;

use super::JsonError;

/// Maximum number of unknown fields that are listed.
const MAX_UNKNOWN: usize = 20;

/// Reads a value of a type, with the paths of fields that it does not have, at most 20.
///
/// # Errors
/// If the text is not JSON, is longer than `max_bytes`, or does not fit the type.
pub(crate) fn typed<T: DeserializeOwned>(
    text: &str,
    max_bytes: usize,
) -> Result<(T, Vec<String>), JsonError> {
    expect_length(text, max_bytes)?;
    let mut unknown = Vec::new();
    let mut note = |path: serde_ignored::Path<'_>| {
        if unknown.len() < MAX_UNKNOWN {
            unknown.push(path.to_string());
        }
    };
    let mut track = Track::new();
    let mut json = Deserializer::from_str(text);
    let with_path = serde_path_to_error::Deserializer::new(&mut json, &mut track);
    let value = T::deserialize(serde_ignored::Deserializer::new(with_path, &mut note));
    let value = value.map_err(|error| JsonError::Syntax {
        path: named(track.path().to_string()),
        reason: error.to_string(),
    })?;
    json.end().map_err(|error| at_root(&error))?;
    Ok((value, unknown))
}

/// Reads any value.
///
/// # Errors
/// If the text is not JSON or longer than `max_bytes`.
pub(crate) fn parse(text: &str, max_bytes: usize) -> Result<Value, JsonError> {
    expect_length(text, max_bytes)?;
    serde_json::from_str(text).map_err(|error| at_root(&error))
}

fn expect_length(text: &str, limit: usize) -> Result<(), JsonError> {
    let found = text.len();
    if found > limit {
        return Err(JsonError::TooLong { found, limit });
    }
    Ok(())
}

fn at_root(error: &serde_json::Error) -> JsonError {
    JsonError::Syntax {
        path: named(".".to_owned()),
        reason: error.to_string(),
    }
}

/// A path for errors, where "." is the whole text.
fn named(path: String) -> String {
    if path == "." {
        "the top level".to_owned()
    } else {
        path
    }
}
