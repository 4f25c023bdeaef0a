//! Writing of an event log.

use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::FILE_NAME;
use super::error::EventLogError;
use super::scan::{LoggedEvents, scan_file};
use crate::shared_event::SharedEvent;

/// An event log that is open for writing.
#[derive(Debug)]
pub struct EventLog {
    file: File,
    path: PathBuf,
    length: u64,
    /// Whether something was written since the last synchronization.
    is_dirty: bool,
}

impl EventLog {
    /// Opens the event log in a folder, which is created if it does not exist, and reads the events that are
    /// in it. A last line that is not complete, after a crash, is cut off.
    ///
    /// # Errors
    /// If the folder or the file cannot be used, another program writes it, or a line is no event.
    pub fn open(folder: &Path) -> Result<(EventLog, LoggedEvents), EventLogError> {
        let path = folder.join(FILE_NAME);
        let failed = |reason| EventLogError::file(&path, reason);
        std::fs::create_dir_all(folder).map_err(failed)?;
        let mut options = OpenOptions::new();
        let options = options.read(true).write(true).create(true).truncate(false);
        let mut file = options.open(&path).map_err(failed)?;
        lock(&file, &path)?;
        let found = scan_file(&path, &file)?;
        let length = found.length;
        file.set_len(length).map_err(failed)?;
        file.seek(SeekFrom::Start(length)).map_err(failed)?;
        let log = EventLog {
            file,
            path,
            length,
            is_dirty: false,
        };
        Ok((log, found))
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Appends events in one write, and returns where each begins in the file, bytes.
    ///
    /// # Errors
    /// If the disk is full or fails.
    pub fn append(&mut self, events: &[Arc<SharedEvent>]) -> Result<Vec<u64>, EventLogError> {
        let mut bytes = Vec::new();
        let mut offsets = Vec::with_capacity(events.len());
        for event in events {
            offsets.push(self.length + bytes.len() as u64);
            bytes.extend_from_slice(event.json().as_bytes());
            bytes.push(b'\n');
        }
        let written = self.file.write_all(&bytes);
        written.map_err(|reason| EventLogError::file(&self.path, reason))?;
        self.length += bytes.len() as u64;
        self.is_dirty |= !events.is_empty();
        Ok(offsets)
    }

    /// Waits until all events are on the disk; call it each second.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn sync(&mut self) -> Result<(), EventLogError> {
        if std::mem::take(&mut self.is_dirty) {
            let synced = self.file.sync_data();
            synced.map_err(|reason| EventLogError::file(&self.path, reason))?;
        }
        Ok(())
    }
}

/// Locks a file against other programs that write it.
fn lock(file: &File, path: &Path) -> Result<(), EventLogError> {
    // On Windows a lock would keep readers out. File systems without locks are no reason to refuse.
    #[cfg(not(windows))]
    if let Err(std::fs::TryLockError::WouldBlock) = file.try_lock() {
        let path = path.to_owned();
        return Err(EventLogError::InUse { path });
    }
    #[cfg(windows)]
    let _ = (file, path);
    Ok(())
}
