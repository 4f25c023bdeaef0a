//! Fixed atoms of a packing: the nearest one of a place, found by bins.

use glam::{DVec3, IVec3};

use crate::chem::{Cell, Structure};

/// Widths of the bins, Å; and the most bins along a vector of the cell.
const BIN_WIDTH: f64 = 4.0;
const MAX_SIDE: f64 = 64.0;

/// Atoms that stay where they are, sorted into bins of the cell.
pub(super) struct FixedAtoms {
    positions: Vec<DVec3>,
    radii: Vec<f64>,
    cell: Cell,
    /// Number of bins along each vector of the cell, and the atoms in each bin.
    sides: IVec3,
    bins: Vec<Vec<u32>>,
    /// Smallest height of a bin, Å.
    width: f64,
    /// Greatest distance of a place that is filled, Å.
    shell: Option<f64>,
}

impl FixedAtoms {
    pub(super) fn of(fixed: &Structure, cell: &Cell, shell: Option<f64>) -> FixedAtoms {
        let heights = cell.heights();
        let sides = heights.map(|height| (height / BIN_WIDTH).floor().clamp(1.0, MAX_SIDE));
        let widths = [0, 1, 2].map(|axis| heights[axis] / sides[axis]);
        let sides = DVec3::from_array(sides).as_ivec3();
        let radii = fixed
            .elements()
            .iter()
            .map(|element| element.van_der_waals_radius());
        let mut atoms = FixedAtoms {
            positions: fixed.positions().to_vec(),
            radii: radii.collect(),
            cell: cell.clone(),
            sides,
            bins: vec![Vec::new(); (sides.x * sides.y * sides.z) as usize],
            width: widths.into_iter().fold(f64::INFINITY, f64::min),
            shell,
        };
        for atom in 0..atoms.positions.len() {
            let bin = atoms.index(atoms.bin(atoms.positions[atom]));
            atoms.bins[bin].push(atom as u32);
        }
        atoms
    }

    /// Whether a place is outside the van der Waals spheres of the fixed atoms, and within the shell.
    pub(super) fn is_free(&self, place: DVec3) -> bool {
        let widest = self.radii.iter().copied().fold(0.0, f64::max);
        let mut is_free = true;
        let rings = (widest / self.width).ceil() as i32;
        for ring in 0..=rings {
            self.visit(place, ring, |atom, distance| {
                is_free &= distance.length() > self.radii[atom];
            });
        }
        is_free && self.is_in_shell(place)
    }

    /// Whether a place is within the shell, if there is one.
    pub(super) fn is_in_shell(&self, place: DVec3) -> bool {
        self.shell.is_none_or(|shell| {
            self.nearest(place)
                .is_some_and(|near| near.length() <= shell)
        })
    }

    /// Vector from a place to the nearest fixed atom, Å; `None` without fixed atoms.
    pub(super) fn nearest(&self, place: DVec3) -> Option<DVec3> {
        let mut nearest: Option<DVec3> = None;
        for ring in 0..=self.sides.max_element() {
            // Atoms in farther rings are at least so far away.
            let least = f64::from(ring - 1) * self.width;
            if nearest.is_some_and(|near| near.length() < least) {
                break;
            }
            self.visit(place, ring, |_, distance| {
                if nearest.is_none_or(|near| distance.length_squared() < near.length_squared()) {
                    nearest = Some(distance);
                }
            });
        }
        nearest
    }

    /// Calls a function for the atoms in the bins that are so many bins away from that of a place along at
    /// least one vector of the cell, with the vector to each.
    fn visit(&self, place: DVec3, ring: i32, mut found: impl FnMut(usize, DVec3)) {
        let center = self.bin(place);
        for x in -ring..=ring {
            for y in -ring..=ring {
                let is_side = x.abs() == ring || y.abs() == ring;
                let step = if is_side { 1 } else { 2 * ring.max(1) };
                for z in (-ring..=ring).step_by(step as usize) {
                    for &atom in &self.bins[self.index(center + IVec3::new(x, y, z))] {
                        let distance = self.positions[atom as usize] - place;
                        found(atom as usize, self.cell.minimum_image(distance));
                    }
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
