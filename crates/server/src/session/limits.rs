//! Limits of one session.

use std::time::Duration;

/// Maximum number of unacknowledged messages; a stream pauses at it. \[30\]
pub const UNACKNOWLEDGED: u64 = 10;

/// Limits of one session.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Atoms in a private session.
    pub atoms: usize,
    /// Size of a message, bytes.
    pub message_bytes: usize,
    /// Messages per second from one client. Acknowledgements of messages sent to it are free.
    pub messages_per_second: u32,
    /// Frames per second to one client of a room, and of a converged structure.
    pub max_rate: f64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            atoms: 10_000,
            message_bytes: 16 << 20,
            messages_per_second: 200,
            max_rate: 60.0,
        }
    }
}

/// The interval of a rate per second, from 1 µs to 1000 s.
pub(super) fn interval_of(rate: f64) -> Duration {
    Duration::from_secs_f64(1.0 / rate.clamp(1e-3, 1e6))
}
