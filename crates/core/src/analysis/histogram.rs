//! Histogram of a series of values, such as energies.

use super::{AnalysisError, Table};

/// Maximum number of bins.
const MAX_BINS: usize = 1 << 20;

/// Counts of values in bins of equal width.
///
/// The probability density of bin b is p_b = n_b / (n Δ), with the number n of all values, outside ones
/// included, and the width Δ; it integrates to 1 if all values are inside (M. P. Allen and D. J. Tildesley,
/// Computer Simulation of Liquids, 2nd ed. (2017), 8.2, for histograms in general).
///
/// ```
/// use mlipview_core::analysis::Histogram;
///
/// let mut energies = Histogram::new([-2.0, 0.0], 2)?;
/// for energy in [-1.75, -1.5, -0.5, 3.0] {
///     energies.push(energy);
/// }
/// assert_eq!((energies.counts(), energies.outside()), (&[2, 1][..], [0, 1]));
/// assert!(energies.finish("energy (eV)", "density (1/eV)").csv().ends_with("\n-0.5,0.25\n"));
/// # Ok::<(), mlipview_core::analysis::AnalysisError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    range: [f64; 2],
    counts: Vec<u64>,
    outside: [u64; 2],
}

impl Histogram {
    /// Empty bins that divide a range; the last one contains its upper end.
    ///
    /// # Errors
    /// If the range is empty or not finite, or there are no or more than 2²⁰ bins.
    pub fn new(range: [f64; 2], bins: usize) -> Result<Histogram, AnalysisError> {
        let [low, high] = range;
        if !(low < high && (high - low).is_finite()) {
            let found = format!("{low} to {high}");
            return Err(AnalysisError::setting(
                "range of a histogram",
                found,
                "finite and rising",
            ));
        }
        check_bins(bins)?;
        Ok(Histogram {
            range,
            counts: vec![0; bins],
            outside: [0; 2],
        })
    }

    /// The histogram of values, from the smallest to the largest; undefined ones are left out. Equal values
    /// have a range of 1 around them.
    ///
    /// # Errors
    /// If there are no values, or as [`Histogram::new`].
    pub fn of(
        values: impl Iterator<Item = f64> + Clone,
        bins: usize,
    ) -> Result<Histogram, AnalysisError> {
        let values = values.filter(|value| value.is_finite());
        let start = [f64::INFINITY, f64::NEG_INFINITY];
        let ends = |[low, high]: [f64; 2], value: f64| [low.min(value), high.max(value)];
        let mut range = values.clone().fold(start, ends);
        if range[0] == range[1] {
            range = [range[0] - 0.5, range[1] + 0.5];
        }
        let mut histogram = Histogram::new(range, bins)?;
        values.for_each(|value| histogram.push(value));
        Ok(histogram)
    }

    /// Adds a value; one that is not a number is left out.
    pub fn push(&mut self, value: f64) {
        let [low, high] = self.range;
        if value.is_nan() {
        } else if value < low {
            self.outside[0] += 1;
        } else if value > high {
            self.outside[1] += 1;
        } else {
            let bins = self.counts.len();
            let bin = ((value - low) / (high - low) * bins as f64) as usize;
            self.counts[bin.min(bins - 1)] += 1;
        }
    }

    /// Number of values in each bin.
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// Numbers of values below and above the range.
    pub fn outside(&self) -> [u64; 2] {
        self.outside
    }

    /// Width of a bin.
    pub fn width(&self) -> f64 {
        (self.range[1] - self.range[0]) / self.counts.len() as f64
    }

    /// Centers and probability densities of the bins; the names of the columns with their units.
    pub fn finish(&self, value: &'static str, density: &'static str) -> Table<2> {
        let inside: u64 = self.counts.iter().sum();
        let all = (inside + self.outside[0] + self.outside[1]).max(1) as f64;
        let mut table = Table::new([value, density]);
        for (bin, count) in self.counts.iter().enumerate() {
            let center = self.range[0] + (bin as f64 + 0.5) * self.width();
            table.push([center, *count as f64 / (all * self.width())]);
        }
        table
    }
}

/// Checks a number of bins.
pub(super) fn check_bins(bins: usize) -> Result<(), AnalysisError> {
    match (1..=MAX_BINS).contains(&bins) {
        true => Ok(()),
        false => {
            let expected = format!("1 to {MAX_BINS}");
            Err(AnalysisError::setting("number of bins", bins, expected))
        }
    }
}
