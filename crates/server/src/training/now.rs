//! The present moment.

use std::time::SystemTime;

use crate::clock::Clock;
use mlipview_telemetry::Moment;

/// The present moment by the clock of the server.
#[expect(
    clippy::disallowed_methods,
    reason = "events have the time of the wall clock; the logic takes it as an argument"
)]
pub(super) fn now(clock: Clock) -> Moment {
    Moment {
        elapsed: clock.now(),
        date: SystemTime::now(),
    }
}
