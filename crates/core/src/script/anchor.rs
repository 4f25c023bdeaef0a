//! Anchor: the place in the scene at which a callout is.

use glam::DVec3;
use serde::{Deserialize, Serialize};

use super::ScriptError;
use super::error::Place;

/// A place in the scene.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// At an atom, by its index.
    Atom(usize),
    /// At the midpoint between two atoms.
    Bond([usize; 2]),
    /// At a point, Å.
    Point([f64; 3]),
}

impl Anchor {
    /// The point, Å, for these positions of the atoms (Å): `[atoms]`. `None` if an atom does not exist.
    pub fn position(&self, positions: &[DVec3]) -> Option<DVec3> {
        match *self {
            Anchor::Atom(atom) => positions.get(atom).copied(),
            Anchor::Bond([one, other]) => {
                Some(0.5 * (*positions.get(one)? + *positions.get(other)?))
            }
            Anchor::Point(point) => Some(DVec3::from(point)),
        }
    }

    pub(super) fn check(&self, at: &Place, path: &str) -> Result<(), ScriptError> {
        match self {
            Anchor::Atom(atom) => at.atom(format!("{path}.atom"), *atom),
            Anchor::Bond(atoms) => atoms
                .iter()
                .try_for_each(|atom| at.atom(format!("{path}.bond"), *atom)),
            Anchor::Point(point) => at.finite(format!("{path}.point"), point),
        }
    }
}
