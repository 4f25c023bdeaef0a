//! Atoms within a distance of selected atoms.

use glam::DVec3;

use crate::chem::neighbors::TooDense;
use crate::chem::{NeighborList, Structure};

/// Number of centers from which a neighbor list is faster than all distances.
const MIN_LISTED: usize = 32;

/// Whether each atom is at most `distance` (Å) from a marked atom, by minimum image; marked atoms are.
///
/// # Errors
/// If many atoms are marked and there are too many neighbors to list.
pub(super) fn within(
    structure: &Structure,
    distance: f64,
    marked: &[bool],
) -> Result<Vec<bool>, TooDense> {
    let centers: Vec<usize> = (0..marked.len()).filter(|&atom| marked[atom]).collect();
    if centers.len() < MIN_LISTED || distance.is_infinite() {
        Ok(by_all_distances(structure, distance, &centers))
    } else {
        by_neighbors(structure, distance, marked)
    }
}

fn by_all_distances(structure: &Structure, distance: f64, centers: &[usize]) -> Vec<bool> {
    let positions = structure.positions();
    let squared = |displacement: DVec3| match &structure.cell {
        Some(cell) => cell.minimum_image(displacement).length_squared(),
        None => displacement.length_squared(),
    };
    let near = |position: &DVec3| {
        let mut centers = centers.iter();
        centers.any(|&center| squared(positions[center] - *position) <= distance * distance)
    };
    positions.iter().map(near).collect()
}

fn by_neighbors(
    structure: &Structure,
    distance: f64,
    marked: &[bool],
) -> Result<Vec<bool>, TooDense> {
    let mut list = NeighborList::half(distance, 0.0);
    list.update(structure.positions(), structure.cell.as_ref())?;
    let mut near = marked.to_vec();
    list.pairs(structure.positions()).for_each(|pair| {
        let (one, other) = (pair.i as usize, pair.j as usize);
        near[one] |= marked[other];
        near[other] |= marked[one];
    });
    Ok(near)
}
