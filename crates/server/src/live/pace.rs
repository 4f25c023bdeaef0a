//! Pace of a run: when each frame is due.

use std::time::Duration;

/// Pace of a run in real time. A delay of at most one timestep is made up for by the frames after it; after a
/// longer one the clock of the run is set back, so that frames never come in a burst. \[12\]
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    /// Time of frame 0, which delays move.
    start: Duration,
    timestep: Duration,
}

impl Pace {
    /// The pace of a run that starts now; `timestep` in s.
    pub(super) fn new(now: Duration, timestep: f64) -> Pace {
        Pace {
            start: now,
            timestep: Duration::from_secs_f64(timestep),
        }
    }

    /// The time at which a frame is due.
    pub(super) fn due(&self, frame: u64) -> Duration {
        let frame = u32::try_from(frame).unwrap_or(u32::MAX);
        self.start + self.timestep * frame
    }

    /// Reports that a frame is ready, or sent.
    pub(super) fn on_frame(&mut self, frame: u64, now: Duration) {
        let delay = now.saturating_sub(self.due(frame));
        if delay > self.timestep {
            self.start += delay;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    /// [12]
    #[test]
    fn a_short_delay_is_made_up_for_and_a_long_one_is_not() {
        let mut pace = Pace::new(100 * MS, 0.016);
        assert_eq!(pace.due(2), 132 * MS);
        pace.on_frame(2, 140 * MS);
        assert_eq!(pace.due(3), 148 * MS);
        pace.on_frame(3, 1148 * MS);
        assert_eq!(pace.due(4), 1164 * MS);
        pace.on_frame(4, 1160 * MS);
        assert_eq!(pace.due(5), 1180 * MS);
    }
}
