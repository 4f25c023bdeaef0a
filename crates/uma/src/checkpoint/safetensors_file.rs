//! The second container: the weights as safetensors, the configurations as JSON beside them.
//!
//! A safetensors file is the length of a header, the header in JSON (for each tensor its type, shape
//! and place), and the numbers. Format: <https://huggingface.co/docs/safetensors>.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::Value as Plain;

use super::Contents;
use super::error::CheckpointError;
use super::tensor::{Kind, View};

/// Bytes of JSON that are read; the largest known header has some hundred thousand.
pub(super) const LONGEST: usize = 16 << 20;
/// Bytes of the number that the file starts with.
const LENGTH: usize = 8;

/// Whether bytes look like a safetensors file.
pub(super) fn recognizes(bytes: &[u8]) -> bool {
    bytes.get(LENGTH) == Some(&b'{')
}

/// What is in the two files.
pub(super) fn read(weights: &[u8], configuration: &[u8]) -> Result<Contents, CheckpointError> {
    let mut flat = json(configuration, "config.json")?;
    let mut take = |key| flat.get_mut(key).map(Plain::take).unwrap_or_default();
    let (model, tasks) = (take("model_config"), take("tasks_config"));
    if !model.is_object() {
        return Err(CheckpointError::NotAModel {
            found: "a safetensors file whose config.json has no model_config".to_owned(),
        });
    }
    Ok(Contents {
        views: views(weights)?,
        model,
        tasks,
        flat,
    })
}

fn json(bytes: &[u8], what: &str) -> Result<Plain, CheckpointError> {
    if bytes.len() > LONGEST {
        return Err(CheckpointError::damaged(format!("{what} is too long")));
    }
    serde_json::from_slice(bytes)
        .map_err(|error| CheckpointError::damaged(format!("{what} does not read: {error}")))
}

fn views(bytes: &[u8]) -> Result<BTreeMap<String, View>, CheckpointError> {
    let cut = || CheckpointError::damaged("it ends within its header");
    let (length, rest) = bytes.split_first_chunk::<LENGTH>().ok_or_else(cut)?;
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| cut())?;
    let (header, _) = rest.split_at_checked(length).ok_or_else(cut)?;
    let Plain::Object(header) = json(header, "its header")? else {
        return Err(CheckpointError::damaged("its header is no dictionary"));
    };
    let start = LENGTH + length;
    let tensors = header.iter().filter(|(name, _)| *name != "__metadata__");
    let tensors = tensors.map(|(name, tensor)| {
        let view = view(name, tensor, start..bytes.len())?;
        Ok((name.clone(), view))
    });
    tensors.collect()
}

/// A tensor of the header, among the bytes of all.
fn view(name: &str, tensor: &Plain, all: Range<usize>) -> Result<View, CheckpointError> {
    let damaged = |what| CheckpointError::damaged(format!("the tensor {name:?} {what}"));
    let kind = match tensor["dtype"].as_str() {
        Some("F16") => Kind::F16,
        Some("BF16") => Kind::Bf16,
        Some("F32") => Kind::F32,
        Some("F64") => Kind::F64,
        Some("I64") => Kind::I64,
        _ => {
            return Err(CheckpointError::unsupported(
                format!("type of the tensor {name:?}"),
                tensor["dtype"].to_string(),
                "F32, F64, F16, BF16, I64",
            ));
        }
    };
    let shape = sizes(&tensor["shape"]).ok_or_else(|| damaged("has no shape"))?;
    let place = match sizes(&tensor["data_offsets"]).as_deref() {
        Some([from, to]) if from <= to => {
            let (from, to) = (all.start.checked_add(*from), all.start.checked_add(*to));
            from.zip(to).filter(|(_, to)| *to <= all.end)
        }
        _ => None,
    };
    let (from, to) = place.ok_or_else(|| damaged("is not where its header says"))?;
    let view = View::whole(from..to, kind, shape)?;
    match view.count() * kind.width() == to - from {
        true => Ok(view),
        false => Err(damaged("has not the length that its shape calls for")),
    }
}

fn sizes(list: &Plain) -> Option<Vec<usize>> {
    let size = |size: &Plain| usize::try_from(size.as_u64()?).ok();
    list.as_array()?.iter().map(size).collect()
}
