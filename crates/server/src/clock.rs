//! What time it is: the only clock of the server.

use std::time::Duration;

use tokio::time::Instant;

/// Counts from when the server started.
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
