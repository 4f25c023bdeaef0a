//! The bytes of a checkpoint: a file that is mapped into memory while in use, or memory.

use std::fs::File;
use std::io;
use std::ops::Deref;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use memmap2::Mmap;

use super::error::CheckpointError;

/// The bytes of a checkpoint, mapped on demand.
#[derive(Debug)]
pub(super) struct ByteSource {
    origin: Origin,
    /// The current mapping; tensors share it.
    bytes: RwLock<Option<Arc<Bytes>>>,
}

/// Origin of the bytes.
#[derive(Debug)]
enum Origin {
    File {
        file: File,
        path: String,
        length: u64,
    },
    Memory,
}

/// Bytes at a fixed address.
#[derive(Debug)]
pub(super) enum Bytes {
    Mapped(Mmap),
    Owned(Vec<u8>),
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Bytes::Mapped(map) => map,
            Bytes::Owned(bytes) => bytes,
        }
    }
}

impl ByteSource {
    pub(super) fn of_file(path: &Path) -> Result<ByteSource, CheckpointError> {
        let name = path.display().to_string();
        let unreadable = |reason| CheckpointError::Read {
            path: name.clone(),
            reason,
        };
        let file = File::open(path).map_err(unreadable)?;
        let metadata = file.metadata().map_err(unreadable)?;
        if !metadata.is_file() {
            let reason = io::Error::other("it is not a file");
            return Err(unreadable(reason));
        }
        Ok(ByteSource {
            origin: Origin::File {
                file,
                length: metadata.len(),
                path: name,
            },
            bytes: RwLock::new(None),
        })
    }

    pub(super) fn of_memory(bytes: Vec<u8>) -> ByteSource {
        ByteSource {
            origin: Origin::Memory,
            bytes: RwLock::new(Some(Arc::new(Bytes::Owned(bytes)))),
        }
    }

    /// The bytes, mapped if they are not.
    pub(super) fn bytes(&self) -> Result<Arc<Bytes>, CheckpointError> {
        let present = self.bytes.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(bytes) = &*present {
            return Ok(Arc::clone(bytes));
        }
        drop(present);
        let mut slot = self.bytes.write().unwrap_or_else(PoisonError::into_inner);
        match &*slot {
            Some(bytes) => Ok(Arc::clone(bytes)),
            None => Ok(Arc::clone(slot.insert(self.map()?))),
        }
    }

    /// Unmaps the file as soon as no tensor uses it.
    pub(super) fn unmap(&self) {
        if matches!(self.origin, Origin::File { .. }) {
            *self.bytes.write().unwrap_or_else(PoisonError::into_inner) = None;
        }
    }

    fn map(&self) -> Result<Arc<Bytes>, CheckpointError> {
        let Origin::File { file, path, length } = &self.origin else {
            return Ok(Arc::new(Bytes::Owned(Vec::new())));
        };
        let unreadable = |reason| CheckpointError::Read {
            path: path.clone(),
            reason,
        };
        if file.metadata().map_err(unreadable)?.len() != *length {
            return Err(CheckpointError::Changed { path: path.clone() });
        }
        #[expect(
            unsafe_code,
            reason = "other processes may write to a mapped file; the documentation forbids it, every \
                      access stays within the length checked here, and no bit pattern is \
                      invalid as a number"
        )]
        // SAFETY: see the reason above.
        let map = unsafe { Mmap::map(file) }.map_err(unreadable)?;
        if map.len() as u64 != *length {
            return Err(CheckpointError::Changed { path: path.clone() });
        }
        Ok(Arc::new(Bytes::Mapped(map)))
    }
}
