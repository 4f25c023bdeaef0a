//! Limit of the rate of messages from one client.

use std::time::Duration;

/// Burst size, in seconds of the allowed rate.
const BURST_SECONDS: f64 = 2.0;

/// Minimum interval between two errors about the limit.
const ERROR_INTERVAL: Duration = Duration::from_secs(1);

/// A token bucket that fills at the allowed rate.
#[derive(Debug)]
pub struct RateLimit {
    per_second: u32,
    tokens: f64,
    refilled: Duration,
    reported: Option<Duration>,
}

impl RateLimit {
    /// A full bucket.
    pub fn new(per_second: u32, now: Duration) -> RateLimit {
        RateLimit {
            per_second,
            tokens: BURST_SECONDS * f64::from(per_second),
            refilled: now,
            reported: None,
        }
    }

    /// The allowed rate, 1/s.
    pub fn per_second(&self) -> u32 {
        self.per_second
    }

    /// Whether a message may arrive now.
    pub fn admits(&mut self, now: Duration) -> bool {
        let rate = f64::from(self.per_second);
        let elapsed = now.saturating_sub(self.refilled).as_secs_f64();
        self.refilled = now;
        self.tokens = (self.tokens + elapsed * rate).min(BURST_SECONDS * rate);
        let is_admitted = self.tokens >= 1.0;
        if is_admitted {
            self.tokens -= 1.0;
        }
        is_admitted
    }

    /// Whether an error about a message that is not admitted is due: at most one a second, so that a flood
    /// is not answered by another.
    pub fn is_error_due(&mut self, now: Duration) -> bool {
        let is_due = self
            .reported
            .is_none_or(|last| now >= last + ERROR_INTERVAL);
        if is_due {
            self.reported = Some(now);
        }
        is_due
    }
}
