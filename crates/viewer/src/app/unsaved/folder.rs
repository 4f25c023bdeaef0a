//! The folder of automatically saved sessions.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

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
    /// When it was saved last.
    pub saved: SystemTime,
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
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let now = now.unwrap_or_default().as_millis();
        let name = format!("{now}-{}.json", std::process::id());
        SessionSlot::take(self.0.join(name))
    }

    /// Sessions of processes that ended without saving, newest first, at most 16. They belong to
    /// this process from now on.
    ///
    /// # Errors
    /// If the folder cannot be read; there are none if it does not exist.
    pub fn abandoned(&self) -> io::Result<Vec<AbandonedSession>> {
        let entries = match fs::read_dir(&self.0) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let mut sessions: Vec<AbandonedSession> = entries
            .filter_map(|entry| AbandonedSession::take(entry.ok()?.path()))
            .collect();
        sessions.sort_by_key(|session| std::cmp::Reverse(session.saved));
        let kept = sessions.len().min(MAX_ABANDONED);
        for session in sessions.drain(kept..) {
            session.slot.remove();
        }
        Ok(sessions)
    }
}

impl AbandonedSession {
    /// Takes the session of a lock file, if its process has ended; a lock without a session is removed.
    fn take(lock: PathBuf) -> Option<AbandonedSession> {
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
            saved,
            slot,
        })
    }
}
