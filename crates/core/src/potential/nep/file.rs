//! Model files on disk; the last model is kept, because it is asked for several times per structure.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use super::error::NepError;
use super::header::{Header, Lines};
use super::model::Model;
use crate::chem::Element;
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

/// The elements of a model file, from its header.
pub(super) fn elements(path: &str) -> Result<Vec<Element>, NepFileError> {
    let file = ParameterFile::open(path)?;
    let header = Header::read(&mut Lines::of(file.text()));
    let header = header.map_err(|reason| content_error(path, reason))?;
    Ok(header.elements)
}

fn content_error(path: &str, reason: NepError) -> NepFileError {
    NepFileError::Content {
        path: path.to_owned(),
        reason,
    }
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
    let model = Model::read(file.text()).map_err(|reason| content_error(path, reason))?;
    let model = Arc::new(model);
    *last = Some((hash, Arc::clone(&model)));
    Ok(model)
}
