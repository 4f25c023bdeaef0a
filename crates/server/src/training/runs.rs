//! Folder of runs: old trainings, which are opened for replay.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::state::Training;
use mlipview_telemetry::{EventLogError, FILE_NAME, Published, check_name, scan};

/// Maximum number of runs whose event logs are kept in memory.
const MAX_OPENED: usize = 16;

/// Maximum number of runs in a list.
const MAX_LISTED: usize = 1000;

/// Folder of runs, each a folder with an event log. \[29\]
pub(super) struct Runs {
    folder: Option<PathBuf>,
    /// The runs opened last.
    opened: Mutex<VecDeque<OpenedRun>>,
}

/// A run that was opened, with the length of its event log at that time, bytes.
struct OpenedRun {
    name: String,
    length: u64,
    training: Arc<Training>,
}

impl Runs {
    pub(super) fn new(folder: Option<PathBuf>) -> Runs {
        Runs {
            folder,
            opened: Mutex::default(),
        }
    }

    /// The folder of a run.
    pub(super) fn path(&self, name: &str) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(name))
    }

    /// Opens a run for replay; `None` if there is none of this name, which is an allowed one.
    pub(super) fn open(&self, name: &str) -> Result<Option<Arc<Training>>, EventLogError> {
        let Some(folder) = self.path(name) else {
            return Ok(None);
        };
        let Ok(metadata) = folder.join(FILE_NAME).metadata() else {
            return Ok(None);
        };
        let length = metadata.len();
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        let same = opened
            .iter()
            .find(|run| run.name == name && run.length == length);
        if let Some(run) = same {
            return Ok(Some(Arc::clone(&run.training)));
        }
        let training = Training::ended(Published::with_log(name, &folder, scan(&folder)?));
        opened.retain(|run| run.name != name);
        opened.push_front(OpenedRun {
            name: name.to_owned(),
            length,
            training: Arc::clone(&training),
        });
        opened.truncate(MAX_OPENED);
        Ok(Some(training))
    }

    /// Names of all runs, sorted; at most 1000.
    pub(super) fn names(&self) -> Vec<String> {
        let folder = self.folder.as_deref().map(Path::read_dir);
        let Some(Ok(entries)) = folder else {
            return Vec::new();
        };
        let runs = entries.flatten().filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let is_run = check_name(&name).is_ok() && entry.path().join(FILE_NAME).is_file();
            is_run.then_some(name)
        });
        let mut names: Vec<String> = runs.take(MAX_LISTED).collect();
        names.sort();
        names
    }
}
