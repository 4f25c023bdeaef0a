//! The content of a container: tensors and configurations.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::tensor::TensorView;

/// The content of a container, before it is checked.
pub(super) struct Contents {
    pub(super) views: BTreeMap<String, TensorView>,
    /// The configuration of the model.
    pub(super) model: Json,
    /// The configuration of its tasks, in the official form, or null.
    pub(super) tasks: Json,
    /// All settings of a safetensors file's config.json, which may have the tasks in another form.
    pub(super) flat: Json,
}
