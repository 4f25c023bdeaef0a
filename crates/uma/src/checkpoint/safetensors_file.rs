//! Checkpoints as safetensors: the weights, and configurations as JSON beside them.
//!
//! A safetensors file has the length of its header, the header in JSON (type, shape and offsets of
//! each tensor), and the numbers. Format: <https://huggingface.co/docs/safetensors>.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::Value as Json;

use super::contents::Contents;
use super::dtype::Dtype;
use super::error::CheckpointError;
use super::tensor::TensorView;

/// Maximum length of JSON, bytes; the largest known header has some hundred thousand.
pub(super) const MAX_LENGTH: usize = 16 << 20;
/// Size of the header's length at the start of the file, bytes.
const LENGTH: usize = 8;

/// Whether bytes look like a safetensors file.
pub(super) fn recognizes(bytes: &[u8]) -> bool {
    bytes.get(LENGTH) == Some(&b'{')
}

/// Reads both files.
pub(super) fn read(weights: &[u8], configuration: &[u8]) -> Result<Contents, CheckpointError> {
    let mut flat = json(configuration, "config.json")?;
    let mut take = |key| flat.get_mut(key).map(Json::take).unwrap_or_default();
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

fn json(bytes: &[u8], what: &str) -> Result<Json, CheckpointError> {
    if bytes.len() > MAX_LENGTH {
        return Err(CheckpointError::damaged(format!("{what} is too long")));
    }
    serde_json::from_slice(bytes)
        .map_err(|error| CheckpointError::damaged(format!("{what} is not valid JSON: {error}")))
}

fn views(bytes: &[u8]) -> Result<BTreeMap<String, TensorView>, CheckpointError> {
    let truncated = || CheckpointError::damaged("it ends within its header");
    let (length, rest) = bytes.split_first_chunk::<LENGTH>().ok_or_else(truncated)?;
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| truncated())?;
    let (header, _) = rest.split_at_checked(length).ok_or_else(truncated)?;
    let Json::Object(header) = json(header, "its header")? else {
        return Err(CheckpointError::damaged("its header is not a dictionary"));
    };
    let start = LENGTH + length;
    let tensors = header.iter().filter(|(name, _)| *name != "__metadata__");
    let tensors = tensors.map(|(name, tensor)| {
        let view = view(name, tensor, start..bytes.len())?;
        Ok((name.clone(), view))
    });
    tensors.collect()
}

/// A tensor of the header; `all` is the range of the numbers in the file.
fn view(name: &str, tensor: &Json, all: Range<usize>) -> Result<TensorView, CheckpointError> {
    let damaged = |what| CheckpointError::damaged(format!("the tensor {name:?} {what}"));
    let dtype = match tensor["dtype"].as_str() {
        Some("F16") => Dtype::F16,
        Some("BF16") => Dtype::Bf16,
        Some("F32") => Dtype::F32,
        Some("F64") => Dtype::F64,
        Some("I64") => Dtype::I64,
        _ => {
            return Err(CheckpointError::unsupported(
                format!("type of the tensor {name:?}"),
                tensor["dtype"].to_string(),
                "F32, F64, F16, BF16, I64",
            ));
        }
    };
    let shape = sizes(&tensor["shape"]).ok_or_else(|| damaged("has no shape"))?;
    let range = match sizes(&tensor["data_offsets"]).as_deref() {
        Some([from, to]) if from <= to => {
            let (from, to) = (all.start.checked_add(*from), all.start.checked_add(*to));
            from.zip(to).filter(|(_, to)| *to <= all.end)
        }
        _ => None,
    };
    let (from, to) = range.ok_or_else(|| damaged("is outside the file"))?;
    let view = TensorView::whole(from..to, dtype, shape)?;
    match view.count() * dtype.width() == to - from {
        true => Ok(view),
        false => Err(damaged("does not have the length of its shape")),
    }
}

fn sizes(list: &Json) -> Option<Vec<usize>> {
    let size = |size: &Json| usize::try_from(size.as_u64()?).ok();
    list.as_array()?.iter().map(size).collect()
}
