//! Frame rate of a movie, and its delays in the units of file formats.

/// Minimum frame rate, frames/s.
pub const MIN_FRAME_RATE: f64 = 0.01;

/// Maximum frame rate, frames/s.
pub const MAX_FRAME_RATE: f64 = 240.0;

/// Largest numerator and denominator of a delay in an animated PNG.
const MAX_TERM: f64 = u16::MAX as f64;

/// Relative precision of a frame rate as a fraction.
const PRECISION: f64 = 1e-9;

/// Frame rate, frames/s: from [`MIN_FRAME_RATE`] to [`MAX_FRAME_RATE`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FrameRate(f64);

/// Why a number is no frame rate.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("invalid frame rate {0}: expected {MIN_FRAME_RATE} to {MAX_FRAME_RATE} frames/s")]
pub struct FrameRateError(pub f64);

impl FrameRate {
    /// Frame rate, frames/s.
    ///
    /// # Errors
    /// If the rate is out of range or not a number.
    pub fn new(frames_per_second: f64) -> Result<FrameRate, FrameRateError> {
        if (MIN_FRAME_RATE..=MAX_FRAME_RATE).contains(&frames_per_second) {
            Ok(FrameRate(frames_per_second))
        } else {
            Err(FrameRateError(frames_per_second))
        }
    }

    /// Frame rate, frames/s.
    pub fn frames_per_second(self) -> f64 {
        self.0
    }

    /// Duration of a frame as a fraction of a second, numerator and denominator.
    ///
    /// The last convergent of the continued fraction whose terms fit in 16 bits:
    /// p₊ = a p + p₋, q₊ = a q + q₋ (Khinchin, Continued Fractions, section 1).
    pub(super) fn delay(self) -> [u16; 2] {
        let seconds = 1.0 / self.0;
        let mut rest = seconds;
        let (mut before, mut best) = ([0.0, 1.0], [1.0, 0.0]);
        loop {
            let whole = rest.floor();
            let next = [0, 1].map(|term| whole * best[term] + before[term]);
            if next.iter().any(|term| *term > MAX_TERM) {
                break;
            }
            (before, best) = (best, next);
            let error = (best[0] / best[1] - seconds).abs();
            if error <= PRECISION * seconds || rest == whole {
                break;
            }
            rest = 1.0 / (rest - whole);
        }
        best.map(|term| term as u16)
    }
}

/// Delays of successive frames, in ticks of a file format.
///
/// Frame i starts at tick round(i · ticks per second / frame rate), so rounding errors never add up.
/// Frames that would be shown for less than a minimum are left out.
pub(super) struct Delays {
    rate: FrameRate,
    ticks_per_second: f64,
    minimum: u64,
    /// Frames so far, including those left out.
    count: u64,
    /// Start of the last frame that is not left out, ticks.
    start: u64,
}

/// Place of a frame in the sequence of delays.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Placed {
    /// The first frame.
    First,
    /// A frame that ends the one before it, which lasted this many ticks.
    After(u64),
    /// A frame that would be too short.
    LeftOut,
}

impl Delays {
    pub(super) fn new(rate: FrameRate, ticks_per_second: f64, minimum: u64) -> Delays {
        Delays {
            rate,
            ticks_per_second,
            minimum,
            count: 0,
            start: 0,
        }
    }

    /// Place of the next frame.
    pub(super) fn next(&mut self) -> Placed {
        let start = self.tick(self.count);
        self.count += 1;
        if self.count == 1 {
            return Placed::First;
        }
        let delay = start - self.start;
        if delay < self.minimum {
            return Placed::LeftOut;
        }
        self.start = start;
        Placed::After(delay)
    }

    /// Delay of the last frame, ticks.
    pub(super) fn last(&self) -> u64 {
        (self.tick(self.count) - self.start).max(self.minimum)
    }

    fn tick(&self, frame: u64) -> u64 {
        (frame as f64 * self.ticks_per_second / self.rate.0).round() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::{Delays, FrameRate, Placed};

    fn rate(frames_per_second: f64) -> FrameRate {
        FrameRate::new(frames_per_second).expect("a rate in range")
    }

    #[test]
    fn delays_of_common_rates_are_exact_fractions() {
        let cases = [
            (30.0, [1, 30]),
            (12.5, [2, 25]),
            (29.97, [100, 2997]),
            (24_000.0 / 1001.0, [1001, 24_000]),
            (0.01, [100, 1]),
            (240.0, [1, 240]),
        ];
        for (frames_per_second, fraction) in cases {
            assert_eq!(rate(frames_per_second).delay(), fraction);
        }
    }

    #[test]
    fn delays_of_any_rate_are_close() {
        for step in 1..5000 {
            let frames_per_second = f64::from(step) * 0.047_123;
            let [numerator, denominator] = rate(frames_per_second).delay();
            let delay = f64::from(numerator) / f64::from(denominator);
            let error = (delay * frames_per_second - 1.0).abs();
            assert!(
                error < 1.0 / 65_535.0,
                "{frames_per_second}: {numerator}/{denominator}"
            );
        }
    }

    #[test]
    fn rounded_delays_add_up_to_the_duration() {
        for frames_per_second in [1.0, 7.0, 12.0, 24.0, 29.97, 30.0, 48.0, 60.0, 240.0] {
            let mut delays = Delays::new(rate(frames_per_second), 100.0, 2);
            let mut total = 0;
            for _ in 0..1000 {
                if let Placed::After(delay) = delays.next() {
                    assert!(delay >= 2);
                    total += delay;
                }
            }
            total += delays.last();
            let duration = 1000.0 * 100.0 / frames_per_second;
            assert!(
                (total as f64 - duration).abs() <= 2.0,
                "{frames_per_second}"
            );
        }
    }

    #[test]
    fn frames_are_left_out_only_above_the_representable_rate() {
        let count = |frames_per_second| {
            let mut delays = Delays::new(rate(frames_per_second), 100.0, 2);
            let placed = (0..120).map(|_| delays.next());
            placed.filter(|placed| *placed != Placed::LeftOut).count()
        };
        assert_eq!(count(50.0), 120);
        assert_eq!(count(100.0), 60);
    }
}
