//! Analysis of a quantity over the frames of a trajectory, added one by one.

use super::radial_distribution::{RadialDistribution, RadialDistributionResult};
use super::{
    AnalysisError, FrameSeries, FrameValues, Histogram, MeanSquaredDisplacement, Quantity, Table,
};
use crate::chem::Element;

/// Maximum number of lags of a mean squared displacement.
const MAX_LAGS: usize = 1000;
/// Maximum number of positions that a mean squared displacement compares with those of a frame, of which it
/// keeps as many: 24 bytes each.
const MAX_LAG_POSITIONS: usize = 1 << 21;

/// Analysis of a [`Quantity`], frame by frame.
///
/// A frame with other atoms than the analysis began with, or one that cannot be read, is left out and
/// counted; it keeps its place in the series. Memory is 16 bytes per frame, for at most
/// [`FrameAnalysis::MAX_FRAMES`], beside that of the accumulators: the bins, or at most 2²¹ positions
/// (50 MB) for the lags of a mean squared displacement, of which there are at most 1000.
///
/// ```
/// use glam::DVec3;
/// use mlipview_core::analysis::{FrameAnalysis, FrameValues, Quantity};
/// use mlipview_core::chem::Element;
///
/// let elements = [Element::H; 2];
/// let mut analysis = FrameAnalysis::new(Quantity::of_atoms(&[0, 1])?, &elements)?;
/// for step in 0..2 {
///     analysis.push(&FrameValues {
///         time: Some(0.5 * f64::from(step)),
///         elements: &elements,
///         positions: &[DVec3::ZERO, DVec3::X],
///         cell: None,
///         potential_energy: None,
///         kinetic_energy: None,
///         temperature: None,
///     });
/// }
/// assert_eq!(analysis.csv(), "frame,time (fs),distance (Å)\n0,0,1\n1,0.5,1\n");
/// # Ok::<(), mlipview_core::analysis::AnalysisError>(())
/// ```
#[derive(Clone, Debug)]
pub struct FrameAnalysis {
    quantity: Quantity,
    elements: Vec<Element>,
    accumulator: Accumulator,
    series: FrameSeries,
    left_out: Option<LeftOut>,
}

/// Sums beside the series.
#[derive(Clone, Debug)]
enum Accumulator {
    None,
    RadialDistribution(Box<RadialDistribution>),
    Displacement(Box<MeanSquaredDisplacement>),
}

/// Frames that an analysis left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Number of frames.
    pub frames: u64,
    /// Reason for the first one.
    pub reason: String,
}

/// The averages of an analysis so far.
#[derive(Clone, Debug, PartialEq)]
pub enum AnalysisResult {
    /// Only the series of the analysis.
    Series,
    /// The radial distribution function.
    RadialDistribution(RadialDistributionResult),
    /// Mean squared displacement, Å², by lag in frames, averaged over time origins; the series has that
    /// since the first frame.
    Displacement(Vec<[f64; 2]>),
    /// The histogram of the series; `None` without values.
    Histogram(Option<Histogram>),
}

impl FrameAnalysis {
    /// Maximum number of frames; further ones are refused.
    pub const MAX_FRAMES: usize = 1 << 22;

    /// An analysis of frames with atoms of these elements.
    ///
    /// # Errors
    /// If there is no such atom, no atom or no pair of the elements, or a setting is out of range.
    pub fn new(quantity: Quantity, elements: &[Element]) -> Result<FrameAnalysis, AnalysisError> {
        check_atoms(&quantity, elements.len())?;
        let accumulator = match &quantity {
            Quantity::RadialDistribution { pair, max_distance } => {
                let distribution = distribution(*pair, *max_distance, elements)?;
                Accumulator::RadialDistribution(Box::new(distribution))
            }
            Quantity::MeanSquaredDisplacement { atoms } => {
                let all = || (0..elements.len()).collect();
                let atoms = if atoms.is_empty() {
                    all()
                } else {
                    atoms.clone()
                };
                let lags = (MAX_LAG_POSITIONS / atoms.len().max(1)).min(MAX_LAGS);
                let msd = MeanSquaredDisplacement::new(atoms, lags)?;
                Accumulator::Displacement(Box::new(msd))
            }
            _ => Accumulator::None,
        };
        Ok(FrameAnalysis {
            quantity,
            elements: elements.to_vec(),
            accumulator,
            series: FrameSeries::default(),
            left_out: None,
        })
    }

    /// Adds the next frame, or leaves it out; returns whether there was space for it.
    pub fn push(&mut self, frame: &FrameValues<'_>) -> bool {
        if self.is_full() {
            return false;
        }
        match self.value(frame) {
            Ok(value) => self.series.push(frame.time, value),
            Err(error) => self.leave_out(frame.time, &error),
        }
        true
    }

    /// Leaves out the next frame, which cannot be read; returns whether there was space for it.
    pub fn push_unreadable(&mut self, reason: &dyn std::error::Error) -> bool {
        if self.is_full() {
            return false;
        }
        self.leave_out(None, reason);
        true
    }

    /// Whether there are as many frames as possible.
    pub fn is_full(&self) -> bool {
        self.series.len() >= FrameAnalysis::MAX_FRAMES
    }

    fn leave_out(&mut self, time: Option<f64>, reason: &dyn std::error::Error) {
        self.series.push(time, None);
        let first = || LeftOut {
            frames: 0,
            reason: reason.to_string(),
        };
        self.left_out.get_or_insert_with(first).frames += 1;
    }

