//! Files that a training writes: replaced only by complete new ones.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Why a file cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {}: {reason}", .path.display())]
pub struct WriteError {
    /// The file.
    path: PathBuf,
    /// The error of the operating system.
    reason: io::Error,
}

/// Replaces a file, and creates its folder; other processes see the old content until the new one is
/// complete.
///
/// # Errors
/// If the disk is full or the folder is not writable.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let failed = |reason| WriteError {
        path: path.to_owned(),
        reason,
    };
    let part = path.with_added_extension("part");
    let write = || -> io::Result<()> {
        if let Some(folder) = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            fs::create_dir_all(folder)?;
        }
        let mut file = File::create(&part)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&part, path)
    };
    write().map_err(failed)
}
