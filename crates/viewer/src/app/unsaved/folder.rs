//! The folder of automatically saved sessions.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use bevy::prelude::Resource;

use super::slot::SessionSlot;

/// Maximum number of abandoned sessions; the oldest beyond it are removed.
const MAX_ABANDONED: usize = 16;

/// The folder of automatically saved sessions. Without this resource nothing is saved automatically.
#[derive(Resource, Clone, Debug)]
pub struct AutosaveFolder(PathBuf);

/// A session of a process that ended without saving.
#[derive(Debug)]
pub struct AbandonedSession {
    /// Title of the document.
    pub title: String,
    /// Time since it was saved last, when it was found.
    pub age: Duration,
    pub(super) slot: SessionSlot,
}

impl AutosaveFolder {
    /// A folder, which is created when it is needed.
    pub fn new(path: PathBuf) -> AutosaveFolder {
        AutosaveFolder(path)
    }

    /// The folder of the user: `mlipview/sessions` in the platform's folder for the state of programs
    /// (`XDG_STATE_HOME` on Linux), if there is one.
    pub fn of_user() -> Option<AutosaveFolder> {
        let state = dirs::state_dir().or_else(dirs::data_local_dir)?;
        Some(AutosaveFolder(state.join("mlipview").join("sessions")))
    }

    /// A new file of this process.
    pub(super) fn create(&self) -> io::Result<SessionSlot> {
        fs::create_dir_all(&self.0)?;
        let process = std::process::id();
        let mut number = 0;
        loop {
            // An ended process may have had the same id.
            match SessionSlot::new(self.0.join(format!("{process}-{number}.json"))) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
                result => return result,
            }
        }
    }

    /// Sessions of processes that ended without saving, newest first, at most 16. They belong to
    /// this process from now on.
    ///
    /// # Errors
    /// If the folder cannot be read; there are none if it does not exist.
    pub fn abandoned(&self, now: SystemTime) -> io::Result<Vec<AbandonedSession>> {
        let entries = match fs::read_dir(&self.0) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let mut sessions: Vec<AbandonedSession> = entries
            .filter_map(|entry| AbandonedSession::take(entry.ok()?.path(), now))
            .collect();
        sessions.sort_by_key(|session| session.age);
        let kept = sessions.len().min(MAX_ABANDONED);
        for session in sessions.drain(kept..) {
            session.slot.remove();
        }
        Ok(sessions)
    }
}

impl AbandonedSession {
    /// Takes the session of a lock file, if its process has ended; a lock without a session is removed.
    fn take(lock: PathBuf, now: SystemTime) -> Option<AbandonedSession> {
        if lock.extension()? != "lock" {
            return None;
        }
        let slot = SessionSlot::take(lock.with_extension("json")).ok()?;
        let saved = fs::metadata(slot.path()).and_then(|file| file.modified());
        let Ok(saved) = saved else {
            slot.remove();
            return None;
        };
        Some(AbandonedSession {
            title: slot.title(),
            age: now.duration_since(saved).unwrap_or_default(),
            slot,
        })
    }
}
