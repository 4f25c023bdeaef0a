//! Status of a recording.

/// State of a recording.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordingStatus {
    /// Number of frames in the recording, with those that are to be written with the next chunk.
    pub frames: u64,
    /// Length of the file, bytes.
    pub bytes: u64,
    /// Number of frames and events left out because the queue was full.
    pub left_out: u64,
    /// Why the recording has ended, and what to do next.
    pub error: Option<String>,
}
