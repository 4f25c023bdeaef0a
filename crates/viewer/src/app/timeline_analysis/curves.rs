//! Curves of an analysis, reduced to what can be drawn.

use mlipview_core::analysis::{AnalysisResult, FrameAnalysis, FrameSeries, Geometry, Quantity};

use crate::app::curves::downsample;

/// Intervals of a reduced curve, each with its first, lowest, highest and last point.
const INTERVALS: usize = 4096;

/// Horizontal axis of a plot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HorizontalAxis {
    /// Number of the frame, from 0.
    Frames,
    /// Time, fs.
    Femtoseconds,
    /// Time, ps.
    Picoseconds,
    /// The values of a histogram, or distances.
    Values,
}

impl HorizontalAxis {
    /// Unit of a time axis, fs.
    pub fn femtoseconds(self) -> Option<f64> {
        match self {
            HorizontalAxis::Femtoseconds => Some(1.0),
            HorizontalAxis::Picoseconds => Some(1000.0),
            HorizontalAxis::Frames | HorizontalAxis::Values => None,
        }
    }

    /// Whether it runs along the frames of the timeline.
    pub fn is_along_frames(self) -> bool {
        !matches!(self, HorizontalAxis::Values)
    }
}

/// One curve of a plot.
#[derive(Clone, Debug, PartialEq)]
pub struct PlottedSeries {
    /// Name in the legend.
    pub name: &'static str,
    /// Points from left to right. All of a curve of up to 16 384 points; else the first, lowest, highest and
    /// last point of each of 4096 intervals.
    pub points: Vec<[f64; 2]>,
}

/// The plot of an analysis.
#[derive(Clone, Debug, PartialEq)]
pub struct AnalysisPlot {
    /// The quantity that is plotted.
    pub quantity: Quantity,
    /// Horizontal axis.
    pub horizontal: HorizontalAxis,
    /// Time at its origin, fs.
    pub origin: f64,
    /// Titles of the horizontal and the vertical axis, with units.
    pub titles: [String; 2],
    /// The curves.
    pub series: Vec<PlottedSeries>,
    /// Width of the bars of a histogram.
    pub bar_width: Option<f64>,
    /// Number of frames so far.
    pub frames: usize,
    /// Sentences about frames that were left out or have no value.
    pub notes: Vec<String>,
}

impl AnalysisPlot {
    /// The plot of an analysis as it is.
    pub(super) fn of(analysis: &FrameAnalysis) -> AnalysisPlot {
        let quantity = analysis.quantity().clone();
        let series = analysis.series();
        let against = horizontal(series);
        let origin = match &quantity {
            Quantity::MeanSquaredDisplacement { .. } => first_time(series),
            _ => 0.0,
        };
        let mut plot = AnalysisPlot {
            horizontal: against,
            origin,
            titles: [along_title(&quantity, against), vertical(&quantity)],
            series: Vec::new(),
            bar_width: None,
            frames: series.len(),
            notes: notes(analysis),
            quantity,
        };
        let mut add = |name, points| plot.series.push(PlottedSeries { name, points });
        match analysis.result() {
            AnalysisResult::Series => add("value", along_frames(series, against, origin)),
            AnalysisResult::Displacement(by_lag) => {
                add(
                    "since the first frame",
                    along_frames(series, against, origin),
                );
                let unit = lag_unit(series, against);
                let averaged = by_lag.iter().map(|[lag, value]| [lag * unit, *value]);
                add("averaged over time origins", averaged.collect());
            }
            AnalysisResult::RadialDistribution(result) => {
                plot.horizontal = HorizontalAxis::Values;
                let value = match result.is_normalized {
                    true => "g(r)",
                    false => "Density of pairs (1/Å)",
                };
                plot.titles = ["Distance r (Å)", value].map(str::to_owned);
                let points = result.distances.iter().zip(&result.values);
                let points = points.map(|(r, value)| [*r, *value]).collect();
                add("value", points);
            }
            AnalysisResult::Histogram(histogram) => {
                let Quantity::Histogram { scalar, .. } = &plot.quantity else {
                    return plot;
                };
                plot.horizontal = HorizontalAxis::Values;
                plot.titles[0] = capitalized(scalar.name());
                if let Some(histogram) = histogram {
                    let table = histogram.finish(scalar.name(), scalar.density_name());
                    plot.bar_width = Some(histogram.width());
                    let points = table.rows().to_vec();
                    let name = "value";
                    plot.series.push(PlottedSeries { name, points });
                }
            }
        }
        plot
    }

