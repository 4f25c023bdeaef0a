//! Building structures: adding hydrogens, atoms, copies and molecules.
//!
//! Each function returns the structure to append and changes nothing. Bonds are the perceived ones
//! ([`Bonds`]), valences those of the table of elements, so only covalently bonded atoms are saturated.
//!
//! `valence` counts missing bonds by the orders of [`Orders`](super::bonds::Orders), `geometry` and
//! `steric` choose their directions, `spheres` finds free space for copies.

mod attach;
mod geometry;
mod hydrogens;
mod placement;
mod spheres;
mod steric;
mod valence;

pub use attach::{Attached, attach};
pub use hydrogens::{hydrogens, missing_hydrogen_counts};
pub use placement::{PlacementError, duplicate, place_at, place_beside};

use super::{Bonds, Structure};
use glam::DVec3;

/// Bonds of an atom: index of the bond, atom at the other end and vector to it, Å. A bond of an atom to
/// its own image occurs twice, once for each direction.
fn bonded_neighbors<'a>(
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
