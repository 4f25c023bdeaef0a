//! Bond: two atoms, their distance limits and the bond order.

use glam::{DVec3, IVec3};

use super::lengths::Limits;
use crate::chem::structure::BondOrder;
use crate::chem::{Cell, Structure};

/// Perceived bond between two atoms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bond {
    /// Indices of the atoms, lower first; equal for an atom bonded to its own image.
    pub atoms: [u32; 2],
    /// Shift of the second atom's image, in cells along a, b, c.
    pub shift: IVec3,
    /// Lengths between which the strength falls from 1 to 0.
    pub limits: Limits,
    /// Strength, 1 to 0 with increasing length: [`Limits::strength`].
    pub strength: f64,
    /// Bond order, if stated or [perceived](super::Bonds::perceive_orders).
    pub order: Option<BondOrder>,
}

impl Bond {
    /// Whether the strength is at least 0.5: only such bonds define molecules, rings and sides.
    pub fn holds(&self) -> bool {
        self.strength >= 0.5
    }

    /// Vector from the first atom to the second, Å: r_j − r_i + H · shift.
    ///
    /// # Panics
    /// If an atom is out of range.
    pub fn vector(&self, structure: &Structure) -> DVec3 {
        self.between(structure.positions(), structure.cell.as_ref())
    }

    /// Bond length, Å.
    ///
    /// # Panics
    /// As [`Bond::vector`].
    pub fn length(&self, structure: &Structure) -> f64 {
        self.vector(structure).length()
    }

    pub(super) fn between(&self, positions: &[DVec3], cell: Option<&Cell>) -> DVec3 {
        let [one, other] = self.atoms.map(|atom| positions[atom as usize]);
        let translation = cell.map_or(DVec3::ZERO, |cell| cell.translation(self.shift));
        other - one + translation
    }
}
