//! Recordings of simulations: append-only MCAP files (<https://mcap.dev>) that survive crashes and are
//! opened as timelines.
//!
//! A [`Recorder`] is a sink of a simulation that writes on a thread of its own. [`RecordingWriter`] writes
//! frames and events in compressed chunks. A chunk is one append to the file: after a crash at any byte, the
//! file opens with all earlier chunks, and [`RecordingWriter::resume`] continues it. [`Recording`] opens a
//! file, also while it is being written, as the frames of a timeline.
//!
//! The messages are those of `proto/recording.proto`. Positions are f32 relative to the center of the atoms:
//! exact to 2⁻²⁵ of the extent of the structure.

mod container;
mod error;
mod messages;
mod open;
mod options;
mod reader;
mod recorder;
mod writer;

pub use error::RecordingError;
pub use messages::{DESCRIPTORS, MessageError};
pub use open::{
    OpenError, OpenSessionError, OpenedSession, SESSION_EXTENSION, is_recording, is_session,
    open_session, open_timeline,
};
pub use options::{MAX_CHUNK_BYTES, RecordingOptions};
pub use reader::Recording;
pub use recorder::{Recorder, RecordingHandle, RecordingStatus};
pub use writer::{RecordingOutput, RecordingWriter};

/// The schema of the messages as text.
pub const SCHEMA: &str = include_str!("../../../proto/recording.proto");
