//! Side of a bond that moves when the bond is rotated or stretched.

use super::{Bonds, RingBond};

/// One side of a bond, to be rotated about it or moved along it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The bond's atoms: first the fixed one, then the moving one. A right-handed rotation about the
    /// direction from the first to the second adds its angle to every dihedral across the bond, for
    /// either side.
    pub axis: [usize; 2],
    /// The atoms that move, sorted; the second of the axis is among them.
    pub atoms: Vec<usize>,
}

/// Why a bond has no movable side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SideError {
    /// A ring bond.
    #[error(transparent)]
    Ring(#[from] RingBond),
    /// A bond index out of range.
    #[error("there is no bond {bond}: the structure has {bonds}, counted from 0")]
    NoSuchBond {
        /// The requested index.
        bond: usize,
        /// Number of bonds.
        bonds: usize,
    },
    /// The atom that should move is on neither side.
    #[error(
        "atom {0} (counted from 0) is not connected to this bond: select an atom of the same molecule"
    )]
    NotConnected(usize),
}

impl Bonds {
    /// Index of the bond that holds between two atoms, in either order; the first of several images.
    pub fn between(&self, one: usize, other: usize) -> Option<usize> {
        let sought = [one.min(other) as u32, one.max(other) as u32];
        self.bonds
            .iter()
            .position(|bond| bond.atoms == sought && bond.holds())
    }

    /// The side of a bond to move: the one with the atom `with` [default: the smaller one; the second
    /// atom's if equal].
    ///
    /// # Errors
    /// If it is a ring bond, or the bond or the atom is not found.
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
            Some(atom) => return Err(SideError::NotConnected(atom)),
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
