//! Options of a recording.

/// Maximum size of a chunk before compression, bytes; a larger frame is a chunk of its own.
pub const MAX_CHUNK_BYTES: usize = 4 << 20;

/// Which frames a recording has, and how they are stored.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RecordingOptions {
    /// Whether velocities are recorded: 12 bytes per atom and frame before compression.
    pub velocities: bool,
    /// Whether forces are recorded: 12 bytes per atom and frame before compression. Replayed frames have
    /// an evaluation only with forces.
    pub forces: bool,
    /// Number of steps between two frames, at least 1. Frames after edits and at starts and ends of runs
    /// are always recorded.
    pub every: u64,
    /// Maximum number of frames per second of wall time; `None`: no limit.
    pub rate: Option<f64>,
    /// Time after which a chunk is written, s: a crash loses at most the frames of this time.
    pub chunk_seconds: f64,
    /// Level of zstd, 1 (fast) to 22; 0 is the default of zstd.
    pub compression_level: u32,
}

impl Default for RecordingOptions {
    /// Positions of every step, chunks of 1 s, fast compression: the digits of positions are nearly random,
    /// and higher levels gain little.
    fn default() -> RecordingOptions {
        RecordingOptions {
            velocities: false,
            forces: false,
            every: 1,
            rate: None,
            chunk_seconds: 1.0,
            compression_level: 1,
        }
    }
}
