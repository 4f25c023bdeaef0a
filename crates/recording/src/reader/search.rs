//! Search for the frames of a recording, on a thread of its own.

use std::io;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use prost::Message;

use super::cache::read_chunk;
use super::index::Index;
use crate::container::{Channel, ChunkContent, RecordFile, RecordHeader, RecordKind};
use crate::messages::generated::{Frame, FrameIndex, Structure};

/// Maximum size of a chunk that is read to see whether it is the index of the chunk before, bytes.
const MAX_INDEX: u64 = 2 << 20;

/// Starts the search; it ends early when the index is dropped.
pub(super) fn start(file: RecordFile, start: u64, index: &Arc<Mutex<Index>>) -> io::Result<()> {
    let index = Arc::downgrade(index);
    let builder = std::thread::Builder::new().name("recording search".to_owned());
    builder
        .spawn(move || {
            let mut search = Search {
                file,
                index,
                pending: None,
                length: 0,
            };
            let error = search.run(start).err();
            search.update(|index| {
                if let Some(error) = error {
                    index.error = Some(format!("the rest cannot be read: {error}"));
                }
                index.searched = 1.0;
                true
            });
        })
        .map(drop)
}

struct Search {
    file: RecordFile,
    index: Weak<Mutex<Index>>,
    /// The chunk whose index may follow, with its content if it has been read.
    pending: Option<(RecordHeader, Option<ChunkContent>)>,
    length: u64,
}

impl Search {
    fn run(&mut self, start: u64) -> io::Result<()> {
        self.length = self.file.len()?;
        let mut offset = start;
        let mut is_wanted = true;
        while is_wanted && let Some(record) = self.file.record(offset, self.length)? {
            match record.kind {
                RecordKind::Chunk => is_wanted = self.chunk(record)?,
                RecordKind::End => return self.settle().map(drop),
                RecordKind::Invalid => break,
                RecordKind::MessageIndex | RecordKind::Other => {}
            }
            offset = record.end;
            // Less than 1 until the last chunk has been indexed.
            let searched = record.offset as f64 / self.length as f64;
            is_wanted &= self.update(|index| {
                index.searched = index.searched.max(searched);
                true
            });
        }
        if is_wanted && self.settle()? && offset < self.length {
            let bytes = self.length - offset;
            let error = format!(
                "the last {bytes} bytes are incomplete: the recording was interrupted, or goes on"
            );
            self.update(|index| {
                index.error.get_or_insert(error);
                true
            });
        }
        Ok(())
    }

    /// Takes a chunk: the index of the pending chunk, or the next with frames.
    fn chunk(&mut self, record: RecordHeader) -> io::Result<bool> {
        let mut content = None;
        if let Some((pending, _)) = self.pending
            && record.end - record.offset <= MAX_INDEX
        {
            content = read_chunk(&mut self.file, record).ok();
            let index = content.as_ref().and_then(frame_index);
            if let Some(index) = index
                && self.fits(&pending, &index)?
            {
                self.pending = None;
                return Ok(self.update(|found| found.add(pending, &index)));
            }
        }
        let is_wanted = self.settle()?;
        self.pending = Some((record, content));
        Ok(is_wanted)
    }

    /// Whether an index is that of a chunk.
    fn fits(&mut self, chunk: &RecordHeader, index: &FrameIndex) -> io::Result<bool> {
        let header = self.file.chunk_header(chunk)?;
        Ok(header.is_some_and(|header| {
            index.chunk_offset == chunk.offset && index.chunk_crc == header.uncompressed_crc
        }))
    }

    /// Indexes the pending chunk by its content.
    fn settle(&mut self) -> io::Result<bool> {
        let Some((record, content)) = self.pending.take() else {
            return Ok(true);
        };
        let content = match content {
            Some(content) => Ok(content),
            None => read_chunk(&mut self.file, record),
        };
        Ok(match content {
            Ok(content) => {
                let index = index_of(&content);
                let is_empty = index.energies.is_empty() && index.structures.is_empty();
                self.update(|found| is_empty || found.add(record, &index))
            }
            Err(error) => self.update(|found| {
                let error = format!("frames are missing: {error}");
                found.error.get_or_insert(error);
                true
            }),
        })
    }

    /// Changes the index; false if it has been dropped or is full.
    fn update(&self, change: impl FnOnce(&mut Index) -> bool) -> bool {
        self.index.upgrade().is_some_and(|index| {
            let mut index = index.lock().unwrap_or_else(PoisonError::into_inner);
            change(&mut index)
        })
    }
}

/// The only message of a chunk, if it is an index.
fn frame_index(content: &ChunkContent) -> Option<FrameIndex> {
    let [message] = content.messages() else {
        return None;
    };
    let is_index = message.channel == Channel::Index;
    let data = is_index.then(|| content.data(message))?;
    FrameIndex::decode(data).ok()
}

/// The index of a chunk by its content. Frames that cannot be decoded count, without energy.
fn index_of(content: &ChunkContent) -> FrameIndex {
    let mut index = FrameIndex::default();
    for message in content.on(Channel::Structure) {
        if let Ok(structure) = Structure::decode(content.data(message)) {
            index.structures.push(structure.number);
        }
    }
    for (place, message) in content.on(Channel::Frames).enumerate() {
        let frame = Frame::decode(content.data(message)).unwrap_or_default();
        index.energies.push(frame.energy.unwrap_or(f64::NAN));
        if frame.mark != 0 {
            index.marked_frames.push(place as u32);
            index.marks.push(frame.mark);
        }
    }
    index
}
