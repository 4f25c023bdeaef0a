//! The bond selected for rotation, and its moving side.

use bevy::prelude::*;

use mlipview_core::chem::Bonds;
use mlipview_core::chem::bonds::SideError;

/// The selected bond and its moving side.
#[derive(Resource, Clone, Debug, Default)]
pub struct SelectedBond {
    /// The fixed atom, then the moving one.
    pub(super) axis: Option<[usize; 2]>,
    /// All moving atoms, sorted.
    pub(super) side: Vec<usize>,
    /// Version of the bonds for which the side was computed.
    pub(super) version: Option<u64>,
    /// Rotation to be sent, degrees.
    pub(super) waiting: f64,
}

/// Why a bond cannot be rotated.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub(super) enum RotationError {
    #[error("no bond selected: click the middle of one, or select the two atoms at its ends")]
    NothingSelected,
    #[error("atoms {one} and {other} (counted from 0) are too far apart for a bond")]
    NotBonded { one: usize, other: usize },
    #[error("this bond cannot be rotated: {0}; select another one")]
    Side(#[from] SideError),
    #[error("no bonds are known: {0}")]
    NoBonds(String),
    #[error("invalid rotation angle {0}: expected a finite number of degrees")]
    InvalidAngle(f64),
}

impl SelectedBond {
    /// The fixed atom, then the moving one; `None` if no bond is selected.
    pub fn axis(&self) -> Option<[usize; 2]> {
        self.axis
    }

    /// The moving atoms, sorted; empty if no bond is selected.
    pub fn side(&self) -> &[usize] {
        &self.side
    }

    /// Selects no bond.
    pub fn clear(&mut self) {
        *self = SelectedBond::default();
    }

    /// Clears the selection unless both atoms are among the first `atoms`; the others have new
    /// indices.
    pub(crate) fn keep_first(&mut self, atoms: usize) {
        if self
            .axis
            .is_some_and(|axis| axis.iter().any(|atom| *atom >= atoms))
        {
            self.clear();
        }
        self.version = None;
    }

    /// Selects the bond between two atoms. The side with a given atom moves, otherwise the smaller
    /// side.
    pub(super) fn select(
        &mut self,
        bonds: &Bonds,
        ends: [usize; 2],
        with: Option<usize>,
    ) -> Result<(), RotationError> {
        let [one, other] = ends;
        let bond = bonds
            .between(one, other)
            .ok_or(RotationError::NotBonded { one, other })?;
        let side = bonds.moving_side(bond, with)?;
        (self.axis, self.side) = (Some(side.axis), side.atoms);
        Ok(())
    }

    pub(super) fn is_between(&self, ends: [usize; 2]) -> bool {
        self.axis
            .is_some_and(|[one, other]| ends == [one, other] || ends == [other, one])
    }
}
