//! Atoms within a distance of others.

use glam::DVec3;

use crate::chem::neighbors::TooDense;
use crate::chem::{NeighborList, Structure};

/// From so many centers on, a list of neighbors is quicker than every distance.
const MANY: usize = 32;

/// Whether each atom is at most `distance` (Å) from one of the atoms marked, the nearest image of
/// either counting; those are near themselves.
///
/// # Errors
/// If many atoms are marked and too many others are within the distance to list.
pub(super) fn within(
    structure: &Structure,
    distance: f64,
    marked: &[bool],
) -> Result<Vec<bool>, TooDense> {
    let centers: Vec<usize> = (0..marked.len()).filter(|&atom| marked[atom]).collect();
    if centers.len() < MANY || distance.is_infinite() {
        Ok(by_every_distance(structure, distance, &centers))
    } else {
        by_neighbors(structure, distance, marked)
    }
}

fn by_every_distance(structure: &Structure, distance: f64, centers: &[usize]) -> Vec<bool> {
    let positions = structure.positions();
    let apart = |displacement: DVec3| match &structure.cell {
        Some(cell) => cell.minimum_image(displacement).length_squared(),
        None => displacement.length_squared(),
    };
    let near = |position: &DVec3| {
        let mut centers = centers.iter();
        centers.any(|&center| apart(positions[center] - *position) <= distance * distance)
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
