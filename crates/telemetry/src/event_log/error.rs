//! Errors of event logs.

use std::path::{Path, PathBuf};

/// An event log that cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum EventLogError {
    /// The file system refuses.
    #[error(
        "cannot use the event log {}: {reason}; check the folder and its permissions", .path.display()
    )]
    File {
        /// The file.
        path: PathBuf,
        /// The reason.
        reason: std::io::Error,
    },
    /// Another program writes the file.
    #[error(
        "the event log {} is written by another program; stop it, or choose another folder", .path.display()
    )]
    InUse {
        /// The file.
        path: PathBuf,
    },
    /// A line that is no event.
    #[error(
        "{}:{line}: expected an event as a JSON object with a rising event_id ({reason}); move the file \
         away to begin a new one", .path.display()
    )]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// The reason.
        reason: String,
    },
}

impl EventLogError {
    /// An error of the file system.
    pub(super) fn file(path: &Path, reason: std::io::Error) -> EventLogError {
        let path = path.to_owned();
        EventLogError::File { path, reason }
    }
}
