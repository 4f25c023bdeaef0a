//! The periodic images of the atoms of a group at which the group is in one piece.

use glam::{DVec3, IVec3};

use super::pair::{Pair, pairs};
use crate::chem::Cell;

/// Bonds are shorter than this, Å.
const LONGEST_BOND: f64 = 3.2;

/// Moves the atoms of a group by cell vectors so that the group is in one piece: along the minimum
/// spanning tree of its atoms by distance between nearest images, whose edges are the bonds of a molecule.
/// The first atom stays. Positions in Å, `[atoms]`.
///
/// In time n log n for n atoms that are joined by pairs within 3.2 Å (J. B. Kruskal, Proc. Am. Math. Soc. 7, 48
/// (1956)), else in quadratic time (R. C. Prim, Bell Syst. Tech. J. 36, 1389 (1957)).
pub(crate) fn make_whole(positions: &mut [DVec3], group: &[usize], cell: &Cell) {
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
    if let Some(bonds) = spanning_tree(positions, group, cell) {
        place_along(&bonds, positions, group, cell);
    } else {
        place_nearest(positions, group, cell);
    }
}

/// The n − 1 shortest pairs within the longest bond that join all atoms of the group, by their places in it; `None`
/// if such pairs do not join all, or are too many.
fn spanning_tree(positions: &[DVec3], group: &[usize], cell: &Cell) -> Option<Vec<Pair>> {
    let members: Vec<DVec3> = group.iter().map(|&atom| positions[atom]).collect();
    let mut found = pairs(&members, Some(cell), LONGEST_BOND).ok()?;
    found.sort_by(|one, other| {
        let [one, other] = [one, other].map(|pair| pair.vector.length_squared());
        one.total_cmp(&other)
    });
    // Trees of atoms: each atom points to another of its tree, the root to itself.
    let mut next: Vec<usize> = (0..group.len()).collect();
    let mut joins = |pair: &Pair| {
        let [one, other] = [pair.i, pair.j].map(|atom| root(&mut next, atom as usize));
        next[one] = other;
        one != other
    };
    found.retain(|pair| joins(pair));
    (found.len() + 1 == group.len()).then_some(found)
}

/// The root of the tree of an atom; shortens the way to it.
fn root(next: &mut [usize], mut atom: usize) -> usize {
    while next[atom] != atom {
        next[atom] = next[next[atom]];
        atom = next[atom];
    }
    atom
}

/// Places the atoms of a group along the pairs of a tree, from its first atom on.
fn place_along(tree: &[Pair], positions: &mut [DVec3], group: &[usize], cell: &Cell) {
    let mut joined: Vec<Vec<(usize, IVec3)>> = vec![Vec::new(); group.len()];
    for pair in tree {
        let [i, j] = [pair.i, pair.j].map(|atom| atom as usize);
        joined[i].push((j, pair.shift));
        joined[j].push((i, -pair.shift));
    }
    let mut shifts: Vec<Option<IVec3>> = vec![None; group.len()];
    shifts[0] = Some(IVec3::ZERO);
    let mut waiting = vec![(0, IVec3::ZERO)];
    while let Some((atom, shift)) = waiting.pop() {
        // Atoms at the right image keep their position to the last bit.
        if shift != IVec3::ZERO {
            positions[group[atom]] += cell.translation(shift);
        }
        for &(other, step) in &joined[atom] {
            if shifts[other].is_none() {
                shifts[other] = Some(shift + step);
                waiting.push((other, shift + step));
            }
        }
    }
}

/// Places each atom of a group at the image nearest to a placed one, the nearest atom first.
fn place_nearest(positions: &mut [DVec3], group: &[usize], cell: &Cell) {
    let Some(&first) = group.first() else { return };
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
        let cell = Cell::orthorhombic(DVec3::splat(9.5)).unwrap();
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

    #[test]
    fn both_ways_agree_on_a_folded_chain_in_a_skewed_cell() {
        let vectors = [
            DVec3::new(14.0, 0.0, 0.0),
            DVec3::new(3.0, 13.0, 0.0),
            DVec3::new(-4.0, 3.0, 10.0),
        ];
        let cell = Cell::new(vectors, [true; 3]).unwrap();
        // A helix with bonds of 1.5 Å, longer than the cell; its images are 2.2 Å away.
        let atom = |i: i32| {
            let angle = 0.9 * f64::from(i);
            DVec3::new(1.4 * angle.cos(), 1.4 * angle.sin(), 0.8 * f64::from(i))
        };
        let wrapped: Vec<DVec3> = (0..30).map(|i| cell.wrap(atom((7 * i) % 30))).collect();
        let group: Vec<usize> = (0..30).collect();
        let (mut one, mut other) = (wrapped.clone(), wrapped.clone());
        make_whole(&mut one, &group, &cell);
        place_nearest(&mut other, &group, &cell);
        for i in 0..30 {
            assert!((one[i] - other[i]).length() < 1e-9);
            let found = one[i] - one[0];
            let expected = atom((7 * i32::try_from(i).unwrap()) % 30) - atom(0);
            assert!((found - expected).length() < 1e-9, "{found} {expected}");
        }
    }
}
