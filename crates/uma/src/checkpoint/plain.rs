//! What a pickle says about a configuration, as plain values: dictionaries, lists, texts, numbers.
//!
//! Nodes of OmegaConf hold their content in `_content` or `_val`. Their `_parent`, which leads back
//! up, is never followed.

use serde_json::{Map, Number, Value as Plain};

use super::error::CheckpointError;
use super::global::Global;
use super::pickle::{Id, Pickle, Value};

/// Values within each other; a configuration has about ten.
const DEEPEST: usize = 64;
/// Values altogether: a pickle may name the same one many times.
const MOST: usize = 1 << 20;

/// The plain form of a value of a pickle.
///
/// # Errors
/// If it holds something that a configuration cannot.
pub(super) fn plain(pickle: &Pickle<'_>, id: Id) -> Result<Plain, CheckpointError> {
    let mut left = MOST;
    read(pickle, id, DEEPEST, &mut left)
}

fn read(
    pickle: &Pickle<'_>,
    id: Id,
    depth: usize,
    left: &mut usize,
) -> Result<Plain, CheckpointError> {
    if depth == 0 || *left == 0 {
        return Err(CheckpointError::damaged(
            "its configuration is nested or repeated without end",
        ));
    }
    *left -= 1;
    let inner = depth - 1;
    Ok(match pickle.value(id) {
        Value::None => Plain::Null,
        Value::Boolean(boolean) => Plain::Bool(*boolean),
        Value::Integer(integer) => Plain::from(*integer),
        Value::Float(float) => Number::from_f64(*float).map_or_else(
            || {
                let what = format!("its configuration has the number {float}");
                Err(CheckpointError::damaged(what))
            },
            |number| Ok(Plain::Number(number)),
        )?,
        Value::Text(text) => Plain::from(*text),
        Value::List(items) | Value::Tuple(items) => {
            let items = items.iter().map(|item| read(pickle, *item, inner, left));
            Plain::Array(items.collect::<Result<_, _>>()?)
        }
        Value::Dict(items) => {
            let mut table = Map::new();
            for (key, value) in items {
                table.insert(name(pickle, *key)?, read(pickle, *value, inner, left)?);
            }
            Plain::Object(table)
        }
        Value::Global(global) => Plain::from(global.to_string()),
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

/// A key of a dictionary: text, or a number, which OmegaConf allows, too.
fn name(pickle: &Pickle<'_>, key: Id) -> Result<String, CheckpointError> {
    match pickle.value(key) {
        Value::Text(text) => Ok((*text).to_owned()),
        Value::Integer(integer) => Ok(integer.to_string()),
        _ => Err(CheckpointError::damaged(
            "its configuration has a key that is no text",
        )),
    }
}
