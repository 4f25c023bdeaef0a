//! Series of values against time, in bounded memory.

/// Values at times. At the bound, every second value is dropped, and only every second (fourth, …) further
/// value is kept, so that the series always spans all of its time.
///
/// ```
/// use mlipview_core::analysis::Series;
///
/// let mut series = Series::new(4);
/// for step in 0..9 {
///     series.push(f64::from(step), Some(1.0));
/// }
/// let times: Vec<f64> = series.values().iter().map(|[time, _]| *time).collect();
/// assert_eq!(times, [0.0, 4.0, 8.0]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    values: Vec<[f64; 2]>,
    max: usize,
    /// Number of pushed values per kept value.
    stride: u64,
    pushed: u64,
}

/// Default maximum number of values.
const DEFAULT_MAX: usize = 1 << 20;

impl Default for Series {
    /// A series of at most a million values.
    fn default() -> Series {
        Series::new(DEFAULT_MAX)
    }
}

impl Series {
    /// A series of at most `max` values, two at least.
    pub fn new(max: usize) -> Series {
        Series {
            values: Vec::new(),
            max: max.max(2),
            stride: 1,
            pushed: 0,
        }
    }

    /// Adds a value at a time, fs; `None` where it is undefined.
    pub fn push(&mut self, time: f64, value: Option<f64>) {
        let is_kept = self.pushed.is_multiple_of(self.stride);
        self.pushed += 1;
        if !is_kept {
            return;
        }
        if self.values.len() == self.max {
            let mut index = 0..;
            self.values.retain(|_| {
                index
                    .next()
                    .is_some_and(|index: u64| index.is_multiple_of(2))
            });
            self.stride *= 2;
            if !(self.pushed - 1).is_multiple_of(self.stride) {
                return;
            }
        }
        self.values.push([time, value.unwrap_or(f64::NAN)]);
    }

    /// Times (fs) and values, in their order; a value is NaN where it is undefined.
    pub fn values(&self) -> &[[f64; 2]] {
        &self.values
    }

    /// Number of pushed values.
    pub fn pushed(&self) -> u64 {
        self.pushed
    }

    /// Number of pushed values per kept value.
    pub fn stride(&self) -> u64 {
        self.stride
    }
}
