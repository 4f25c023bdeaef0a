//! Output of a recording: a file that can be cut after a failed write.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use std::path::Path;

use crate::RecordingError;

/// File that a recording is written to. Each call of [`Write::write_all`] is one append.
pub trait RecordingOutput: Write + Send {
    /// Cuts the file to a length in bytes; the next write appends there.
    ///
    /// # Errors
    /// If the file system refuses.
    fn truncate(&mut self, length: u64) -> io::Result<()>;

    /// Waits until the file is on the disk, and lets other programs write it.
    ///
    /// # Errors
    /// If the disk fails.
    fn close(&mut self) -> io::Result<()>;
}

impl RecordingOutput for File {
    fn truncate(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)?;
        self.seek(SeekFrom::Start(length)).map(drop)
    }

    fn close(&mut self) -> io::Result<()> {
        let synchronized = match self.sync_all() {
            // Pipes and devices cannot.
            Err(error) if error.kind() == ErrorKind::InvalidInput => Ok(()),
            result => result,
        };
        // Explicitly: a process that is being started may still share the lock.
        #[cfg(not(windows))]
        let _ = self.unlock();
        synchronized
    }
}

/// Opens a file for reading and writing that only one program writes at a time.
pub(super) fn open(path: &Path, create_new: bool) -> Result<File, RecordingError> {
    let name = path.display().to_string();
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(create_new);
    #[cfg(windows)]
    {
        /// Others may read, not write.
        const FILE_SHARE_READ: u32 = 1;
        std::os::windows::fs::OpenOptionsExt::share_mode(&mut options, FILE_SHARE_READ);
    }
    let file = options.open(path).map_err(|reason| match reason.kind() {
        ErrorKind::AlreadyExists => RecordingError::Exists { path: name.clone() },
        _ => RecordingError::Write {
            path: name.clone(),
            reason,
        },
    })?;
    // On Windows a lock would keep readers out. File systems without locks are no reason to refuse.
    #[cfg(not(windows))]
    if let Err(std::fs::TryLockError::WouldBlock) = file.try_lock() {
        return Err(RecordingError::InUse { path: name });
    }
    Ok(file)
}
