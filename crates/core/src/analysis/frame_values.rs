//! Values of one frame that analyses read.

use glam::DVec3;

use super::Scalar;
use crate::chem::{Cell, Element};

/// One frame of a trajectory, as an analysis reads it.
#[derive(Clone, Copy, Debug)]
pub struct FrameValues<'a> {
    /// Simulated time, fs; `None` if unknown.
    pub time: Option<f64>,
    /// Element of each atom: `[atoms]`.
    pub elements: &'a [Element],
    /// Position of each atom, Å: `[atoms]`.
    pub positions: &'a [DVec3],
    /// The cell.
    pub cell: Option<&'a Cell>,
    /// Potential energy, eV, if known.
    pub potential_energy: Option<f64>,
    /// Kinetic energy, eV, if known.
    pub kinetic_energy: Option<f64>,
    /// Temperature, K, if known.
    pub temperature: Option<f64>,
}

impl FrameValues<'_> {
    /// An energy, eV, or the temperature, K, if it is known.
    pub fn scalar(&self, scalar: Scalar) -> Option<f64> {
        match scalar {
            Scalar::PotentialEnergy => self.potential_energy,
            Scalar::KineticEnergy => self.kinetic_energy,
            Scalar::TotalEnergy => Some(self.potential_energy? + self.kinetic_energy?),
            Scalar::Temperature => self.temperature,
        }
    }
}
