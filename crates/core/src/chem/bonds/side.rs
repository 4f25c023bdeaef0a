//! The side of a bond that moves when the bond is turned.

use super::{Bonds, ClosedBond};

/// One side of a bond, to be turned about it or shifted along it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The bond's atoms: first the one that stays, then the one that moves. A right-handed turn about
    /// the direction from the first to the second adds its angle to every torsion angle across the
    /// bond, whichever side it is.
    pub axis: [usize; 2],
    /// The atoms that move, sorted; the second of the axis is among them.
    pub atoms: Vec<usize>,
}

/// Why a bond has no side to move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SideError {
    /// Both sides are one.
    #[error(transparent)]
    Closed(#[from] ClosedBond),
    /// The bond is not there, or no more.
    #[error("there is no bond {bond}: {bonds} are seen, counted from 0")]
    NoSuchBond {
        /// The index asked for.
        bond: usize,
        /// Number of bonds.
        bonds: usize,
    },
    /// The atom that was to move is on neither side.
    #[error(
        "atom {0} (counted from 0) does not hang on this bond: choose an atom of the same molecule"
    )]
    Elsewhere(usize),
}

impl Bonds {
    /// The bond that holds between two atoms, in either order; of several, to different images, the
    /// first.
    pub fn between(&self, one: usize, other: usize) -> Option<usize> {
        let sought = [one.min(other) as u32, one.max(other) as u32];
        self.bonds
            .iter()
            .position(|bond| bond.atoms == sought && bond.holds())
    }

    /// The side of a bond that moves: that of a chosen atom, or else the smaller one; of equals the
    /// second atom's.
    ///
    /// # Errors
    /// If the sides hang together elsewhere too, in a ring or across the cell, or the bond or the
    /// atom is none of it.
    pub fn moving_side(&self, bond: usize, with: Option<usize>) -> Result<Side, SideError> {
        let bonds = self.bonds.len();
        let ends = self.bonds.get(bond);
        let ends = ends.ok_or(SideError::NoSuchBond { bond, bonds })?.atoms;
        let [one, other] = ends.map(|atom| atom as usize);
        let [first, second] = self.sides(bond)?;
        let has = |side: &[usize], atom| side.binary_search(&atom).is_ok();
        let first_moves = match with {
            None => first.len() < second.len(),
            Some(atom) if has(&first, atom) => true,
            Some(atom) if has(&second, atom) => false,
            Some(atom) => return Err(SideError::Elsewhere(atom)),
        };
        Ok(if first_moves {
            Side {
                axis: [other, one],
                atoms: first,
            }
        } else {
            Side {
                axis: [one, other],
                atoms: second,
            }
        })
    }
}
