//! Errors of edits.

use crate::chem::structure::StructureError;
use crate::sim::bond_rotation::BondRotationError;

/// Why an edit is refused.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum EditError {
    /// An atom that does not exist.
    #[error("there is no atom {atom}: the structure has {atoms}, counted from 0")]
    NoSuchAtom {
        /// The index.
        atom: usize,
        /// Number of atoms.
        atoms: usize,
    },
    /// A position or velocity that is infinite or not a number.
    #[error("the position or velocity of atom {0} is not finite")]
    NotFinite(usize),
    /// The number of velocities differs from the number of atoms.
    #[error("{velocities} velocities for {atoms} atoms")]
    Lengths {
        /// Number of atoms.
        atoms: usize,
        /// Number of velocities.
        velocities: usize,
    },
    /// Invalid structure.
    #[error(transparent)]
    Structure(#[from] StructureError),
    /// Atoms cannot be rotated about a bond.
    #[error(transparent)]
    BondRotation(#[from] BondRotationError),
    /// An atom listed twice.
    #[error("an atom is listed twice")]
    Twice,
}
