//! Measurement of simulation steps per second.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Simulation steps per second, over the last interval between two measurements.
#[derive(Default)]
pub(super) struct StepRate(Mutex<Measurement>);

/// The last measurement: time, step, and steps per second before it.
#[derive(Default)]
struct Measurement {
    time: Duration,
    step: u64,
    per_second: f64,
}

impl StepRate {
    /// Takes a measurement; call it about once a second.
    pub(super) fn measure(&self, step: u64, now: Duration) {
        let mut last = self.lock();
        let elapsed = now.saturating_sub(last.time).as_secs_f64();
        if elapsed > 0.5 {
            let steps = step.saturating_sub(last.step);
            *last = Measurement {
                time: now,
                step,
                per_second: steps as f64 / elapsed,
            };
        }
    }

    pub(super) fn per_second(&self) -> f64 {
        self.lock().per_second
    }

    fn lock(&self) -> MutexGuard<'_, Measurement> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
