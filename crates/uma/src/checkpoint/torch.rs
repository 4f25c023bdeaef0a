//! Checkpoints of PyTorch, as published: a zip file with a pickle and an entry for each storage.
//!
//! `torch.save` of a `MLIPInferenceCheckpoint` of fairchem-core: the configurations of the model and
//! its tasks, the weights, and their exponential moving average, which is used.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::Value as Json;

use super::contents::Contents;
use super::dtype::Dtype;
use super::error::CheckpointError;
use super::global::Global;
use super::layout;
use super::pickle::{Id, Pickle, Value};
use super::tensor::TensorView;
use super::to_json::to_json;
use super::zip::Archive;

/// Reads the container.
pub(super) fn read(bytes: &[u8]) -> Result<Contents, CheckpointError> {
    let archive = Archive::open(bytes)?;
    let root = archive
        .names()
        .find_map(|name| name.strip_suffix("data.pkl"))
        .filter(|root| root.is_empty() || root.ends_with('/'))
        .ok_or_else(|| CheckpointError::NotAModel {
            found: "a zip file without a pickle (data.pkl)".to_owned(),
        })?;
    if let Some(order) = archive.read(&format!("{root}byteorder"))?
        && order != b"little"
    {
        return Err(CheckpointError::unsupported(
            "byte order",
            String::from_utf8_lossy(order),
            "little",
        ));
    }
    let pickle = archive.read(&format!("{root}data.pkl"))?;
    let pickle = Pickle::read(pickle.unwrap_or_default())?;
    let reader = TorchReader {
        archive,
        root,
        pickle,
    };
    let state = reader.state()?;
    Ok(Contents {
        views: reader.views(reader.field(state, "ema_state_dict")?)?,
        model: to_json(&reader.pickle, reader.field(state, "model_config")?)?,
        tasks: to_json(&reader.pickle, reader.field(state, "tasks_config")?)?,
        flat: Json::Null,
    })
}

/// Reader of the archive and its pickle.
struct TorchReader<'a> {
    archive: Archive<'a>,
    /// The root folder of the archive, with its slash.
    root: &'a str,
    pickle: Pickle<'a>,
}

impl<'a> TorchReader<'a> {
    /// The fields of the saved object.
    fn state(&self) -> Result<&Value<'a>, CheckpointError> {
        let found = match self.pickle.root() {
            Value::Record {
                class: Global::Checkpoint,
                state: Some(state),
                ..
            } => return Ok(self.pickle.value(*state)),
            Value::Dict(_) => "a PyTorch file with a dictionary",
            Value::Record {
                class: Global::Tensor | Global::Parameter,
                ..
            } => "a PyTorch file with a tensor",
            _ => "a PyTorch file",
        };
        Err(CheckpointError::NotAModel {
            found: format!("{found} and not fairchem's MLIPInferenceCheckpoint"),
        })
    }

    fn field(&self, state: &Value<'a>, name: &str) -> Result<Id, CheckpointError> {
        let found = self.pickle.get(state, name);
        found.ok_or_else(|| CheckpointError::damaged(format!("its checkpoint has no {name}")))
    }

    /// The parameters of a state dictionary by name, without the prefix `module.`.
    fn views(&self, id: Id) -> Result<BTreeMap<String, TensorView>, CheckpointError> {
        let Value::Dict(items) = self.pickle.value(id) else {
            return Err(CheckpointError::damaged("its weights are not a dictionary"));
        };
        let mut views = BTreeMap::new();
        for (key, value) in items {
            let Some(key) = self.pickle.text(*key) else {
                return Err(CheckpointError::damaged("a tensor's name is not a string"));
            };
            let name = key.trim_start_matches("module.");
            if !layout::is_parameter(name) {
                continue;
            }
            let view = self.view(*value).map_err(|error| match error {
                CheckpointError::Damaged(what) => {
                    CheckpointError::damaged(format!("{what} (the tensor {key:?})"))
                }
                other => other,
            })?;
            if views.insert(name.to_owned(), view).is_some() {
                let what = format!("there are two tensors {name:?}");
                return Err(CheckpointError::damaged(what));
            }
        }
        Ok(views)
    }

    /// A tensor: `_rebuild_tensor_v2(storage, offset, size, stride, …)`.
    fn view(&self, id: Id) -> Result<TensorView, CheckpointError> {
        let broken = || CheckpointError::damaged("a tensor does not have PyTorch's form");
        let mut arguments = self.arguments(id, Global::Parameter);
        let id = match arguments {
            Some([tensor, ..]) => *tensor,
            _ => id,
        };
        arguments = self.arguments(id, Global::Tensor);
        let Some([storage, offset, shape, strides, ..]) = arguments else {
            return Err(broken());
        };
        let (range, dtype) = self.storage(*storage)?;
        let offset = self.size(*offset).ok_or_else(broken)?;
        let sizes = |id| self.sizes(id).ok_or_else(broken);
        TensorView::new(range, dtype, offset, sizes(*shape)?, sizes(*strides)?)
    }

    /// The arguments of a record of a class.
    fn arguments(&self, id: Id, wanted: Global) -> Option<&[Id]> {
        match self.pickle.value(id) {
            Value::Record {
                class, arguments, ..
            } if *class == wanted => self.items(*arguments),
            _ => None,
        }
    }

    fn items(&self, id: Id) -> Option<&[Id]> {
        match self.pickle.value(id) {
            Value::Tuple(items) | Value::List(items) => Some(items),
            _ => None,
        }
    }

    fn size(&self, id: Id) -> Option<usize> {
        match self.pickle.value(id) {
            Value::Integer(integer) => usize::try_from(*integer).ok(),
            _ => None,
        }
    }

    fn sizes(&self, id: Id) -> Option<Vec<usize>> {
        let items = self.items(id)?;
        items.iter().map(|item| self.size(*item)).collect()
    }

    /// A storage: a persistent reference `("storage", class, key, device, count)`.
    fn storage(&self, id: Id) -> Result<(Range<usize>, Dtype), CheckpointError> {
        let reference = match self.pickle.value(id) {
            Value::Persistent(reference) => self.items(*reference),
            _ => None,
        };
        let parts = reference.and_then(|parts| {
            let [word, class, key, _, count] = parts else {
                return None;
            };
            let Value::Global(Global::Storage(dtype)) = self.pickle.value(*class) else {
                return None;
            };
            let key = self.pickle.text(*key)?;
            let is_storage = self.pickle.text(*word) == Some("storage");
            Some((*dtype, key, self.size(*count)?)).filter(|_| is_storage)
        });
        let (dtype, key, count) =
            parts.ok_or_else(|| CheckpointError::damaged("a reference to a storage is invalid"))?;
        let dtype = dtype.ok_or_else(|| {
            CheckpointError::unsupported(
                format!("storage {key:?}"),
                "of small integers or booleans",
                "floating-point numbers",
            )
        })?;
        let range = self.archive.find(&format!("{}data/{key}", self.root))?;
        let range = range.filter(|range| Some(range.len()) == count.checked_mul(dtype.width()));
        range.map(|range| (range, dtype)).ok_or_else(|| {
            CheckpointError::damaged(format!("the storage {key:?} of {count} numbers is missing"))
        })
    }
}
