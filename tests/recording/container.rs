//! The container, read by the reader of the crate mcap, which did not write the summary.

use std::path::Path;

use mcap::read::{MessageStream, Options};
use mcap::records::op;
use mcap::{Summary, parse_record};
use mlipview_recording::DESCRIPTORS;
use tempfile::tempdir;

use crate::fixtures::{detailed, edited_frames, frames, record};

/// Fails unless a file is complete MCAP whose summary agrees with its content; returns the number of
/// frames.
pub(crate) fn assert_valid(path: &Path) -> u64 {
    let bytes = std::fs::read(path).unwrap();
    let summary = Summary::read(&bytes).unwrap().unwrap();
    let options = Options::ValidateChunkCrcs.into();
    let stream = MessageStream::new_with_options(&bytes, options).unwrap();
    let messages: Vec<_> = stream.map(|message| message.unwrap()).collect();
    let statistics = summary.stats.as_ref().unwrap();
    assert_eq!(statistics.message_count, messages.len() as u64);
    let mut in_chunks = 0;
    for chunk in &summary.chunk_indexes {
        let indexed = summary.read_message_indexes(&bytes, chunk).unwrap();
        let content = summary.stream_chunk(&bytes, chunk).unwrap();
        let times: Vec<u64> = content.map(|message| message.unwrap().log_time).collect();
        let entries: usize = indexed.values().map(Vec::len).sum();
        assert_eq!(entries, times.len());
        assert_eq!(chunk.message_start_time, *times.iter().min().unwrap());
        assert_eq!(chunk.message_end_time, *times.iter().max().unwrap());
        in_chunks += times.len();
        for (channel, entries) in &indexed {
            for entry in entries {
                let message = summary.seek_message(&bytes, chunk, entry).unwrap();
                assert_eq!(message.channel.id, channel.id);
                assert_eq!(message.log_time, entry.log_time);
            }
        }
    }
    assert_eq!(in_chunks, messages.len());
    let on = |topic: &str| {
        let topics = messages.iter().map(|it| it.channel.topic.as_str());
        topics.filter(|it| *it == topic).count() as u64
    };
    for channel in summary.channels.values() {
        let count = statistics.channel_message_counts.get(&channel.id);
        let found = on(&channel.topic);
        assert_eq!(count.copied().unwrap_or(0), found, "{}", channel.topic);
        assert_eq!(channel.message_encoding, "protobuf");
        let schema = channel.schema.as_ref().unwrap();
        assert_eq!(schema.encoding, "protobuf");
        assert_eq!(schema.data, DESCRIPTORS);
    }
    on("/frames")
}

#[test]
fn a_finished_recording_is_valid_for_the_reader_of_mcap() {
    let folder = tempdir().unwrap();
    for (name, frames) in [("a", frames(2, 25)), ("b", edited_frames()), ("c", vec![])] {
        let path = folder.path().join(name);
        record(&path, &frames, detailed());
        assert_eq!(assert_valid(&path), frames.len() as u64);
    }
}

#[test]
fn the_checksum_of_the_summary_is_that_of_the_specification() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    record(&path, &frames(1, 12), detailed());
    let bytes = std::fs::read(&path).unwrap();
    // Footer: opcode, length, offset of the summary, of the summary offsets, checksum; then magic bytes.
    let footer = bytes.len() - 8 - 20 - 9;
    assert_eq!(bytes[footer], op::FOOTER);
    let record = parse_record(op::FOOTER, &bytes[footer + 9..bytes.len() - 8]).unwrap();
    let mcap::records::Record::Footer(record) = record else {
        panic!("no footer");
    };
    let summed = &bytes[record.summary_start as usize..bytes.len() - 8 - 4];
    assert_eq!(record.summary_crc, crc32fast::hash(summed));
    assert!(record.summary_offset_start > record.summary_start);
}
