//! Pairs of atoms with their displacement vectors.

use glam::{DVec3, IVec3};

use super::{NeighborList, TooDense};
use crate::chem::Cell;

/// A directed pair of an atom and an image of a neighbor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// Index of the atom.
    pub i: u32,
    /// Index of the neighbor.
    pub j: u32,
    /// Shift of the neighbor's image, in cells along a, b, c.
    pub shift: IVec3,
    /// Displacement from the atom to the image, Å: r_j − r_i + H · shift, H the cell matrix.
    pub vector: DVec3,
}

/// All directed pairs within `cutoff` (Å), sorted by i, j, shift.
///
/// ```
/// use glam::DVec3;
/// use mlipview_core::chem::neighbors::pairs;
///
/// let dimer = [DVec3::ZERO, DVec3::new(0.0, 0.0, 1.1)];
/// let pairs = pairs(&dimer, None, 3.0)?;
/// assert_eq!((pairs[0].i, pairs[0].j, pairs[0].vector), (0, 1, dimer[1]));
/// # Ok::<(), mlipview_core::chem::neighbors::TooDense>(())
/// ```
///
/// # Errors
/// If there are too many pairs to list.
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
    /// Iterates over the pairs within the cutoff (without the skin), sorted by i, j, shift. The
    /// positions (Å) are those of the last update. `for_each` is faster than a `for` loop.
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
