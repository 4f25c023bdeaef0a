//! Progress of a search for frames, and the request to stop it.

use std::io;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

use crate::chem::format::Compression;

/// Progress of a search, shared by the thread that searches and those that read frames.
#[derive(Debug, Default)]
pub(super) struct Progress {
    /// Bytes of the file that have been searched.
    searched: AtomicU64,
    is_stopped: AtomicBool,
    /// The compression, if the compressed file is cut short or damaged.
    truncated: OnceLock<Compression>,
}

/// The search was stopped.
#[derive(Debug, thiserror::Error)]
#[error("the search for frames was stopped")]
struct Stopped;

impl Progress {
    /// Bytes of the file that have been searched.
    pub(super) fn searched(&self) -> u64 {
        self.searched.load(Relaxed)
    }

    /// Raises the number of searched bytes.
    pub(super) fn reach(&self, searched: u64) {
        self.searched.fetch_max(searched, Relaxed);
    }

    /// Adds searched bytes.
    pub(super) fn add(&self, bytes: u64) {
        self.searched.fetch_add(bytes, Relaxed);
    }

    /// Asks the search to end.
    pub(super) fn stop(&self) {
        self.is_stopped.store(true, Relaxed);
    }

    /// An error if the search is to end.
    pub(super) fn check(&self) -> io::Result<()> {
        match self.is_stopped.load(Relaxed) {
            true => Err(io::Error::other(Stopped)),
            false => Ok(()),
        }
    }

    /// The compression, if the compressed file is cut short or damaged.
    pub(super) fn truncated(&self) -> Option<Compression> {
        self.truncated.get().copied()
    }

    /// Sets that the compressed file is cut short or damaged.
    pub(super) fn set_truncated(&self, compression: Compression) {
        self.truncated.get_or_init(|| compression);
    }
}
