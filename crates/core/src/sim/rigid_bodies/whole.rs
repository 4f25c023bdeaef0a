//! The periodic images of the atoms of a group at which the group is in one piece.

use glam::DVec3;

use crate::chem::Cell;

/// Moves the atoms of a group by cell vectors so that the group is in one piece: along the minimum
/// spanning tree of its atoms by distance between nearest images (R. C. Prim, Bell Syst. Tech. J. 36, 1389
/// (1957)), whose edges are the bonds of a molecule. The first atom stays. In quadratic time, except for
/// groups that are much smaller than the cell and whole already. Positions in Å, `[atoms]`.
pub(super) fn make_whole(positions: &mut [DVec3], group: &[usize], cell: &Cell) {
    let Some(&first) = group.first() else { return };
    let distance = |&atom: &usize| positions[atom].distance(positions[first]);
    let radius = group.iter().map(distance).fold(0.0, f64::max);
    // No translation is shorter than the smallest height. No two atoms are farther apart than half of it:
    // all are at the nearest images of one another.
    let periodic = cell.heights().into_iter().zip(cell.periodic());
    let heights = periodic.filter_map(|(height, periodic)| periodic.then_some(height));
    if 4.0 * radius < heights.fold(f64::INFINITY, f64::min) {
        return;
    }
    // The atoms not yet placed, each with its nearest placed one and the distance to it.
    let mut rest: Vec<(usize, usize, f64)> = group[1..]
        .iter()
        .map(|&atom| (atom, first, f64::INFINITY))
        .collect();
    let mut placed = first;
    while !rest.is_empty() {
        for (atom, nearest, distance) in &mut rest {
            let candidate = cell
                .minimum_image(positions[*atom] - positions[placed])
                .length();
            if candidate < *distance {
                (*nearest, *distance) = (placed, candidate);
            }
        }
        let next = (0..rest.len()).min_by(|one, other| rest[*one].2.total_cmp(&rest[*other].2));
        let (atom, nearest, _) = rest.swap_remove(next.unwrap_or(0));
        let displacement = positions[atom] - positions[nearest];
        let image = cell.minimum_image(displacement);
        // Atoms at the right image keep their position to the last bit.
        if image.distance_squared(displacement) > 1e-12 * image.length_squared() {
            positions[atom] = positions[nearest] + image;
        }
        placed = atom;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn a_chain_longer_than_half_of_the_cell_becomes_whole() {
        let cell = Cell::orthorhombic(DVec3::splat(8.0)).unwrap();
        let straight: Vec<DVec3> = (0..6)
            .map(|i| DVec3::new(1.4 * f64::from(i), 1.0, 1.0))
            .collect();
        // Each wrapped into the cell, in another order.
        let order = [3, 0, 5, 1, 4, 2];
        let wrapped = order.map(|i| cell.wrap(straight[i] + DVec3::new(5.0, 0.0, 7.5)));
        let mut positions = wrapped.to_vec();
        make_whole(&mut positions, &[0, 1, 2, 3, 4, 5], &cell);
        for (one, &i) in order.iter().enumerate() {
            for (other, &j) in order.iter().enumerate() {
                let found = positions[one] - positions[other];
                assert!((found - (straight[i] - straight[j])).length() < 1e-12);
            }
            let cells = cell.fractional(positions[one] - wrapped[one]);
            assert!((cells - cells.round()).length() < 1e-12);
        }
        assert_eq!(positions[0], wrapped[0]);
        let whole = positions.clone();
        make_whole(&mut positions, &[0, 1, 2, 3, 4, 5], &cell);
        assert_eq!(positions, whole, "a whole group stays");
    }
}
