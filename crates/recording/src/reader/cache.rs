//! Cache of decompressed chunks and parsed structures.

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::sync::{Arc, Weak};

use mlipview_core::chem::Structure;

use crate::container::{ChunkContent, ChunkError, RecordFile, RecordHeader};

/// Memory of decompressed chunks, bytes; at least one chunk is kept.
const MAX_BYTES: usize = 64 << 20;

/// Number of structures that are kept without a frame that uses them.
const MAX_STRUCTURES: usize = 8;

/// The chunks and structures that were used last, the newest at the end.
#[derive(Default)]
pub(super) struct Cache {
    chunks: VecDeque<(u64, ChunkContent)>,
    bytes: usize,
    structures: VecDeque<Arc<Structure>>,
    /// Structures by their number in the file, as long as a frame uses them.
    shared: BTreeMap<u64, Weak<Structure>>,
}

/// Why a chunk cannot be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReadError {
    /// The file cannot be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The record is no chunk.
    #[error("the chunk at byte {0} is damaged")]
    Record(u64),
    /// The chunk cannot be decompressed.
    #[error("the chunk at byte {offset} is damaged: {reason}")]
    Chunk {
        /// Its offset, bytes.
        offset: u64,
        /// Why.
        reason: ChunkError,
    },
}

/// Reads and decompresses a chunk.
pub(super) fn read_chunk(
    file: &mut RecordFile,
    record: RecordHeader,
) -> Result<ChunkContent, ReadError> {
    let offset = record.offset;
    let chunk = file.chunk(&record)?.ok_or(ReadError::Record(offset))?;
    let content = chunk.content();
    content.map_err(|reason| ReadError::Chunk { offset, reason })
}

impl Cache {
    /// The content of a chunk.
    pub(super) fn chunk(
        &mut self,
        file: &mut RecordFile,
        record: RecordHeader,
    ) -> Result<&ChunkContent, ReadError> {
        let is_it = |(offset, _): &(u64, _)| *offset == record.offset;
        let entry = match self.chunks.iter().position(is_it) {
            Some(at) => self.chunks.remove(at),
            None => {
                let content = read_chunk(file, record)?;
                self.bytes += content.memory();
                while self.bytes > MAX_BYTES
                    && let Some((_, oldest)) = self.chunks.pop_front()
                {
                    self.bytes -= oldest.memory();
                }
                Some((record.offset, content))
            }
        };
        self.chunks.extend(entry);
        let newest = self.chunks.back();
        newest
            .map(|(_, content)| content)
            .ok_or(ReadError::Record(record.offset))
    }

    /// The structure of a number, if a frame uses it or did so recently.
    pub(super) fn structure(&self, number: u64) -> Option<Arc<Structure>> {
        self.shared.get(&number)?.upgrade()
    }

    /// Keeps a structure to share it.
    pub(super) fn keep_structure(&mut self, number: u64, structure: Structure) -> Arc<Structure> {
        let structure = Arc::new(structure);
        self.shared.retain(|_, shared| shared.strong_count() > 0);
        self.shared.insert(number, Arc::downgrade(&structure));
        self.structures.push_back(Arc::clone(&structure));
        if self.structures.len() > MAX_STRUCTURES {
            self.structures.pop_front();
        }
        structure
    }
}
