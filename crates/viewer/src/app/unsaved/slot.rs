//! A file for automatic saving that belongs to this process as long as its lock is held.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// A file for automatic saving. A lock file beside it names the document and is locked while the
/// process runs: a session whose lock is free was left by a process that has ended.
#[derive(Debug)]
pub(super) struct SessionSlot {
    path: PathBuf,
    lock: File,
    is_removed: Mutex<bool>,
}

impl SessionSlot {
    /// Takes a new file.
    ///
    /// # Errors
    /// If the lock file cannot be written; of the kind `AlreadyExists` if there is one.
    pub(super) fn new(path: PathBuf) -> io::Result<SessionSlot> {
        let mut options = File::options();
        SessionSlot::locked(path, options.create_new(true))
    }

    /// Takes a file, which may exist, unless another process has it.
    ///
    /// # Errors
    /// If the lock file cannot be written; of the kind `WouldBlock` if another process has it.
    pub(super) fn take(path: PathBuf) -> io::Result<SessionSlot> {
        let mut options = File::options();
        SessionSlot::locked(path, options.create(true).truncate(false))
    }

    fn locked(path: PathBuf, options: &mut OpenOptions) -> io::Result<SessionSlot> {
        let lock = options.read(true).write(true).open(lock_path(&path))?;
        lock.try_lock()?;
        Ok(SessionSlot {
            path,
            lock,
            is_removed: Mutex::new(false),
        })
    }

    /// The file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Title of the document in the file, as it was saved last.
    pub(super) fn title(&self) -> String {
        let title = io::read_to_string(&self.lock).unwrap_or_default();
        title.trim().to_owned()
    }

    /// Replaces the file atomically, unless it was removed meanwhile.
    ///
    /// # Errors
    /// If it cannot be written; the old file is kept.
    pub(super) fn write(&self, title: &str, text: &str) -> io::Result<()> {
        let part = part_path(&self.path);
        let mut file = File::create(&part)?;
        file.write_all(text.as_bytes())?;
        // Also a loss of power is a crash.
        file.sync_all()?;
        let is_removed = self.removed();
        if *is_removed {
            return fs::remove_file(&part);
        }
        // By the locked handle: some systems let no other write to a locked file.
        let mut lock = &self.lock;
        lock.set_len(0)?;
        lock.rewind()?;
        lock.write_all(title.as_bytes())?;
        fs::rename(&part, &self.path)
    }

    /// Removes the file: its contents are saved elsewhere, or not wanted.
    pub(super) fn remove(&self) {
        let mut is_removed = self.removed();
        *is_removed = true;
        for path in [&self.path, &part_path(&self.path), &lock_path(&self.path)] {
            // A file that is not there needs no removal.
            let _ = fs::remove_file(path);
        }
    }

    fn removed(&self) -> std::sync::MutexGuard<'_, bool> {
        self.is_removed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

fn lock_path(path: &Path) -> PathBuf {
    path.with_extension("lock")
}

fn part_path(path: &Path) -> PathBuf {
    path.with_extension("part")
}
