//! The checkpoint that was opened last.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::models::{ModelKind, ModelsError};
use crate::preferences::Preferences;

/// Opens checkpoints by name, and keeps the last one open.
pub(crate) struct CheckpointCache {
    pub(crate) preferences: Preferences,
    last: Mutex<Option<(PathBuf, Arc<Checkpoint>)>>,
}

/// Why a checkpoint cannot be opened.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OpenError {
    #[error(
        "no UMA model is imported: models/README.md says how to obtain one, and `mlipview model \
         import FILE` imports it"
    )]
    NoModel,
    #[error("{0} is a neuroevolution potential, not a model of UMA: request nep:model={0}")]
    NotUma(String),
    #[error(transparent)]
    Models(#[from] ModelsError),
    #[error("{path}: {reason}")]
    Checkpoint {
        path: String,
        reason: CheckpointError,
    },
}

impl CheckpointCache {
    pub(crate) fn new(preferences: Preferences) -> CheckpointCache {
        CheckpointCache {
            preferences,
            last: Mutex::new(None),
        }
    }

    /// The checkpoint of a name in the models folder; without a name, the preferred or the first one.
    ///
    /// The preferred model, from the command line, may be any path. A name of a request, which may
    /// come from the network, is never a path.
    ///
    /// # Errors
    /// If there is no such checkpoint, or it cannot be opened.
    pub(crate) fn open(&self, name: Option<&str>) -> Result<Arc<Checkpoint>, OpenError> {
        let path = match (name, &self.preferences.model) {
            (Some(name), _) => self.imported(Some(name))?,
            (None, Some(model)) if Path::new(model).exists() => PathBuf::from(model),
            (None, model) => self.imported(model.as_deref())?,
        };
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((opened, checkpoint)) = &*last
            && *opened == path
        {
            return Ok(Arc::clone(checkpoint));
        }
        let checkpoint = Checkpoint::open(&path).map_err(|reason| OpenError::Checkpoint {
            path: path.display().to_string(),
            reason,
        })?;
        let checkpoint = Arc::new(checkpoint);
        *last = Some((path, Arc::clone(&checkpoint)));
        Ok(checkpoint)
    }

    /// The path of an imported model, the first one without a name.
    fn imported(&self, name: Option<&str>) -> Result<PathBuf, OpenError> {
        let models = self.preferences.models.as_ref();
        let models = models.ok_or(OpenError::NoModel)?;
        let found = match name {
            Some(name) => models.find(name)?,
            None => {
                let mut models = models.list_of(ModelKind::Uma)?.into_iter();
                models.next().ok_or(OpenError::NoModel)?
            }
        };
        match found.kind {
            ModelKind::Uma => Ok(found.path),
            ModelKind::Nep => Err(OpenError::NotUma(found.name)),
        }
    }
}
