//! The clock of the server.

use std::time::Duration;

use tokio::time::Instant;

/// Measures the time since the start of the server.
#[derive(Clone, Copy)]
pub(super) struct Clock {
    start: Instant,
}

impl Clock {
    pub(super) fn start() -> Clock {
        Clock {
            start: Instant::now(),
        }
    }

    /// The time since the server started.
    pub(super) fn now(&self) -> Duration {
        self.start.elapsed()
    }
}
