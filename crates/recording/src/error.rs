//! Errors of recordings.

use std::io;

use crate::messages::MessageError;

/// Why a recording cannot be written or opened.
#[derive(Debug, thiserror::Error)]
pub enum RecordingError {
    /// A new recording would replace a file.
    #[error("{path} exists: choose another name, or resume this recording")]
    Exists {
        /// The file.
        path: String,
    },
    /// Another program writes the recording.
    #[error("{path} is being written by another program: stop that recording first")]
    InUse {
        /// The file.
        path: String,
    },
    /// The file cannot be opened or read.
    #[error("cannot read {path}: {reason}")]
    Read {
        /// The file.
        path: String,
        /// The error of the operating system.
        reason: io::Error,
    },
    /// The file cannot be created or written; it is valid up to its last complete chunk.
    #[error(
        "cannot write {path}: {reason}; free space and resume this recording, or record to another path"
    )]
    Write {
        /// The file.
        path: String,
        /// The error of the operating system.
        reason: io::Error,
    },
    /// The file is no recording of this program.
    #[error(
        "{path} is not a recording: expected an MCAP file with the profile \"mlipview\", found {found}"
    )]
    NotARecording {
        /// The file.
        path: String,
        /// Description of its beginning.
        found: String,
    },
    /// Damage in the middle of the file, which resuming would cut off with all that follows.
    #[error(
        "{path} is damaged at byte {offset}, with {bytes} bytes after it: record to another path; \"mcap recover\" may restore more of this one"
    )]
    Damaged {
        /// The file.
        path: String,
        /// Offset of the first invalid record, bytes.
        offset: u64,
        /// Length of the rest, bytes.
        bytes: u64,
    },
    /// A file that another program has rewritten with other channel numbers.
    #[error(
        "{path} was rewritten by another program and cannot be resumed: record to another path"
    )]
    Rewritten {
        /// The file.
        path: String,
    },
    /// A chunk cannot be encoded.
    #[error("cannot encode a chunk of {path}: {reason}")]
    Encode {
        /// The file.
        path: String,
        /// The error of the container.
        reason: mcap::McapError,
    },
    /// A structure or frame cannot be encoded.
    #[error("cannot record a structure to {path}: {reason}")]
    Message {
        /// The file.
        path: String,
        /// Why.
        reason: MessageError,
    },
    /// An earlier error ended the recording.
    #[error(
        "{path} has been closed by an earlier error: resume this recording, or record to another path"
    )]
    Closed {
        /// The file.
        path: String,
    },
    /// The recorder's thread cannot be started.
    #[error("cannot start the thread that writes {path}: {reason}")]
    Thread {
        /// The file.
        path: String,
        /// The error of the operating system.
        reason: io::Error,
    },
    /// The recorder did not finish in time.
    #[error(
        "{path} was not finished within {seconds} s: the disk does not answer; resume the recording later to complete it"
    )]
    Timeout {
        /// The file.
        path: String,
        /// Time waited, s.
        seconds: f64,
    },
}
