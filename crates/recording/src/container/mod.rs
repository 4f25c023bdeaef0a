//! The container: channels, chunks and records of an MCAP file (<https://mcap.dev/spec>).

mod channel;
mod content;
mod encode;
mod end;
mod record;
mod time;

pub(crate) use channel::Channel;
pub(crate) use content::{ChunkContent, ChunkError, Message};
pub(crate) use encode::{ChunkBuilder, header};
pub(crate) use end::{Summary, message_indexes};
pub(crate) use record::{RecordFile, RecordHeader, RecordKind};
pub(crate) use time::nanoseconds;

/// Profile in the header of a recording.
pub(crate) const PROFILE: &str = "mlipview";

/// Maximum size of a chunk that is read, before and after decompression, bytes: a frame of 35 million
/// atoms with velocities and forces.
pub(crate) const MAX_READ_CHUNK: u64 = 1 << 30;
