//! End of a file: summary of all chunks, and footer.

use std::collections::BTreeMap;
use std::io::Cursor;

use binrw::{BinWrite, BinWriterExt};
use mcap::MAGIC;
use mcap::records::{
    Channel as ChannelRecord, ChunkIndex, DataEnd, Footer, MessageIndex, SchemaHeader, Statistics,
    SummaryOffset, op,
};

use super::channel::{Channel, ENCODING};
use crate::messages::DESCRIPTORS;

/// Chunks and messages of a file so far.
#[derive(Debug, Default)]
pub(crate) struct Summary {
    /// Each chunk, about 200 bytes.
    pub(crate) chunks: Vec<ChunkIndex>,
    /// Number of messages by channel.
    pub(crate) counts: BTreeMap<u16, u64>,
    /// First and last time of a message, ns since 1970.
    pub(crate) times: Option<(u64, u64)>,
}

impl Summary {
    /// Adds a chunk and the counts of its messages.
    pub(crate) fn add(&mut self, chunk: ChunkIndex, counts: &BTreeMap<u16, u64>) {
        for (channel, count) in counts {
            *self.counts.entry(*channel).or_insert(0) += count;
        }
        let (start, end) = (chunk.message_start_time, chunk.message_end_time);
        let times = self.times.unwrap_or((start, end));
        self.times = Some((times.0.min(start), times.1.max(end)));
        self.chunks.push(chunk);
    }

    /// Number of messages on a channel.
    pub(crate) fn count(&self, channel: Channel) -> u64 {
        self.counts.get(&channel.id()).copied().unwrap_or(0)
    }

    /// Records after the last chunk, at an offset of the file: end of the data, summary and footer.
    pub(crate) fn end(&self, offset: u64) -> binrw::BinResult<Vec<u8>> {
        let mut bytes = Vec::new();
        // 0: no checksum of the data; each chunk has its own.
        let data_section_crc = 0;
        push(&mut bytes, op::DATA_END, &DataEnd { data_section_crc })?;
        let start = bytes.len();
        let mut offsets = Vec::new();
        let mut group = |bytes: &mut Vec<u8>, group_opcode, from: usize| {
            let group_length = (bytes.len() - from) as u64;
            let group_start = offset + from as u64;
            if group_length > 0 {
                offsets.push(SummaryOffset {
                    group_opcode,
                    group_start,
                    group_length,
                });
            }
            bytes.len()
        };
        let channels = self.channels();
        for channel in channels {
            push_schema(&mut bytes, *channel)?;
        }
        let from = group(&mut bytes, op::SCHEMA, start);
        for channel in channels {
            push(&mut bytes, op::CHANNEL, &channel_record(*channel))?;
        }
        let from = group(&mut bytes, op::CHANNEL, from);
        push(&mut bytes, op::STATISTICS, &self.statistics())?;
        let from = group(&mut bytes, op::STATISTICS, from);
        for chunk in &self.chunks {
            push(&mut bytes, op::CHUNK_INDEX, chunk)?;
        }
        group(&mut bytes, op::CHUNK_INDEX, from);
        let summary_offset_start = offset + bytes.len() as u64;
        for record in &offsets {
            push(&mut bytes, op::SUMMARY_OFFSET, record)?;
        }
        let footer = Footer {
            summary_start: offset + start as u64,
            summary_offset_start,
            summary_crc: 0,
        };
        push(&mut bytes, op::FOOTER, &footer)?;
        // The checksum is over the summary and the footer up to the checksum itself.
        let place = bytes.len() - size_of::<u32>();
        let crc = crc32fast::hash(&bytes[start..place]);
        bytes[place..].copy_from_slice(&crc.to_le_bytes());
        bytes.extend_from_slice(MAGIC);
        Ok(bytes)
    }

    /// Channels that the chunks define.
    fn channels(&self) -> &'static [Channel] {
        match (self.chunks.len(), self.count(Channel::Index)) {
            (0, _) => &[],
            (_, 0) => &Channel::DATA,
            _ => &Channel::ALL,
        }
    }

    fn statistics(&self) -> Statistics {
        let (message_start_time, message_end_time) = self.times.unwrap_or_default();
        let channels = self.channels().len();
        Statistics {
            message_count: self.counts.values().sum(),
            schema_count: channels as u16,
            channel_count: channels as u32,
            attachment_count: 0,
            metadata_count: 0,
            chunk_count: self.chunks.len() as u32,
            message_start_time,
            message_end_time,
            channel_message_counts: self.counts.clone(),
        }
    }
}

/// Records of the message indexes of a chunk, and the offset of each in the returned bytes.
pub(crate) fn message_indexes(
    indexes: &BTreeMap<u16, MessageIndex>,
) -> binrw::BinResult<(Vec<u8>, BTreeMap<u16, u64>)> {
    let mut bytes = Vec::new();
    let mut offsets = BTreeMap::new();
    for (channel, index) in indexes {
        offsets.insert(*channel, bytes.len() as u64);
        push(&mut bytes, op::MESSAGE_INDEX, index)?;
    }
    Ok((bytes, offsets))
}

fn channel_record(channel: Channel) -> ChannelRecord {
    ChannelRecord {
        id: channel.id(),
        schema_id: channel.id(),
        topic: channel.topic().to_owned(),
        message_encoding: ENCODING.to_owned(),
        metadata: BTreeMap::new(),
    }
}

fn push_schema(bytes: &mut Vec<u8>, channel: Channel) -> binrw::BinResult<()> {
    let header = SchemaHeader {
        id: channel.id(),
        name: channel.message_type().to_owned(),
        encoding: ENCODING.to_owned(),
    };
    let mut body = Cursor::new(Vec::new());
    body.write_le(&header)?;
    let mut body = body.into_inner();
    body.extend_from_slice(&(DESCRIPTORS.len() as u32).to_le_bytes());
    body.extend_from_slice(DESCRIPTORS);
    push_body(bytes, op::SCHEMA, &body);
    Ok(())
}

fn push<R>(bytes: &mut Vec<u8>, opcode: u8, record: &R) -> binrw::BinResult<()>
where
    R: for<'a> BinWrite<Args<'a> = ()>,
{
    let mut body = Cursor::new(Vec::new());
    body.write_le(record)?;
    push_body(bytes, opcode, &body.into_inner());
    Ok(())
}

fn push_body(bytes: &mut Vec<u8>, opcode: u8, body: &[u8]) {
    bytes.push(opcode);
    bytes.extend_from_slice(&(body.len() as u64).to_le_bytes());
    bytes.extend_from_slice(body);
}
