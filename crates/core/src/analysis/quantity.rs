//! Quantities that an analysis takes from many frames.

use super::{AnalysisError, Geometry};
use crate::chem::Element;

/// A quantity of the frames of a trajectory, with the settings of its analysis.
#[derive(Clone, Debug, PartialEq)]
pub enum Quantity {
    /// A distance, an angle or a torsion angle against time.
    Geometry(Geometry),
    /// An energy or the temperature against time.
    Scalar(Scalar),
    /// The histogram of an energy or the temperature.
    Histogram {
        /// The values.
        scalar: Scalar,
        /// Number of bins.
        bins: usize,
    },
    /// The radial distribution function.
    RadialDistribution {
        /// Elements of the atoms of a pair; `None`: all atoms.
        pair: Option<[Element; 2]>,
        /// Upper end of the distances, Å, in bins of [`Quantity::BIN_WIDTH`].
        max_distance: f64,
    },
    /// The mean squared displacement of atoms.
    MeanSquaredDisplacement {
        /// Their indices from 0; empty: all atoms.
        atoms: Vec<usize>,
    },
}

/// A number that belongs to a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// Potential energy, eV.
    PotentialEnergy,
    /// Kinetic energy, eV.
    KineticEnergy,
    /// Sum of potential and kinetic energy, eV.
    TotalEnergy,
    /// Temperature, K.
    Temperature,
}

impl Scalar {
    /// All of them.
    pub const ALL: [Scalar; 4] = [
        Scalar::PotentialEnergy,
        Scalar::KineticEnergy,
        Scalar::TotalEnergy,
        Scalar::Temperature,
    ];

    /// Name with its unit.
    pub fn name(self) -> &'static str {
        match self {
            Scalar::PotentialEnergy => "potential energy (eV)",
            Scalar::KineticEnergy => "kinetic energy (eV)",
            Scalar::TotalEnergy => "total energy (eV)",
            Scalar::Temperature => "temperature (K)",
        }
    }

    /// Name of the probability density of its values, with the unit.
    pub fn density_name(self) -> &'static str {
        match self {
            Scalar::Temperature => "probability density (1/K)",
            _ => "probability density (1/eV)",
        }
    }
}

impl Quantity {
    /// Width of a bin of the radial distribution function, Å.
    pub const BIN_WIDTH: f64 = 0.05;

    /// The distance, angle or torsion angle of two, three or four atoms in this order.
    ///
    /// # Errors
    /// If there are more or fewer.
    pub fn of_atoms(atoms: &[usize]) -> Result<Quantity, AnalysisError> {
        Ok(Quantity::Geometry(match *atoms {
            [one, other] => Geometry::Distance([one, other]),
            [one, vertex, other] => Geometry::Angle([one, vertex, other]),
            [one, two, three, four] => Geometry::Torsion([one, two, three, four]),
            _ => {
                let expected = "2 for a distance, 3 for an angle, 4 for a torsion angle";
                let what = "number of atoms";
                return Err(AnalysisError::setting(what, atoms.len(), expected));
            }
        }))
    }

    /// Whether a frame has the atoms of the analysis, which begins with atoms of these elements.
    pub(super) fn has_same_atoms(&self, expected: &[Element], found: &[Element]) -> bool {
        let is_same = |atom: &usize| {
            let found = found.get(*atom);
            found.is_some() && found == expected.get(*atom)
        };
        match self {
            Quantity::Geometry(geometry) => geometry.atoms().iter().all(is_same),
            _ => expected == found,
        }
    }
}
