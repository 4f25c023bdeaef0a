//! Atoms in bins of a periodic cell: the nearest one of a place.

use glam::{DVec3, IVec3};

use crate::chem::Cell;

/// Widths of the bins, Å; and the most bins along a vector of the cell.
const BIN_WIDTH: f64 = 4.0;
const MAX_SIDE: f64 = 64.0;

/// Positions of atoms, sorted into bins.
pub(super) struct AtomBins {
    positions: Vec<DVec3>,
    cell: Cell,
    /// Number of bins along each vector of the cell, and the atoms in each bin.
    sides: IVec3,
    bins: Vec<Vec<u32>>,
    /// Smallest height of a bin, Å.
    width: f64,
}

impl AtomBins {
    /// Sorts positions (Å) into the bins of a cell whose vectors are the shortest of its lattice.
    pub(super) fn of(positions: &[DVec3], cell: &Cell) -> AtomBins {
        let heights = cell.heights();
        let sides = heights.map(|height| (height / BIN_WIDTH).floor().clamp(1.0, MAX_SIDE));
        let widths = [0, 1, 2].map(|axis| heights[axis] / sides[axis]);
        let sides = DVec3::from_array(sides).as_ivec3();
        let mut atoms = AtomBins {
            positions: positions.to_vec(),
            cell: cell.clone(),
            sides,
            bins: vec![Vec::new(); (sides.x * sides.y * sides.z) as usize],
            width: widths.into_iter().fold(f64::INFINITY, f64::min),
        };
        for (atom, position) in positions.iter().enumerate() {
            let bin = atoms.index(atoms.bin(*position));
            atoms.bins[bin].push(atom as u32);
        }
        atoms
    }

    /// Vector from a place to the nearest atom that counts, Å; `None` if there is none within the limit, Å.
    pub(super) fn nearest(
        &self,
        place: DVec3,
        limit: f64,
        counts: impl Fn(usize) -> bool,
    ) -> Option<DVec3> {
        let (mut nearest, mut bound) = (None, limit * limit);
        let center = self.bin(place);
        for ring in 0..=self.sides.max_element() {
            // Atoms in this ring and farther ones are at least so far away.
            let least = f64::from((ring - 1).max(0)) * self.width;
            if least * least > bound {
                break;
            }
            self.visit(center, ring, |atom| {
                if counts(atom) {
                    let distance = self.cell.minimum_image(self.positions[atom] - place);
                    if distance.length_squared() <= bound {
                        (nearest, bound) = (Some(distance), distance.length_squared());
                    }
                }
            });
        }
        nearest
    }

    /// Calls a function for the atoms in the bins that are so many bins away from one along at least one
    /// vector of the cell.
    fn visit(&self, center: IVec3, ring: i32, mut found: impl FnMut(usize)) {
        for x in -ring..=ring {
            for y in -ring..=ring {
                let is_side = x.abs() == ring || y.abs() == ring;
                let step = if is_side { 1 } else { 2 * ring.max(1) };
                for z in (-ring..=ring).step_by(step as usize) {
                    let bin = &self.bins[self.index(center + IVec3::new(x, y, z))];
                    bin.iter().for_each(|&atom| found(atom as usize));
                }
            }
        }
    }

    fn bin(&self, place: DVec3) -> IVec3 {
        let fractional = self.cell.fractional(place);
        (fractional * self.sides.as_dvec3()).floor().as_ivec3()
    }

    /// Index of a bin or of its periodic image.
    fn index(&self, bin: IVec3) -> usize {
        let bin = bin.rem_euclid(self.sides);
        ((bin.x * self.sides.y + bin.y) * self.sides.z + bin.z) as usize
    }
}
