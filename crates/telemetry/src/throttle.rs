//! Throttle: limits the rate of values of which only the newest counts.

use std::time::Duration;

/// Lets a value pass at most once in an interval. The newest of the others waits, and passes when the
/// interval is over: the last value is never lost. \[17\]
#[derive(Debug)]
pub struct Throttle<T> {
    interval: Duration,
    /// Time of the last value that has passed.
    passed: Option<Duration>,
    /// The newest value since.
    waiting: Option<T>,
}

impl<T> Throttle<T> {
    /// A throttle that lets one value pass in each interval.
    pub fn new(interval: Duration) -> Throttle<T> {
        Throttle {
            interval,
            passed: None,
            waiting: None,
        }
    }

    /// Takes a value; returns it if it may pass now. Otherwise it replaces the waiting one.
    pub fn offer(&mut self, value: T, now: Duration) -> Option<T> {
        self.waiting = Some(value);
        self.take_due(now)
    }

    /// The waiting value, if it may pass now.
    pub fn take_due(&mut self, now: Duration) -> Option<T> {
        if self.deadline().is_none_or(|deadline| now < deadline) {
            return None;
        }
        self.passed = Some(now);
        self.waiting.take()
    }

    /// The time from which the waiting value may pass; `None` if none waits.
    pub fn deadline(&self) -> Option<Duration> {
        self.waiting.as_ref()?;
        Some(self.passed.map_or(Duration::ZERO, |at| at + self.interval))
    }
}
