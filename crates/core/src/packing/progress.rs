//! Progress of a packing, and the steps that are left, from how fast the overlaps become fewer.

/// Steps between two samples, and samples over which the rate is measured.
const INTERVAL: u64 = 10;
const SAMPLES: usize = 12;

/// Numbers of overlaps at equal intervals of steps.
#[derive(Default)]
pub(super) struct Progress {
    first: usize,
    /// The newest last.
    samples: Vec<usize>,
}

impl Progress {
    /// Records the number of overlaps after a step.
    pub(super) fn record(&mut self, steps: u64, overlaps: usize) {
        self.first = self.first.max(overlaps);
        if steps.is_multiple_of(INTERVAL) {
            if self.samples.len() == SAMPLES {
                self.samples.remove(0);
            }
            self.samples.push(overlaps);
        }
    }

    /// Part of the overlaps that are gone, 0 to 1.
    pub(super) fn part(&self, overlaps: usize) -> f64 {
        1.0 - overlaps as f64 / self.first.max(1) as f64
    }

    /// Steps until less than one overlap is left, n exp(−λ t) < 1; `None` while they do not become fewer.
    pub(super) fn steps_left(&self) -> Option<u64> {
        let [oldest, .., newest] = self.samples[..] else {
            return None;
        };
        if newest == 0 || newest >= oldest {
            return (newest == 0).then_some(0);
        }
        let steps = (self.samples.len() - 1) as f64 * INTERVAL as f64;
        let rate = (oldest as f64 / newest as f64).ln() / steps;
        Some(((newest as f64).ln() / rate).ceil() as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::Progress;

    #[test]
    fn the_steps_left_are_those_of_an_exponential_decrease() {
        let mut progress = Progress::default();
        // Half of the overlaps go every 20 steps: 1 is left after 200 steps, 1024 = 2¹⁰.
        for steps in 0..=100_u64 {
            let overlaps = 1024.0 * 0.5_f64.powf(steps as f64 / 20.0);
            progress.record(steps, overlaps.round() as usize);
        }
        let left = progress.steps_left().unwrap();
        assert!((95..=105).contains(&left), "{left}");
        assert!((progress.part(256) - 0.75).abs() < 1e-12);
    }

    #[test]
    fn without_a_decrease_nothing_is_known() {
        let mut progress = Progress::default();
        (0..100).for_each(|steps| progress.record(steps, 50));
        assert_eq!(progress.steps_left(), None);
    }
}
