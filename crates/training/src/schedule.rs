//! Schedules: the learning rate of each step.

/// A rate that rises linearly, is held, and falls along a cosine to a hundredth: I. Loshchilov, F.
/// Hutter, SGDR, arXiv:1608.03983, eq. 5.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Schedule {
    /// The largest rate.
    pub(crate) rate: f64,
    /// Number of steps.
    pub(crate) steps: u64,
}

/// Steps of the rise, at most, and the part of all steps.
const RISE: u64 = 100;
const RISE_PART: f64 = 0.05;

/// The part of all steps after which the rate falls.
const HOLD_PART: f64 = 0.3;

/// The last rate, relative to the largest.
const LAST: f64 = 0.01;

impl Schedule {
    /// The rate of a step, counted from 0.
    pub(crate) fn rate(&self, step: u64) -> f64 {
        let all = self.steps.max(1) as f64;
        let rise = (RISE as f64).min(RISE_PART * all).max(1.0);
        let done = step as f64;
        if done + 1.0 < rise {
            return self.rate * (done + 1.0) / rise;
        }
        let fallen = ((done / all - HOLD_PART) / (1.0 - HOLD_PART)).clamp(0.0, 1.0);
        let cosine = 0.5 * (1.0 + (std::f64::consts::PI * fallen).cos());
        self.rate * (LAST + (1.0 - LAST) * cosine)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_rises_is_held_and_falls_to_a_hundredth() {
        let schedule = Schedule {
            rate: 1e-3,
            steps: 10_000,
        };
        let rates: Vec<f64> = (0..10_000).map(|step| schedule.rate(step)).collect();
        assert!(rates[0] < 2e-5 && rates[..99].is_sorted());
        assert!(rates[100..3000].iter().all(|rate| *rate == 1e-3));
        assert!(rates[3000..].is_sorted_by(|one, next| one >= next));
        assert!((rates[9999] - 1e-5).abs() < 1e-8);
    }

    #[test]
    fn a_single_step_has_a_rate() {
        let schedule = Schedule {
            rate: 0.1,
            steps: 1,
        };
        assert_eq!(schedule.rate(0), 0.1);
    }
}
