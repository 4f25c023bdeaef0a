//! Measurements and named sets of atoms.

use serde::{Deserialize, Serialize};

/// A measurement: the distance of two atoms, the angle at the second of three, or the dihedral of four.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Measurement(
    /// Indices of two to four different atoms.
    pub Vec<usize>,
);

/// A named set of atoms.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SelectionSet {
    /// Its name.
    pub name: String,
    /// Indices of its atoms.
    pub atoms: Vec<usize>,
}
