//! Encoding of chunks: each is written by mcap's writer into memory, so that one append adds it to the file.

use std::collections::BTreeMap;
use std::io::Cursor;

use mcap::records::{self, ChunkIndex, MessageHeader, Record};
use mcap::{Compression, McapError, McapResult, WriteOptions, Writer};

use super::channel::{Channel, ENCODING};
use super::{PROFILE, content};
use crate::messages::DESCRIPTORS;

/// A chunk in the making.
pub(crate) struct ChunkBuilder {
    writer: Writer<Cursor<Vec<u8>>>,
    counts: BTreeMap<u16, u64>,
    bytes: usize,
}

/// A complete chunk with its message indexes.
pub(crate) struct EncodedChunk {
    /// The records.
    pub(crate) bytes: Vec<u8>,
    /// Index of the chunk, with offsets from the start of `bytes`.
    index: ChunkIndex,
    /// Number of messages by channel.
    pub(crate) counts: BTreeMap<u16, u64>,
    /// Checksum of the uncompressed chunk.
    pub(crate) crc: u32,
}

/// Start of a file: magic bytes and header.
pub(crate) fn header() -> McapResult<Vec<u8>> {
    let mut writer = options(0).create(Cursor::new(Vec::new()))?;
    writer.flush()?;
    Ok(writer.into_inner().into_inner())
}

fn options(compression_level: u32) -> WriteOptions {
    WriteOptions::new()
        .profile(PROFILE)
        .library(concat!("mlipview/", env!("CARGO_PKG_VERSION")))
        .compression(Some(Compression::Zstd))
        .compression_level(compression_level)
        // A chunk is small, and the simulation needs the cores.
        .compression_threads(0)
        // Ends when it is asked to.
        .chunk_size(None)
        // Each chunk has a checksum: one of the whole file would have to be recomputed to resume it.
        .calculate_data_section_crc(false)
        .emit_summary_records(false)
        .emit_summary_offsets(false)
}

impl EncodedChunk {
    /// Index of the chunk at an offset of the file.
    pub(crate) fn index_at(&self, offset: u64) -> ChunkIndex {
        let mut index = self.index.clone();
        index.chunk_start_offset += offset;
        for place in index.message_index_offsets.values_mut() {
            *place += offset;
        }
        index
    }
}

impl ChunkBuilder {
    /// A chunk with the schemas of its channels.
    pub(crate) fn new(channels: &[Channel], compression_level: u32) -> McapResult<ChunkBuilder> {
        let mut writer = options(compression_level).create(Cursor::new(Vec::new()))?;
        for channel in channels {
            let (id, topic) = (channel.id(), channel.topic());
            writer.add_schema_with_id(id, channel.message_type(), ENCODING, DESCRIPTORS)?;
            writer.add_channel_with_id(id, id, topic, ENCODING, &BTreeMap::new())?;
        }
        Ok(ChunkBuilder {
            writer,
            counts: BTreeMap::new(),
            bytes: 0,
        })
    }

    /// Adds a message; `time` in ns since 1970.
    pub(crate) fn add(
        &mut self,
        channel: Channel,
        sequence: u32,
        time: u64,
        data: &[u8],
    ) -> McapResult<()> {
        let header = MessageHeader {
            channel_id: channel.id(),
            sequence,
            log_time: time,
            publish_time: time,
        };
        self.writer.write_to_known_channel(&header, data)?;
        *self.counts.entry(channel.id()).or_insert(0) += 1;
        self.bytes += data.len();
        Ok(())
    }

    /// Size of its messages before compression, bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Completes the chunk.
    pub(crate) fn finish(mut self) -> McapResult<EncodedChunk> {
        let summary = self.writer.finish()?;
        let mut index = summary
            .chunk_indexes
            .into_iter()
            .next()
            .ok_or(McapError::BadIndex)?;
        let mut bytes = self.writer.into_inner().into_inner();
        // Only the chunk and its message indexes: the rest is a small file around them.
        let start = index.chunk_start_offset;
        let end = start + index.chunk_length + index.message_index_length;
        bytes.truncate(end as usize);
        bytes.drain(..start as usize);
        index.chunk_start_offset = 0;
        for offset in index.message_index_offsets.values_mut() {
            *offset -= start;
        }
        let body = bytes.get(content::PREFIX..index.chunk_length as usize);
        let record = mcap::parse_record(records::op::CHUNK, body.ok_or(McapError::BadIndex)?)?;
        let Record::Chunk { header, .. } = record else {
            return Err(McapError::BadIndex);
        };
        let crc = header.uncompressed_crc;
        Ok(EncodedChunk {
            bytes,
            index,
            counts: self.counts,
            crc,
        })
    }
}
