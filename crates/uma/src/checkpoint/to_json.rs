//! Converts the configuration in a pickle to JSON: dictionaries, lists, strings, numbers.
//!
//! Nodes of OmegaConf have their content in `_content` or `_val`. Their `_parent`, which refers back,
//! is never followed.

use serde_json::{Map, Number, Value as Json};

use super::error::CheckpointError;
use super::global::Global;
use super::pickle::{Id, Pickle, Value};

/// Maximum nesting; a configuration has about ten levels.
const MAX_DEPTH: usize = 64;
/// Maximum number of values: a pickle may refer to the same one many times.
const MAX_VALUES: usize = 1 << 20;

/// Converts a value of a pickle to JSON.
///
/// # Errors
/// If it contains something that a configuration cannot.
pub(super) fn to_json(pickle: &Pickle<'_>, id: Id) -> Result<Json, CheckpointError> {
    let mut left = MAX_VALUES;
    read(pickle, id, MAX_DEPTH, &mut left)
}

fn read(
    pickle: &Pickle<'_>,
    id: Id,
    depth: usize,
    left: &mut usize,
) -> Result<Json, CheckpointError> {
    if depth == 0 || *left == 0 {
        return Err(CheckpointError::damaged(
            "its configuration is nested or repeated without end",
        ));
    }
    *left -= 1;
    let inner = depth - 1;
    Ok(match pickle.value(id) {
        Value::None => Json::Null,
        Value::Boolean(boolean) => Json::Bool(*boolean),
        Value::Integer(integer) => Json::from(*integer),
        Value::Float(float) => Number::from_f64(*float).map_or_else(
            || {
                let what = format!("its configuration has the number {float}");
                Err(CheckpointError::damaged(what))
            },
            |number| Ok(Json::Number(number)),
        )?,
        Value::Text(text) => Json::from(*text),
        Value::List(items) | Value::Tuple(items) => {
            let items = items.iter().map(|item| read(pickle, *item, inner, left));
            Json::Array(items.collect::<Result<_, _>>()?)
        }
        Value::Dict(items) => {
            let mut table = Map::new();
            for (key, value) in items {
                table.insert(name(pickle, *key)?, read(pickle, *value, inner, left)?);
            }
            Json::Object(table)
        }
        Value::Global(global) => Json::from(global.to_string()),
        Value::Record { class, state, .. } => {
            let key = match class {
                Global::Container => "_content",
                Global::Leaf => "_val",
                other => return Err(CheckpointError::foreign(format!("{other} as a setting"))),
            };
            let content = state.and_then(|state| pickle.get(pickle.value(state), key));
            let content = content.ok_or_else(|| {
                CheckpointError::damaged(format!("a node of its configuration has no {key}"))
            })?;
            read(pickle, content, inner, left)?
        }
        Value::Persistent(_) => return Err(CheckpointError::foreign("a storage as a setting")),
    })
}

/// A key of a dictionary: a string, or a number, which OmegaConf allows too.
fn name(pickle: &Pickle<'_>, key: Id) -> Result<String, CheckpointError> {
    match pickle.value(key) {
        Value::Text(text) => Ok((*text).to_owned()),
        Value::Integer(integer) => Ok(integer.to_string()),
        _ => Err(CheckpointError::damaged(
            "its configuration has a key that is not a string",
        )),
    }
}
