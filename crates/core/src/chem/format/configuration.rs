//! One record of a file.

use glam::{DMat3, DVec3};

use super::{Notes, ParseError};
use crate::chem::Structure;

/// A structure and what its file says of its motion and its cost.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Configuration {
    /// The atoms.
    pub structure: Structure,
    /// Velocity of each atom, Å/fs.
    pub velocities: Option<Vec<DVec3>>,
    /// Potential energy, eV.
    pub energy: Option<f64>,
    /// Force on each atom, eV/Å.
    pub forces: Option<Vec<DVec3>>,
    /// Stress, eV/Å³, positive in tension.
    pub stress: Option<DMat3>,
    /// Remarks of the reader.
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
