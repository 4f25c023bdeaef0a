//! Content of a chunk: decompressed with a bound, checked, and split into messages.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::ops::Range;

use mcap::records::{ChunkHeader, Record, op};

use super::{Channel, MAX_READ_CHUNK};

/// Opcode and length before each record, bytes.
pub(crate) const PREFIX: usize = 9;

/// Channel, sequence number and times before the data of a message, bytes.
const MESSAGE_HEADER: usize = 22;

/// The decompressed records of a chunk.
#[derive(Debug)]
pub(crate) struct ChunkContent {
    bytes: Vec<u8>,
    messages: Vec<Message>,
}

/// Position of a message in the content of a chunk.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    /// Its channel.
    pub(crate) channel: Channel,
    /// Number of its channel in the file.
    pub(crate) channel_id: u16,
    /// Wall-clock time, ns since 1970.
    pub(crate) time: u64,
    /// Offset of its record in the content.
    pub(crate) offset: u64,
    data: Range<usize>,
}

/// Why a chunk cannot be decompressed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ChunkError {
    /// The compressed data are damaged.
    #[error("cannot decompress: {0}")]
    Decompress(#[from] io::Error),
    /// Compressed by a method that this program does not have.
    #[error("unknown compression {0:?}: expected \"zstd\" or none")]
    Compression(String),
    /// Larger than a chunk may be.
    #[error("{0} bytes, more than a chunk may have ({MAX_READ_CHUNK})")]
    TooLarge(u64),
    /// Not as long as stated.
    #[error("{found} bytes, where its header states {expected}")]
    Length {
        /// Stated number of bytes.
        expected: u64,
        /// Number of bytes.
        found: u64,
    },
    /// Content that differs from what was written.
    #[error("its checksum does not match: the file is damaged")]
    Checksum,
    /// A record that does not fit.
    #[error("invalid record at byte {0} of the chunk")]
    Record(u64),
}

impl ChunkContent {
    /// Decompresses and checks a chunk.
    pub(crate) fn new(header: &ChunkHeader, compressed: &[u8]) -> Result<ChunkContent, ChunkError> {
        let expected = header.uncompressed_size;
        if expected > MAX_READ_CHUNK {
            return Err(ChunkError::TooLarge(expected));
        }
        // Grows with the data: the stated size may be wrong.
        let mut bytes = Vec::new();
        match header.compression.as_str() {
            "" => bytes.extend_from_slice(compressed),
            "zstd" => {
                let decoder = zstd::Decoder::with_buffer(compressed)?;
                decoder.take(expected + 1).read_to_end(&mut bytes)?;
            }
            other => return Err(ChunkError::Compression(other.to_owned())),
        }
        let found = bytes.len() as u64;
        if found != expected {
            return Err(ChunkError::Length { expected, found });
        }
        // 0: without a checksum.
        let crc = header.uncompressed_crc;
        if crc != 0 && crc != crc32fast::hash(&bytes) {
            return Err(ChunkError::Checksum);
        }
        let messages = messages(&bytes)?;
        Ok(ChunkContent { bytes, messages })
    }

    /// Its messages on known channels, in order.
    pub(crate) fn messages(&self) -> &[Message] {
        &self.messages
    }

    /// Its messages on a channel, in order.
    pub(crate) fn on(&self, channel: Channel) -> impl Iterator<Item = &Message> {
        let on_channel = move |message: &&Message| message.channel == channel;
        self.messages.iter().filter(on_channel)
    }

    /// Bytes of a message.
    pub(crate) fn data(&self, message: &Message) -> &[u8] {
        self.bytes.get(message.data.clone()).unwrap_or_default()
    }

    /// Memory, bytes.
    pub(crate) fn memory(&self) -> usize {
        self.bytes.capacity() + self.messages.capacity() * size_of::<Message>()
    }
}

/// Finds the messages on known channels.
fn messages(bytes: &[u8]) -> Result<Vec<Message>, ChunkError> {
    let mut messages = Vec::new();
    // Channels that are defined outside of the chunk have the numbers of this program.
    let known = Channel::ALL.map(|channel| (channel.id(), channel));
    let mut channels = BTreeMap::from(known);
    let mut at = 0;
    while at < bytes.len() {
        let invalid = || ChunkError::Record(at as u64);
        let (opcode, body) = record(bytes, at).ok_or_else(invalid)?;
        match opcode {
            op::CHANNEL => {
                let parsed = mcap::parse_record(opcode, &bytes[body.clone()]);
                let Ok(Record::Channel(channel)) = parsed else {
                    return Err(invalid());
                };
                match Channel::of_topic(&channel.topic) {
                    Some(known) => channels.insert(channel.id, known),
                    None => channels.remove(&channel.id),
                };
            }
            op::MESSAGE => {
                let header = bytes[body.clone()].first_chunk::<MESSAGE_HEADER>();
                let header = header.ok_or_else(invalid)?;
                let channel_id = u16::from_le_bytes([header[0], header[1]]);
                let mut time = [0; 8];
                time.copy_from_slice(&header[6..14]);
                if let Some(&channel) = channels.get(&channel_id) {
                    messages.push(Message {
                        channel,
                        channel_id,
                        time: u64::from_le_bytes(time),
                        offset: at as u64,
                        data: body.start + MESSAGE_HEADER..body.end,
                    });
                }
            }
            _ => {}
        }
        at = body.end;
    }
    Ok(messages)
}

/// Opcode and body of the record at an offset.
fn record(bytes: &[u8], at: usize) -> Option<(u8, Range<usize>)> {
    let prefix = bytes.get(at..)?.first_chunk::<PREFIX>()?;
    let mut length = [0; 8];
    length.copy_from_slice(&prefix[1..]);
    let length = usize::try_from(u64::from_le_bytes(length)).ok()?;
    let start = at + PREFIX;
    let end = start.checked_add(length)?;
    (end <= bytes.len()).then_some((prefix[0], start..end))
}
