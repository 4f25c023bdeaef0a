//! CPU timer: the program's own time on one frame, on both threads, without waiting.

#![expect(
    clippy::disallowed_methods,
    reason = "a clock that only measures; nothing is decided by it"
)]

use std::time::{Duration, Instant};

/// Measures the CPU time of one frame; paused while the program waits.
#[derive(Clone, Copy, Debug)]
pub(super) struct CpuTimer {
    /// Start of the current interval; `None` while paused.
    since: Option<Instant>,
    /// Sum of the intervals before.
    sum: Duration,
}

impl CpuTimer {
    /// Starts a timer.
    pub(super) fn start() -> CpuTimer {
        CpuTimer {
            since: Some(Instant::now()),
            sum: Duration::ZERO,
        }
    }

    /// Pauses the timer.
    pub(super) fn pause(&mut self) {
        self.sum += self
            .since
            .take()
            .map_or(Duration::ZERO, |since| since.elapsed());
    }

    /// Resumes the timer.
    pub(super) fn resume(&mut self) {
        self.pause();
        self.since = Some(Instant::now());
    }

    /// Time up to the last pause, s.
    pub(super) fn seconds(&self) -> f32 {
        self.sum.as_secs_f32()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_does_not_count() {
        let mut timer = CpuTimer::start();
        timer.pause();
        let counted = timer.seconds();
        timer.pause();
        assert_eq!(timer.seconds(), counted);
        timer.resume();
        timer.pause();
        assert!(timer.seconds() >= counted);
    }
}
