//! Model files on disk; the last model is kept, because it is asked for several times per structure.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use super::error::NepError;
use super::model::Model;
use crate::potential::parameter_file::{ParameterFile, ParameterFileError};

/// Why a model file cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum NepFileError {
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] ParameterFileError),
    /// The content is not a supported model.
    #[error("{path}: {reason}")]
    Content {
        /// The file.
        path: String,
        /// The violation.
        reason: NepError,
    },
}

/// The model of a text, and the hash of the text.
static LAST: Mutex<Option<(u64, Arc<Model>)>> = Mutex::new(None);

/// Loads the model of a file; the last one is parsed again only if the text has changed.
pub(super) fn load(path: &str) -> Result<Arc<Model>, NepFileError> {
    let file = ParameterFile::open(path)?;
    let mut hasher = DefaultHasher::new();
    file.text().hash(&mut hasher);
    let hash = hasher.finish();
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((of_text, model)) = &*last
        && *of_text == hash
    {
        return Ok(Arc::clone(model));
    }
    let model = Model::read(file.text()).map_err(|reason| NepFileError::Content {
        path: path.to_owned(),
        reason,
    })?;
    let model = Arc::new(model);
    *last = Some((hash, Arc::clone(&model)));
    Ok(model)
}
