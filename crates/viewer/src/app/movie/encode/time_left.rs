//! Time left of a movie.

use std::time::Duration;

/// Progress of writing a movie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MovieProgress {
    /// Frames that are written.
    pub done: u64,
    /// All frames.
    pub total: u64,
    /// Time since the start.
    pub elapsed: Duration,
    /// Time from the start to the end of the first frame, which also loads files and compiles shaders.
    pub first: Duration,
}

/// Frames after the first that an estimate needs.
const MIN_FRAMES: u64 = 3;

/// Time after the first frame that an estimate needs.
const MIN_TIME: Duration = Duration::from_millis(500);

impl MovieProgress {
    /// Start of a movie.
    pub fn new(total: u64) -> MovieProgress {
        MovieProgress {
            total,
            ..MovieProgress::default()
        }
    }

    /// Counts a frame that ended at a time since the start.
    pub fn count(&mut self, elapsed: Duration) {
        self.done += 1;
        self.elapsed = elapsed;
        if self.done == 1 {
            self.first = elapsed;
        }
    }

    /// Fraction that is done, 0 to 1.
    pub fn fraction(&self) -> f64 {
        (self.done as f64 / self.total.max(1) as f64).min(1.0)
    }

    /// Time left, by the mean time of the frames after the first; `None` while there are too few of them.
    pub fn remaining(&self) -> Option<Duration> {
        let left = self.total.saturating_sub(self.done);
        if left == 0 {
            return Some(Duration::ZERO);
        }
        let frames = self.done.saturating_sub(1);
        let time = self.elapsed.saturating_sub(self.first);
        if frames < MIN_FRAMES || time < MIN_TIME {
            return None;
        }
        Duration::try_from_secs_f64(time.as_secs_f64() * left as f64 / frames as f64).ok()
    }

    /// Progress in words, without a full stop: `frame 12 of 300, about 2 min 10 s left`.
    pub fn in_words(&self) -> String {
        let (done, total) = (self.done.min(self.total), self.total);
        match self.remaining() {
            Some(time) if time > Duration::ZERO => {
                format!("frame {done} of {total}, about {} left", in_units(time))
            }
            _ => format!("frame {done} of {total}"),
        }
    }
}

/// A duration in the two largest units that matter.
fn in_units(time: Duration) -> String {
    let seconds = time.as_secs_f64().ceil() as u64;
    match [seconds / 3600, seconds / 60 % 60, seconds % 60] {
        [0, 0, seconds] => format!("{seconds} s"),
        [0, minutes, seconds] => format!("{minutes} min {seconds} s"),
        [hours, minutes, _] => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::MovieProgress;

    #[test]
    fn a_slow_first_frame_does_not_count() {
        let mut progress = MovieProgress::new(101);
        progress.count(Duration::from_secs(60));
        assert_eq!(progress.remaining(), None);
        for frame in 1..=50 {
            progress.count(Duration::from_secs(60 + frame));
        }
        assert_eq!(progress.remaining(), Some(Duration::from_secs(50)));
        assert_eq!(progress.in_words(), "frame 51 of 101, about 50 s left");
    }

    #[test]
    fn the_end_has_no_time_left() {
        let mut progress = MovieProgress::new(1);
        assert_eq!(progress.in_words(), "frame 0 of 1");
        progress.count(Duration::ZERO);
        progress.count(Duration::ZERO);
        assert_eq!(progress.remaining(), Some(Duration::ZERO));
        assert_eq!(
            (progress.fraction(), progress.in_words()),
            (1.0, "frame 1 of 1".to_owned())
        );
        assert_eq!(MovieProgress::new(0).fraction(), 0.0);
    }

    #[test]
    fn long_times_are_told_in_two_units() {
        let progress = |seconds| MovieProgress {
            done: 5,
            total: 9,
            elapsed: Duration::from_secs(seconds),
            first: Duration::ZERO,
        };
        assert!(progress(100).in_words().ends_with("about 1 min 40 s left"));
        assert!(progress(7300).in_words().ends_with("about 2 h 1 min left"));
    }
}
