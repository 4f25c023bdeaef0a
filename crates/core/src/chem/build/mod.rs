//! What hands add to matter: hydrogens, an atom, a copy, a molecule.
//!
//! Each function looks at a structure and returns what to append and where, changing nothing: the
//! answer is the data of an edit. Bonds are those seen ([`Bonds`]), valences those of the table of
//! elements, so that only what is held together by pairs of electrons is completed. Whoever makes an
//! atom another element moves nothing else: its hydrogens stay where they were, at the old distance.
//!
//! How many hydrogens: `valence`, by the bond orders of [`Orders`](super::bonds::Orders). Where: `shape` and `crowd`. Copies: `contact`.

mod attach;
mod contact;
mod copies;
mod crowd;
mod hydrogens;
mod shape;
mod valence;

pub use attach::{Attached, attach};
pub use copies::{PlaceError, at_point, beside, duplicate};
pub use hydrogens::{hydrogens, missing_hydrogens};

use super::{Bonds, Structure};
use glam::DVec3;

/// From an atom along one of its bonds to the other end: its index and the way there, Å. An atom
/// bonded to its own image has such a bond twice, once for each direction.
fn arms<'a>(
    structure: &'a Structure,
    bonds: &'a Bonds,
    atom: usize,
) -> impl Iterator<Item = (usize, usize, DVec3)> + 'a {
    let mut own_image_seen = None;
    bonds.of_atom(atom).map(move |index| {
        let bond = &bonds.list()[index];
        let [one, other] = bond.atoms.map(|end| end as usize);
        let vector = bond.vector(structure);
        let backward = one != atom || own_image_seen == Some(index);
        own_image_seen = (one == other).then_some(index);
        if backward {
            (index, one, -vector)
        } else {
            (index, other, vector)
        }
    })
}
