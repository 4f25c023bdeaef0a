//! Estimate of the time to the end of a training.

use std::collections::VecDeque;
use std::time::Duration;

use crate::callback::Progress;
use crate::status::Status;

/// Time over which the rate is measured.
const WINDOW: Duration = Duration::from_secs(30);

/// Minimum interval between two points of the measurement, which bounds their number to about 300.
const MIN_INTERVAL: Duration = Duration::from_millis(100);

/// Estimates the time to the end by the rate of the last 30 s, without pauses. \[18\]
///
/// The rate is known from the second progress on, since a training may begin at any step. It is measured over
/// more than 30 s if a step takes longer.
#[derive(Debug, Default)]
pub struct Eta {
    /// Time without pauses, and global step.
    points: VecDeque<(Duration, u64)>,
    /// Start of the present pause.
    paused_since: Option<Duration>,
    /// Length of all earlier pauses.
    paused: Duration,
    /// Steps per second.
    rate: Option<f64>,
}

impl Eta {
    /// Reports a status: time during [`Status::Paused`] does not count.
    pub fn on_status(&mut self, status: Status, now: Duration) {
        if status == Status::Paused {
            self.paused_since.get_or_insert(now);
        } else if let Some(since) = self.paused_since.take() {
            self.paused += now.saturating_sub(since);
        }
    }

    /// Reports a step, and returns the time to the end, s. `None` before the rate is known, at step 0 and
    /// when nothing is left.
    pub fn on_progress(&mut self, progress: &Progress, now: Duration) -> Option<f64> {
        // A step that ends during a pause says nothing about the rate.
        if self.paused_since.is_none() {
            self.measure(progress.global_step, now.saturating_sub(self.paused));
        }
        let steps = progress.max_epoch.saturating_mul(progress.max_step);
        let left = steps.saturating_sub(progress.global_step);
        if progress.global_step == 0 || left == 0 {
            return None;
        }
        self.rate.map(|rate| left as f64 / rate)
    }

    /// Forgets everything, at the start of a new training. \[22\]
    pub fn reset(&mut self) {
        *self = Eta::default();
    }

    fn measure(&mut self, step: u64, time: Duration) {
        if self.points.back().is_some_and(|(_, last)| step < *last) {
            // Without a reset, a training has begun again.
            self.points.clear();
            self.rate = None;
        }
        let count = self.points.len();
        if count >= 3 && time.saturating_sub(self.points[count - 2].0) < MIN_INTERVAL {
            self.points.pop_back();
        }
        self.points.push_back((time, step));
        while self.points.len() > 2 && self.points[1].0 + WINDOW <= time {
            self.points.pop_front();
        }
        if let (Some(first), Some(last)) = (self.points.front(), self.points.back()) {
            let seconds = last.0.saturating_sub(first.0).as_secs_f64();
            let steps = last.1 - first.1;
            self.rate = (seconds > 0.0 && steps > 0).then(|| steps as f64 / seconds);
        }
    }
}
