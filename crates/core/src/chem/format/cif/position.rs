//! Symmetry images, special positions, and lookup of atoms by position.

use std::collections::HashMap;

use glam::DVec3;

use super::operation::{Operation, wrap};
use crate::chem::Cell;

/// Images closer than this, Å, are one atom on a special position with rounded coordinates: 1/3 given as
/// 0.33 in a cell of 18 Å is off by 0.06 Å. Different atoms are farther apart. The value is that of gemmi
/// (`SmallStructure::get_all_unit_cell_sites`).
pub(super) const SAME_ATOM: f64 = 0.4;

/// The special position nearest to a point, in fractional coordinates: the mean of its coincident
/// images. A point on a general position is unchanged.
pub(super) fn special_position(point: DVec3, operations: &[Operation], cell: &Cell) -> DVec3 {
    const MAX_ROUNDS: usize = 16;
    const CONVERGED: f64 = 1e-9;
    let mut mean = point;
    // One iteration is enough if all images coincide pairwise; on axes of high order only adjacent ones
    // may.
    for _ in 0..MAX_ROUNDS {
        let (mut sum, mut count) = (DVec3::ZERO, 0.0);
        for operation in operations {
            let displacement = operation.apply(mean) - mean;
            let displacement = displacement - displacement.round();
            if cell.cartesian(displacement).length() < SAME_ATOM {
                sum += displacement;
                count += 1.0;
            }
        }
        if count == 0.0 || cell.cartesian(sum / count).length() < CONVERGED {
            break;
        }
        mean += sum / count;
    }
    mean
}

/// The distinct images of a point, in fractional coordinates in [0, 1).
pub(super) fn images(point: DVec3, operations: &[Operation], cell: &Cell) -> Vec<DVec3> {
    let mut images: Vec<DVec3> = Vec::new();
    for operation in operations {
        let image = wrap(operation.apply(point));
        if !images.iter().any(|known| is_same(*known, image, cell)) {
            images.push(image);
        }
    }
    images
}

/// Whether two points coincide modulo lattice translations. The rounded fractional displacement suffices:
/// in a skewed cell it is either the shortest one or long.
fn is_same(one: DVec3, other: DVec3, cell: &Cell) -> bool {
    let displacement = one - other;
    cell.cartesian(displacement - displacement.round()).length() < SAME_ATOM
}

/// Atoms in a grid of boxes, for lookup by position in constant time.
pub(super) struct AtomGrid<'a, T> {
    cell: &'a Cell,
    /// Number of boxes along each axis, each at least as high as the tolerance.
    boxes: [i64; 3],
    atoms: HashMap<[i64; 3], Vec<(DVec3, T)>>,
}

impl<'a, T: Copy> AtomGrid<'a, T> {
    pub(super) fn new(cell: &'a Cell) -> Self {
        const MAX_BOXES: f64 = 1024.0;
        let boxes = cell
            .heights()
            .map(|height| (height / SAME_ATOM).floor().clamp(1.0, MAX_BOXES) as i64);
        AtomGrid {
            cell,
            boxes,
            atoms: HashMap::new(),
        }
    }

    /// Adds an atom at a point in fractional coordinates.
    pub(super) fn add(&mut self, point: DVec3, atom: T) {
        let key = self.key(point);
        self.atoms.entry(key).or_default().push((point, atom));
    }

    /// The atom at a point in fractional coordinates, if any.
    pub(super) fn find(&self, point: DVec3) -> Option<T> {
        let [a, b, c] = self.key(point);
        let around = |index: i64| index - 1..=index + 1;
        let keys = around(a).flat_map(|a| {
            around(b).flat_map(move |b| around(c).map(move |c| self.wrapped([a, b, c])))
        });
        keys.filter_map(|key| self.atoms.get(&key))
            .flatten()
            .find(|(position, _)| is_same(*position, point, self.cell))
            .map(|(_, atom)| *atom)
    }

    fn key(&self, point: DVec3) -> [i64; 3] {
        let point = wrap(point).to_array();
        self.wrapped([0, 1, 2].map(|axis| (point[axis] * self.boxes[axis] as f64) as i64))
    }

    fn wrapped(&self, key: [i64; 3]) -> [i64; 3] {
        [0, 1, 2].map(|axis| key[axis].rem_euclid(self.boxes[axis]))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::super::hall;
    use super::*;

    #[test]
    fn a_rounded_special_position_is_found_on_axes_of_any_order() {
        let cell = Cell::from_lengths_and_angles([18.0, 18.0, 10.0], [90.0, 90.0, 120.0]).unwrap();
        for (symbol, rounded, exact, count) in [
            ("P 3", [0.33, 0.67, 0.1], [1.0 / 3.0, 2.0 / 3.0, 0.1], 1),
            ("P 6", [0.01, -0.005, 0.2], [0.0, 0.0, 0.2], 1),
            ("P 6", [0.495, 0.005, 0.2], [0.5, 0.0, 0.2], 3),
            ("-P 6 2", [0.2, 0.41, 0.99], [0.205, 0.41, 0.0], 6),
            ("-P 6 2", [0.2, 0.41, 0.1], [0.205, 0.41, 0.1], 12),
            ("P 6", [0.1, 0.02, 0.2], [0.1, 0.02, 0.2], 6),
        ] {
            let operations = hall::operations(symbol).unwrap();
            let point = special_position(DVec3::from_array(rounded), &operations, &cell);
            let displacement = point - DVec3::from_array(exact);
            let distance = cell.cartesian(displacement - displacement.round()).length();
            assert!(distance < 1e-4, "{symbol} {rounded:?}: {point}");
            let found = images(point, &operations, &cell).len();
            assert_eq!(found, count, "{symbol} {rounded:?}");
        }
    }

    #[test]
    fn an_atom_is_found_from_all_sides_and_through_the_faces() {
        let cell = Cell::from_lengths_and_angles([3.0, 5.0, 0.5], [80.0, 95.0, 70.0]).unwrap();
        let mut occupied = AtomGrid::new(&cell);
        let atom = DVec3::new(0.99, 0.01, 0.5);
        occupied.add(atom, 7);
        for axis in [DVec3::X, DVec3::Y, DVec3::Z] {
            for distance in [-0.39, -0.2, 0.0, 0.2, 0.39] {
                let point = atom + cell.fractional(distance * axis);
                assert_eq!(occupied.find(point), Some(7), "{axis} {distance}");
            }
        }
        assert_eq!(occupied.find(atom + DVec3::new(0.2, 0.0, 0.0)), None);
    }
}
