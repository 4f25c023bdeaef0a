//! Series with a value for each frame.

/// A time and a value for each frame, NaN where they are unknown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrameSeries {
    times: Vec<f64>,
    values: Vec<f64>,
    known: usize,
    last_time: Option<f64>,
    /// Numbers of steps in which time falls, stays and rises.
    steps: [usize; 3],
}

impl FrameSeries {
    /// Adds the next frame at a time, fs.
    pub(super) fn push(&mut self, time: Option<f64>, value: Option<f64>) {
        if let Some(time) = time.filter(|time| time.is_finite()) {
            if let Some(last) = self.last_time {
                self.steps[1 + usize::from(time > last) - usize::from(time < last)] += 1;
            }
            self.last_time = Some(time);
        }
        self.known += usize::from(value.is_some());
        self.times.push(time.unwrap_or(f64::NAN));
        self.values.push(value.unwrap_or(f64::NAN));
    }

    /// Number of frames.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are no frames.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Number of frames with a value.
    pub fn known(&self) -> usize {
        self.known
    }

    /// Time of each frame, fs.
    pub fn times(&self) -> &[f64] {
        &self.times
    }

    /// Value of each frame.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Whether the series can be drawn against time: times never fall, and rise in most steps. They do not in
    /// a relaxation, or a file without times.
    pub fn has_rising_times(&self) -> bool {
        let [falls, stays, rises] = self.steps;
        falls == 0 && rises > stays
    }

    /// Mean time between frames, fs, if times rise.
    pub fn interval(&self) -> Option<f64> {
        let known = |index: &usize| self.times[*index].is_finite();
        let first = (0..self.len()).find(known)?;
        let last = (0..self.len()).rfind(known)?;
        let is_rising = self.has_rising_times() && last > first;
        is_rising.then(|| (self.times[last] - self.times[first]) / (last - first) as f64)
    }
}
