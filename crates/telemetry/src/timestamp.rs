//! Moments in time, and timestamps of messages.

use std::time::{Duration, SystemTime};

use time::OffsetDateTime;

/// The present moment, which callers take from their clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Time since any fixed moment, by a clock that never goes back.
    pub elapsed: Duration,
    /// Time of the wall clock.
    pub date: SystemTime,
}

impl Moment {
    /// The time of the wall clock: ISO 8601 in UTC with milliseconds and `Z`.
    ///
    /// ```
    /// use std::time::{Duration, UNIX_EPOCH};
    /// use mlipview_telemetry::Moment;
    ///
    /// let elapsed = Duration::ZERO;
    /// let date = UNIX_EPOCH + Duration::from_millis(1_709_210_096_789);
    /// assert_eq!(Moment { elapsed, date }.timestamp(), "2024-02-29T12:34:56.789Z");
    /// ```
    pub fn timestamp(&self) -> String {
        let date = OffsetDateTime::from(self.date);
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
            date.year(),
            u8::from(date.month()),
            date.day(),
            date.hour(),
            date.minute(),
            date.second(),
            date.millisecond(),
        )
    }

    /// The time of the wall clock, s since 1970; 0 before.
    pub fn unix_seconds(&self) -> u64 {
        let since = self.date.duration_since(SystemTime::UNIX_EPOCH);
        since.map_or(0, |since| since.as_secs())
    }
}
