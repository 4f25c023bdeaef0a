//! Configuration: a structure with velocities, energy, forces and stress, as read from a file.

use glam::{DMat3, DVec3};

use super::{Notes, ParseError};
use crate::chem::Structure;

/// Structure with the velocities, energy, forces and stress of a file, and the notes of its reader.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Configuration {
    /// The atoms.
    pub structure: Structure,
    /// Velocities, Å/fs, `[atoms]`.
    pub velocities: Option<Vec<DVec3>>,
    /// Potential energy, eV.
    pub energy: Option<f64>,
    /// Forces, eV/Å, `[atoms]`.
    pub forces: Option<Vec<DVec3>>,
    /// Stress, eV/Å³, positive under tension.
    pub stress: Option<DMat3>,
    /// Notes of the reader.
    pub notes: Notes,
}

impl From<Structure> for Configuration {
    fn from(structure: Structure) -> Self {
        Configuration {
            structure,
            ..Self::default()
        }
    }
}

/// Iterator over the frames of a file, read on demand.
pub type Stream = Box<dyn Iterator<Item = Result<Configuration, ParseError>>>;
