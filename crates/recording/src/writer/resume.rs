//! Continuation of a recording that was interrupted or finished.
//!
//! The writer of mcap begins new files only. Copying the chunks to a new file would need the space twice and
//! time in proportion; so the incomplete tail or the old summary is cut off, the chunk records that remain
//! are surveyed, and the new summary has them all.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::time::SystemTime;

use mcap::records::{ChunkIndex, MessageIndex, MessageIndexEntry};

use super::{RecordingOutput, RecordingWriter, output, write_error};
use crate::container::{
    ChunkContent, RecordFile, RecordHeader, RecordKind, Summary, message_indexes,
};
use crate::messages;
use crate::{RecordingError, RecordingOptions};

/// Maximum length of an incomplete tail, if no chunk is larger, bytes. A longer rest is not the trace of an
/// interrupted append but damage.
const MAX_TAIL: u64 = 64 << 20;

/// A chunk of the file, with the number of its messages by channel.
struct Chunk {
    index: ChunkIndex,
    counts: BTreeMap<u16, u64>,
}

/// The complete chunks of a file.
struct Survey {
    chunks: Vec<Chunk>,
    /// Where they end, bytes.
    end: u64,
    /// Whether the summary of a finished recording follows.
    is_finished: bool,
}

impl RecordingWriter {
    /// Continues a recording, finished or not, in the same file, after its last complete chunk.
    ///
    /// # Errors
    /// If the file is no recording, cannot be written, is being written by another program, or is damaged
    /// before its end.
    pub fn resume(
        path: &Path,
        options: RecordingOptions,
        now: SystemTime,
    ) -> Result<RecordingWriter, RecordingError> {
        let name = path.display().to_string();
        if !path.exists() {
            let reason = io::ErrorKind::NotFound.into();
            return Err(RecordingError::Read { path: name, reason });
        }
        let mut file = output::open(path, false)?;
        let read_error = |reason| RecordingError::Read {
            path: name.clone(),
            reason,
        };
        let clone = file.try_clone().map_err(read_error)?;
        let mut records = RecordFile::new(clone);
        let start = records.start().map_err(read_error)?;
        let start = start.map_err(|found| RecordingError::NotARecording {
            path: name.clone(),
            found: found.to_owned(),
        })?;
        let survey = survey(&mut records, start).map_err(read_error)?;
        let length = records.len().map_err(read_error)?;
        let largest = survey.chunks.iter().map(|chunk| chunk.index.chunk_length);
        let max_lost = MAX_TAIL.max(2 * largest.max().unwrap_or(0));
        let (mut chunks, mut end) = (survey.chunks, survey.end);
        let last = last_valid(&mut records, &mut chunks, &mut end).map_err(read_error)?;
        let data = if survey.is_finished {
            survey.end
        } else {
            length
        };
        let bytes = data.saturating_sub(end);
        if bytes > max_lost {
            return Err(RecordingError::Damaged {
                path: name,
                offset: end,
                bytes,
            });
        }
        if last.as_ref().is_some_and(is_rewritten) {
            return Err(RecordingError::Rewritten { path: name });
        }
        // An append that was interrupted after the chunk leaves its message indexes incomplete.
        let mut repaired = Vec::new();
        if let (Some(content), Some(chunk)) = (last, chunks.last_mut()) {
            repaired = repair(chunk, &content, &mut end).map_err(|reason| {
                let reason = io::Error::other(reason);
                write_error(&name, reason)
            })?;
        }
        RecordingOutput::truncate(&mut file, end).map_err(|reason| write_error(&name, reason))?;
        let mut summary = Summary::default();
        for chunk in chunks {
            summary.add(chunk.index, &chunk.counts);
        }
        let mut writer = RecordingWriter::at(Box::new(file), name, options, end, summary);
        writer.append(&repaired)?;
        writer.event_message(&messages::resumed_message(), now)?;
        Ok(writer)
    }
}

