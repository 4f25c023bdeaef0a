//! Curves of a run: quantities, units, axes, and downsampling to what can be seen.

use super::history::Sample;
use super::run::RunKind;

/// A plotted quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PlottedQuantity {
    /// Potential, kinetic and total energy; only potential energy in relaxations.
    Energy,
    /// Temperature, in dynamics.
    Temperature,
    /// Maximum force on an atom.
    MaxForce,
    /// Pressure, if the potential has a stress and the cell is periodic in three dimensions.
    Pressure,
}

impl PlottedQuantity {
    /// All of them.
    pub const ALL: [PlottedQuantity; 4] = [
        PlottedQuantity::Energy,
        PlottedQuantity::Temperature,
        PlottedQuantity::MaxForce,
        PlottedQuantity::Pressure,
    ];

    /// Name in menus.
    pub fn name(self) -> &'static str {
        match self {
            PlottedQuantity::Energy => "Energy",
            PlottedQuantity::Temperature => "Temperature",
            PlottedQuantity::MaxForce => "Max force",
            PlottedQuantity::Pressure => "Pressure",
        }
    }

    /// Unit.
    pub fn unit(self) -> &'static str {
        match self {
            PlottedQuantity::Energy => "eV",
            PlottedQuantity::Temperature => "K",
            PlottedQuantity::MaxForce => "eV/Å",
            PlottedQuantity::Pressure => "GPa",
        }
    }

    /// Label of the vertical axis.
    pub fn axis(self) -> String {
        let name = match self {
            PlottedQuantity::Energy => "Energy − start",
            other => other.name(),
        };
        format!("{name} ({})", self.unit())
    }

    /// Curves in a run of this kind.
    pub fn curves(self, kind: RunKind) -> &'static [Curve] {
        match (self, kind) {
            (PlottedQuantity::Energy, RunKind::Dynamics) => {
                &[Curve::Potential, Curve::Kinetic, Curve::Total]
            }
            (PlottedQuantity::Energy, RunKind::Relaxation) => &[Curve::Potential],
            (PlottedQuantity::Temperature, RunKind::Dynamics) => &[Curve::Temperature],
            // Relaxations have no kinetic energy.
            (PlottedQuantity::Temperature, RunKind::Relaxation) => &[],
            (PlottedQuantity::MaxForce, _) => &[Curve::MaxForce],
            (PlottedQuantity::Pressure, _) => &[Curve::Pressure],
        }
    }
}

/// One curve of a plot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Curve {
    /// Potential energy, eV.
    Potential,
    /// Kinetic energy, eV.
    Kinetic,
    /// Sum of both, eV.
    Total,
    /// Temperature, K.
    Temperature,
    /// Maximum force on an atom, eV/Å.
    MaxForce,
    /// Pressure, GPa.
    Pressure,
}

impl Curve {
    /// Name in the legend of its plot.
    pub fn name(self) -> &'static str {
        match self {
            Curve::Potential => "potential",
            Curve::Kinetic => "kinetic",
            Curve::Total => "total",
            Curve::Temperature => "temperature",
            Curve::MaxForce => "max force",
            Curve::Pressure => "pressure",
        }
    }

    /// Value of a sample, in the unit of its quantity. Potential and total energy are relative to
    /// the potential energy (eV) at the start, to be comparable to the kinetic energy.
    pub fn value(self, sample: &Sample, start: f64) -> f64 {
        match self {
            Curve::Potential => sample.potential - start,
            Curve::Kinetic => sample.kinetic,
            Curve::Total => sample.total() - start,
            Curve::Temperature => sample.temperature,
            Curve::MaxForce => sample.max_force,
            Curve::Pressure => sample.pressure,
        }
    }
}

/// The horizontal axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeAxis {
    /// Simulated time in fs.
    Femtoseconds,
    /// Simulated time in ps.
    Picoseconds,
    /// Steps.
    Steps,
}

impl TimeAxis {
    /// The axis for a run of this kind and duration, ps.
    pub fn of(kind: RunKind, duration: f64) -> TimeAxis {
        match kind {
            RunKind::Relaxation => TimeAxis::Steps,
            RunKind::Dynamics if duration < 1.0 => TimeAxis::Femtoseconds,
            RunKind::Dynamics => TimeAxis::Picoseconds,
        }
    }

    /// Label of the axis.
    pub fn axis(self) -> &'static str {
        match self {
            TimeAxis::Femtoseconds => "Time (fs)",
            TimeAxis::Picoseconds => "Time (ps)",
            TimeAxis::Steps => "Step",
        }
    }

    /// Position of a sample on the axis.
    pub fn position(self, sample: &Sample) -> f64 {
        match self {
            TimeAxis::Femtoseconds => sample.time * 1e3,
            TimeAxis::Picoseconds => sample.time,
            TimeAxis::Steps => sample.step as f64,
        }
    }

    /// A position on the axis with its unit.
    pub fn in_words(self, position: f64) -> String {
        match self {
            TimeAxis::Femtoseconds => format!("{position:.1} fs"),
            TimeAxis::Picoseconds => format!("{position:.3} ps"),
            TimeAxis::Steps => format!("step {position:.0}"),
        }
    }
}

/// Downsamples points from left to right: keeps the first, lowest, highest and last point of each
/// of equally wide intervals. Non-finite points are dropped.
pub fn downsample(points: impl IntoIterator<Item = [f64; 2]>, intervals: usize) -> Vec<[f64; 2]> {
    let points = points.into_iter();
    let points: Vec<[f64; 2]> = points
        .filter(|point| point.iter().all(|number| number.is_finite()))
        .collect();
    let intervals = intervals.max(1);
    let (Some([first, _]), Some([last, _])) = (points.first(), points.last()) else {
        return points;
    };
    if points.len() <= 4 * intervals || last <= first {
        return points;
    }
    // Interval of a point; the last point is in interval `intervals`.
    let interval =
        |[position, _]: [f64; 2]| ((position - first) / (last - first) * intervals as f64) as usize;
    let mut kept = Vec::with_capacity(4 * intervals);
    for chunk in points.chunk_by(|one, other| interval(*one) == interval(*other)) {
        let height = |index: &usize| chunk[*index][1];
        let (mut low, mut high) = (0, 0);
        for index in 1..chunk.len() {
            if height(&index) < height(&low) {
                low = index;
            }
            if height(&index) > height(&high) {
                high = index;
            }
        }
        let mut indices = [0, low, high, chunk.len() - 1];
        indices.sort_unstable();
        for (position, index) in indices.iter().enumerate() {
            if position == 0 || indices[position - 1] != *index {
                kept.push(chunk[*index]);
            }
        }
    }
    kept
}
