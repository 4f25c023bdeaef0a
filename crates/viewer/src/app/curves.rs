//! The history of a run as curves: what they show, in which unit, against what, and with no more
//! points than can be seen.

use super::history::Sample;
use super::run::Kind;

/// What a plot shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// Potential, kinetic and total energy; in relaxations the potential energy alone.
    Energy,
    /// Temperature, in dynamics.
    Temperature,
    /// The greatest force on an atom.
    MaxForce,
    /// Pressure, where the potential has a stress and matter fills space.
    Pressure,
}

impl Quantity {
    /// Those that can be shown.
    pub const ALL: [Quantity; 4] = [
        Quantity::Energy,
        Quantity::Temperature,
        Quantity::MaxForce,
        Quantity::Pressure,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Quantity::Energy => "Energy",
            Quantity::Temperature => "Temperature",
            Quantity::MaxForce => "Max force",
            Quantity::Pressure => "Pressure",
        }
    }

    /// Its unit.
    pub fn unit(self) -> &'static str {
        match self {
            Quantity::Energy => "eV",
            Quantity::Temperature => "K",
            Quantity::MaxForce => "eV/Å",
            Quantity::Pressure => "GPa",
        }
    }

    /// What is written beside its axis.
    pub fn axis(self) -> String {
        let name = match self {
            Quantity::Energy => "Energy − start",
            other => other.name(),
        };
        format!("{name} ({})", self.unit())
    }

    /// Its curves in a run of this kind.
    pub fn curves(self, kind: Kind) -> &'static [Curve] {
        match (self, kind) {
            (Quantity::Energy, Kind::Dynamics) => &[Curve::Potential, Curve::Kinetic, Curve::Total],
            (Quantity::Energy, Kind::Relaxation) => &[Curve::Potential],
            (Quantity::Temperature, Kind::Dynamics) => &[Curve::Temperature],
            // Nothing moves by itself: there is none.
            (Quantity::Temperature, Kind::Relaxation) => &[],
            (Quantity::MaxForce, _) => &[Curve::MaxForce],
            (Quantity::Pressure, _) => &[Curve::Pressure],
        }
    }
}

/// One line of a plot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Curve {
    /// Potential energy, eV.
    Potential,
    /// Kinetic energy, eV.
    Kinetic,
    /// Both together, eV.
    Total,
    /// Temperature, K.
    Temperature,
    /// Greatest force on an atom, eV/Å.
    MaxForce,
    /// Pressure, GPa.
    Pressure,
}

impl Curve {
    /// What tells it from others in the same plot.
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

    /// What a sample says, in the unit of its quantity. Potential and total energy are counted from
    /// the potential energy (eV) of the first sample, else the kinetic one would be lost beside them.
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

/// What passes along the horizontal axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passing {
    /// Simulated time in fs.
    Femtoseconds,
    /// Simulated time in ps.
    Picoseconds,
    /// Steps.
    Steps,
}

impl Passing {
    /// What suits a run of this kind that is so long, ps.
    pub fn of(kind: Kind, duration: f64) -> Passing {
        match kind {
            Kind::Relaxation => Passing::Steps,
            Kind::Dynamics if duration < 1.0 => Passing::Femtoseconds,
            Kind::Dynamics => Passing::Picoseconds,
        }
    }

    /// What is written below the axis.
    pub fn axis(self) -> &'static str {
        match self {
            Passing::Femtoseconds => "Time (fs)",
            Passing::Picoseconds => "Time (ps)",
            Passing::Steps => "Step",
        }
    }

    /// Where a sample is along the axis.
    pub fn place(self, sample: &Sample) -> f64 {
        match self {
            Passing::Femtoseconds => sample.time * 1e3,
            Passing::Picoseconds => sample.time,
            Passing::Steps => sample.step as f64,
        }
    }

    /// A place along the axis in words.
    pub fn in_words(self, place: f64) -> String {
        match self {
            Passing::Femtoseconds => format!("{place:.1} fs"),
            Passing::Picoseconds => format!("{place:.3} ps"),
            Passing::Steps => format!("step {place:.0}"),
        }
    }
}

/// Fewer points that look the same: of each of so many equal pieces of the way from the first to the
/// last point the first, the lowest, the highest and the last. Points that are no numbers are left
/// out. The points come from left to right.
pub fn thinned(points: impl IntoIterator<Item = [f64; 2]>, pieces: usize) -> Vec<[f64; 2]> {
    let points = points.into_iter();
    let points: Vec<[f64; 2]> = points
        .filter(|point| point.iter().all(|number| number.is_finite()))
        .collect();
    let pieces = pieces.max(1);
    let (Some([first, _]), Some([last, _])) = (points.first(), points.last()) else {
        return points;
    };
    if points.len() <= 4 * pieces || last <= first {
        return points;
    }
    // Which piece a point is in: at most `pieces`, for the last one.
    let piece = |[place, _]: [f64; 2]| ((place - first) / (last - first) * pieces as f64) as usize;
    let mut kept = Vec::with_capacity(4 * pieces);
    for chunk in points.chunk_by(|one, other| piece(*one) == piece(*other)) {
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