/// Finds the complete chunks, without reading their content.
fn survey(records: &mut RecordFile, start: u64) -> io::Result<Survey> {
    let length = records.len()?;
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut end = start;
    let mut is_finished = false;
    while let Some(record) = records.record(end, length)? {
        match record.kind {
            RecordKind::Chunk => {
                let Some(chunk) = chunk(records, &record)? else {
                    break;
                };
                chunks.push(chunk);
            }
            RecordKind::MessageIndex => {
                let index = records.message_index(&record)?;
                let (Some(index), Some(chunk)) = (index, chunks.last_mut()) else {
                    break;
                };
                let offsets = &mut chunk.index.message_index_offsets;
                offsets.insert(index.channel_id, record.offset);
                chunk.index.message_index_length += record.end - record.offset;
                let count = index.records.len() as u64;
                chunk.counts.insert(index.channel_id, count);
            }
            RecordKind::End => {
                is_finished = true;
                break;
            }
            RecordKind::Invalid => break,
            RecordKind::Other => {}
        }
        end = record.end;
    }
    Ok(Survey {
        chunks,
        end,
        is_finished,
    })
}

fn chunk(records: &mut RecordFile, record: &RecordHeader) -> io::Result<Option<Chunk>> {
    let header = records.chunk_header(record)?;
    Ok(header.map(|header| Chunk {
        index: ChunkIndex {
            message_start_time: header.message_start_time,
            message_end_time: header.message_end_time,
            chunk_start_offset: record.offset,
            chunk_length: record.end - record.offset,
            message_index_offsets: BTreeMap::new(),
            message_index_length: 0,
            compression: header.compression,
            compressed_size: header.compressed_size,
            uncompressed_size: header.uncompressed_size,
        },
        counts: BTreeMap::new(),
    }))
}

/// The content of the last chunk that is not damaged; later chunks are removed.
fn last_valid(
    records: &mut RecordFile,
    chunks: &mut Vec<Chunk>,
    end: &mut u64,
) -> io::Result<Option<ChunkContent>> {
    while let Some(chunk) = chunks.last() {
        let offset = chunk.index.chunk_start_offset;
        let record = RecordHeader {
            kind: RecordKind::Chunk,
            offset,
            end: offset + chunk.index.chunk_length,
        };
        let content = records
            .chunk(&record)?
            .and_then(|record| record.content().ok());
        if content.is_some() {
            return Ok(content);
        }
        chunks.pop();
        *end = offset;
    }
    Ok(None)
}

/// Whether messages have other channel numbers than this program gives.
fn is_rewritten(content: &ChunkContent) -> bool {
    let other = |message: &crate::container::Message| message.channel_id != message.channel.id();
    content.messages().iter().any(other)
}

/// The records that follow a chunk whose message indexes are incomplete; none if they are complete.
fn repair(chunk: &mut Chunk, content: &ChunkContent, end: &mut u64) -> binrw::BinResult<Vec<u8>> {
    let mut indexes: BTreeMap<u16, MessageIndex> = BTreeMap::new();
    for message in content.messages() {
        let index = indexes
            .entry(message.channel_id)
            .or_insert_with(|| MessageIndex {
                channel_id: message.channel_id,
                records: Vec::new(),
            });
        index.records.push(MessageIndexEntry {
            log_time: message.time,
            offset: message.offset,
        });
    }
    let counts = indexes
        .iter()
        .map(|(channel, index)| (*channel, index.records.len() as u64))
        .collect();
    if chunk.counts == counts {
        return Ok(Vec::new());
    }
    let (bytes, offsets) = message_indexes(&indexes)?;
    *end = chunk.index.chunk_start_offset + chunk.index.chunk_length;
    let place = |(channel, offset)| (channel, *end + offset);
    chunk.index.message_index_offsets = offsets.into_iter().map(place).collect();
    chunk.index.message_index_length = bytes.len() as u64;
    chunk.counts = counts;
    Ok(bytes)
}