    /// Whether there is anything to draw.
    pub fn is_empty(&self) -> bool {
        self.series.iter().all(|series| series.points.is_empty())
    }
}

/// The horizontal axis of a series: time if it rises, ps from 1 ps on.
fn horizontal(series: &FrameSeries) -> HorizontalAxis {
    if !series.has_rising_times() {
        return HorizontalAxis::Frames;
    }
    let known = || series.times().iter().filter(|time| time.is_finite());
    let [first, last] = [known().next(), known().next_back()].map(|time| time.copied());
    match last.zip(first).map(|(last, first)| last - first) {
        Some(duration) if duration >= 1000.0 => HorizontalAxis::Picoseconds,
        _ => HorizontalAxis::Femtoseconds,
    }
}

/// Points of a series; frames without a value or a place on the axis are left out.
fn along_frames(series: &FrameSeries, axis: HorizontalAxis, origin: f64) -> Vec<[f64; 2]> {
    let values = series.values().iter().enumerate();
    let points = values.map(|(frame, value)| match axis.femtoseconds() {
        Some(unit) => [(series.times()[frame] - origin) / unit, *value],
        None => [frame as f64, *value],
    });
    downsample(points, INTERVALS)
}

/// Length of a lag of one frame on the horizontal axis.
fn lag_unit(series: &FrameSeries, axis: HorizontalAxis) -> f64 {
    match (series.interval(), axis.femtoseconds()) {
        (Some(interval), Some(unit)) => interval / unit,
        _ => 1.0,
    }
}

/// The first known time, fs.
fn first_time(series: &FrameSeries) -> f64 {
    let mut known = series.times().iter().filter(|time| time.is_finite());
    known.next().copied().unwrap_or(0.0)
}

/// Title of an axis along the frames.
fn along_title(quantity: &Quantity, axis: HorizontalAxis) -> String {
    let [name, unit] = match axis {
        HorizontalAxis::Femtoseconds => ["Time", " (fs)"],
        HorizontalAxis::Picoseconds => ["Time", " (ps)"],
        HorizontalAxis::Frames | HorizontalAxis::Values => ["Frame", ""],
    };
    match (quantity, unit) {
        (Quantity::MeanSquaredDisplacement { .. }, "") => "Frames since the first".to_owned(),
        (Quantity::MeanSquaredDisplacement { .. }, unit) => {
            format!("{name} since the first frame{unit}")
        }
        _ => format!("{name}{unit}"),
    }
}

/// Title of the vertical axis.
fn vertical(quantity: &Quantity) -> String {
    capitalized(match quantity {
        Quantity::Geometry(Geometry::Torsion(_)) => "dihedral angle (°)",
        Quantity::Geometry(geometry) => geometry.name(),
        Quantity::Scalar(scalar) => scalar.name(),
        Quantity::Histogram { scalar, .. } => scalar.density_name(),
        Quantity::RadialDistribution { .. } => return "g(r)".to_owned(),
        Quantity::MeanSquaredDisplacement { .. } => return "MSD (Å²)".to_owned(),
    })
}

/// The name of a column as a title.
fn capitalized(name: &str) -> String {
    let mut characters = name.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}

/// Sentences about frames that do not count.
fn notes(analysis: &FrameAnalysis) -> Vec<String> {
    let mut notes = Vec::new();
    let series = analysis.series();
    let left_out = analysis.left_out().map_or(0, |left_out| left_out.frames);
    if let Some(left_out) = analysis.left_out() {
        notes.push(format!(
            "{} of {} frames are left out; the first because {}.",
            left_out.frames,
            series.len(),
            left_out.reason
        ));
    }
    let has_values = !matches!(analysis.quantity(), Quantity::RadialDistribution { .. });
    let unknown = (series.len() as u64).saturating_sub(series.known() as u64 + left_out);
    if has_values && unknown > 0 {
        notes.push(format!(
            "{unknown} of {} frames have no value.",
            series.len()
        ));
    }
    if analysis.is_full() {
        notes.push(format!(
            "Only the first {} frames are plotted.",
            FrameAnalysis::MAX_FRAMES
        ));
    }
    notes
}
