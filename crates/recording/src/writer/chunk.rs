//! The chunk that a recording collects: messages, and the index of its frames.

use std::time::SystemTime;

use mcap::McapResult;
use prost::Message;

use crate::container::{Channel, ChunkBuilder, Summary, nanoseconds};
use crate::messages::generated::{self, FrameIndex, MarkKind};

/// Messages that have not been written.
pub(super) struct OpenChunk {
    builder: ChunkBuilder,
    /// Time of its first message.
    pub(super) started: SystemTime,
    compression_level: u32,
    index: FrameIndex,
}

impl OpenChunk {
    /// A chunk whose first message is of `now`.
    pub(super) fn new(compression_level: u32, now: SystemTime) -> McapResult<OpenChunk> {
        Ok(OpenChunk {
            builder: ChunkBuilder::new(&Channel::DATA, compression_level)?,
            started: now,
            compression_level,
            index: FrameIndex::default(),
        })
    }

    /// Adds a structure.
    pub(super) fn add_structure(
        &mut self,
        number: u64,
        message: &[u8],
        sequence: u64,
        now: SystemTime,
    ) -> McapResult<()> {
        self.index.structures.push(number);
        self.add(Channel::Structure, message, sequence, now)
    }

    /// Adds a frame.
    pub(super) fn add_frame(
        &mut self,
        message: &generated::Frame,
        sequence: u64,
        now: SystemTime,
    ) -> McapResult<()> {
        if message.mark() != MarkKind::None {
            let frame = self.index.energies.len() as u32;
            self.index.marked_frames.push(frame);
            self.index.marks.push(message.mark);
        }
        self.index.energies.push(message.energy.unwrap_or(f64::NAN));
        self.add(Channel::Frames, &message.encode_to_vec(), sequence, now)
    }

    /// Adds an event.
    pub(super) fn add_event(
        &mut self,
        message: &generated::Event,
        sequence: u64,
        now: SystemTime,
    ) -> McapResult<()> {
        self.add(Channel::Events, &message.encode_to_vec(), sequence, now)
    }

    /// Whether it has a structure.
    pub(super) fn has_structure(&self, number: u64) -> bool {
        self.index.structures.contains(&number)
    }

    /// Size before compression, bytes.
    pub(super) fn bytes(&self) -> usize {
        self.builder.bytes()
    }

    /// The records of the chunk at an offset of the file, followed by a small chunk with its index, and
    /// their entries for the summary.
    pub(super) fn finish(self, offset: u64) -> McapResult<(Vec<u8>, Summary)> {
        let mut summary = Summary::default();
        let ended = self.started;
        let data = self.builder.finish()?;
        summary.add(data.index_at(offset), &data.counts);
        let mut bytes = data.bytes;
        if self.index.energies.is_empty() {
            return Ok((bytes, summary));
        }
        let index = FrameIndex {
            chunk_offset: offset,
            chunk_crc: data.crc,
            ..self.index
        };
        let mut builder = ChunkBuilder::new(&[Channel::Index], self.compression_level)?;
        let time = nanoseconds(ended);
        builder.add(Channel::Index, 0, time, &index.encode_to_vec())?;
        let chunk = builder.finish()?;
        let offset = offset + bytes.len() as u64;
        summary.add(chunk.index_at(offset), &chunk.counts);
        bytes.extend_from_slice(&chunk.bytes);
        Ok((bytes, summary))
    }

    fn add(
        &mut self,
        channel: Channel,
        data: &[u8],
        sequence: u64,
        now: SystemTime,
    ) -> McapResult<()> {
        // Sequence numbers of the format have 32 bits and may wrap around.
        self.builder
            .add(channel, sequence as u32, nanoseconds(now), data)
    }
}
