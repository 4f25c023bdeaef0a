//! Pairs one by one, for those who ask once or want the vectors.

use glam::{DVec3, IVec3};

use super::{NeighborList, TooDense};
use crate::chem::Cell;

/// One directed pair: an atom and a neighbor. The same two atoms may be many pairs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The atom at the center.
    pub i: u32,
    /// The neighbor.
    pub j: u32,
    /// How many cells along a, b, c the neighbor's image is from the neighbor itself.
    pub shift: IVec3,
    /// From the atom to its neighbor's image, Å: r_j − r_i + shift · cell.
    pub vector: DVec3,
}

/// All directed pairs within `cutoff` (Å), sorted by i, then j, then shift.
///
/// # Errors
/// If there are too many to list.
///
/// # Panics
/// If the cutoff is negative or not finite.
pub fn pairs(positions: &[DVec3], cell: Option<&Cell>, cutoff: f64) -> Result<Vec<Pair>, TooDense> {
    let mut list = NeighborList::full(cutoff, 0.0);
    list.update(positions, cell)?;
    let mut pairs = Vec::with_capacity(list.search.len());
    list.pairs(positions).for_each(|pair| pairs.push(pair));
    Ok(pairs)
}

impl NeighborList {
    /// The pairs within the cutoff (without the skin), sorted by i, then j, then shift. The
    /// positions (Å) are those of the last update. Among the ways to take them, `for_each` is the
    /// fastest.
    ///
    /// # Panics
    /// If there are fewer positions than at the last update.
    pub fn pairs<'a>(&'a self, positions: &'a [DVec3]) -> impl Iterator<Item = Pair> + 'a {
        let limit = self.cutoff * self.cutoff;
        (0..self.len()).flat_map(move |atom| {
            let center = positions[atom];
            self.neighbors(atom).iter().filter_map(move |neighbor| {
                let image = neighbor.image as usize;
                let vector =
                    positions[neighbor.atom as usize] - center + self.translations()[image];
                (vector.length_squared() <= limit).then(|| Pair {
                    i: atom as u32,
                    j: neighbor.atom,
                    shift: self.shifts()[image],
                    vector,
                })
            })
        })
    }
}