    fn value(&mut self, frame: &FrameValues<'_>) -> Result<Option<f64>, AnalysisError> {
        if !self.quantity.has_same_atoms(&self.elements, frame.elements) {
            let (expected, found) = (self.elements.len(), frame.elements.len());
            return Err(match expected == found {
                true => AnalysisError::Elements,
                false => AnalysisError::Atoms { expected, found },
            });
        }
        Ok(match (&self.quantity, &mut self.accumulator) {
            (Quantity::Geometry(geometry), _) => geometry.value(frame.positions, frame.cell),
            (Quantity::Scalar(scalar) | Quantity::Histogram { scalar, .. }, _) => {
                frame.scalar(*scalar).filter(|value| value.is_finite())
            }
            (_, Accumulator::RadialDistribution(distribution)) => {
                distribution.push(frame.positions, frame.cell)?;
                None
            }
            (_, Accumulator::Displacement(msd)) => {
                // Lags count frames: intervals come from the times of all frames.
                let index = self.series.len() as f64;
                msd.push(index, frame.positions, frame.cell)?;
                Some(msd.since_first())
            }
            (_, Accumulator::None) => None,
        })
    }

    /// The quantity.
    pub fn quantity(&self) -> &Quantity {
        &self.quantity
    }

    /// Elements of the atoms.
    pub fn elements(&self) -> &[Element] {
        &self.elements
    }

    /// A value for each frame: the quantity, or the mean squared displacement since the first frame, Å²; no
    /// values with a radial distribution function.
    pub fn series(&self) -> &FrameSeries {
        &self.series
    }

    /// The frames that were left out, if there are some.
    pub fn left_out(&self) -> Option<&LeftOut> {
        self.left_out.as_ref()
    }

    /// The averages so far.
    pub fn result(&self) -> AnalysisResult {
        match (&self.accumulator, &self.quantity) {
            (Accumulator::RadialDistribution(distribution), _) => {
                AnalysisResult::RadialDistribution(distribution.finish())
            }
            (Accumulator::Displacement(msd), _) => {
                AnalysisResult::Displacement(msd.finish().windowed.rows().to_vec())
            }
            (Accumulator::None, Quantity::Histogram { bins, .. }) => {
                let values = self.series.values().iter().copied();
                AnalysisResult::Histogram(Histogram::of(values, *bins).ok())
            }
            (Accumulator::None, _) => AnalysisResult::Series,
        }
    }

    /// The result as CSV, with a header that has units. Frames count from 0; times are empty where they are
    /// unknown.
    pub fn csv(&self) -> String {
        match (self.result(), &self.quantity) {
            (AnalysisResult::RadialDistribution(result), _) => result.table().csv(),
            (AnalysisResult::Displacement(by_lag), _) => self.displacements(&by_lag).csv(),
            (AnalysisResult::Histogram(histogram), Quantity::Histogram { scalar, .. }) => {
                let names = [scalar.name(), scalar.density_name()];
                let finish = |histogram: Histogram| histogram.finish(names[0], names[1]);
                histogram.map_or_else(|| Table::new(names), finish).csv()
            }
            (_, Quantity::Geometry(geometry)) => self.rows(geometry.name()).csv(),
            (_, Quantity::Scalar(scalar)) => self.rows(scalar.name()).csv(),
            (AnalysisResult::Series | AnalysisResult::Histogram(_), _) => self.rows("value").csv(),
        }
    }

    /// The series as a table.
    fn rows(&self, name: &'static str) -> Table<3> {
        let mut table = Table::new(["frame", "time (fs)", name]);
        let rows = self.series.times().iter().zip(self.series.values());
        for (frame, (time, value)) in rows.enumerate() {
            table.push([frame as f64, *time, *value]);
        }
        table
    }

    /// Mean squared displacements since the first frame, and by lag.
    fn displacements(&self, by_lag: &[[f64; 2]]) -> Table<6> {
        let mut table = Table::new([
            "frame",
            "time (fs)",
            "MSD since the first frame (Å²)",
            "lag (frames)",
            "lag (fs)",
            "MSD averaged over time origins (Å²)",
        ]);
        let interval = self.series.interval().unwrap_or(f64::NAN);
        let rows = self.series.times().iter().zip(self.series.values());
        for (frame, (time, value)) in rows.enumerate() {
            let lag = by_lag.get(frame).copied();
            let [lag, averaged] = lag.unwrap_or([f64::NAN; 2]);
            table.push([frame as f64, *time, *value, lag, lag * interval, averaged]);
        }
        table
    }
}

/// Checks that a frame has the atoms that a quantity names.
fn check_atoms(quantity: &Quantity, atoms: usize) -> Result<(), AnalysisError> {
    let named = match quantity {
        Quantity::Geometry(geometry) => geometry.atoms(),
        Quantity::MeanSquaredDisplacement { atoms } => atoms,
        _ => &[],
    };
    match named.iter().find(|atom| **atom >= atoms) {
        Some(&atom) => Err(AnalysisError::NoSuchAtom { atom, atoms }),
        None => Ok(()),
    }
}

/// A radial distribution function of pairs of elements, or of all atoms.
fn distribution(
    pair: Option<[Element; 2]>,
    max_distance: f64,
    elements: &[Element],
) -> Result<RadialDistribution, AnalysisError> {
    let bins = (max_distance / Quantity::BIN_WIDTH).round().max(1.0) as usize;
    let Some(pair) = pair else {
        return RadialDistribution::of_all(max_distance, bins);
    };
    let masks = pair.map(|element| {
        let is_of = elements.iter().map(|other| *other == element);
        is_of.collect::<Vec<bool>>()
    });
    for (element, mask) in pair.iter().zip(&masks) {
        if !mask.contains(&true) {
            return Err(AnalysisError::NoSuchElement(element.symbol()));
        }
    }
    RadialDistribution::of_pairs(max_distance, bins, &masks[0], &masks[1])
}
