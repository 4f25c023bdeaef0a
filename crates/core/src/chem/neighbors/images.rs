//! Atoms and their periodic images within reach of an atom (ghost atoms).

use std::collections::HashMap;

use glam::{DVec3, IVec3};

use super::limits::{TooDense, max_candidates, max_images};
use crate::chem::Cell;

/// An atom or one of its images.
#[derive(Clone, Copy, Debug)]
pub(super) struct Image {
    /// Position, Å.
    pub(super) position: DVec3,
    /// Index of the atom.
    pub(super) atom: u32,
    /// Index into [`Images::offsets`]: position = r_atom + H · offset, H the cell matrix.
    pub(super) offset: u32,
}

/// The atoms, wrapped into the cell, followed by their other images within reach of the bounding box.
#[derive(Clone, Debug, Default)]
pub(super) struct Images {
    /// Cutoff plus skin, Å.
    pub(super) reach: f64,
    pub(super) images: Vec<Image>,
    /// Number of atoms; they come first in `images`.
    pub(super) atoms: usize,
    /// Distinct offsets in cells along a, b, c, sorted.
    pub(super) offsets: Vec<IVec3>,
    /// Fractional coordinates of the wrapped atoms, `[atoms]`.
    fractional: Vec<DVec3>,
    indices: HashMap<IVec3, u32>,
    sorted: Vec<u32>,
}

/// Atoms this many cells away from the origin are ignored: beyond, f64 cannot resolve distances of
/// neighbors, nor i32 hold the offset.
const MAX_CELLS: f64 = 1e9;

impl Images {
    /// Gathers all images for neighbors within `reach` (Å).
    ///
    /// # Errors
    /// If there are too many images or candidates.
    pub(super) fn gather(
        &mut self,
        positions: &[DVec3],
        cell: Option<&Cell>,
        reach: f64,
    ) -> Result<(), TooDense> {
        self.images.clear();
        self.fractional.clear();
        self.offsets.clear();
        self.indices.clear();
        self.reach = reach;
        match cell.filter(|cell| cell.is_periodic()) {
            Some(cell) => self.gather_periodic(positions, cell)?,
            None => self.gather_isolated(positions),
        }
        self.sort_offsets();
        Ok(())
    }

    fn gather_isolated(&mut self, positions: &[DVec3]) {
        for (atom, &position) in positions.iter().enumerate() {
            if position.is_finite() {
                self.add(position, atom as u32, IVec3::ZERO);
            }
        }
        self.atoms = self.images.len();
    }

    fn gather_periodic(&mut self, positions: &[DVec3], cell: &Cell) -> Result<(), TooDense> {
        for (atom, &position) in positions.iter().enumerate() {
            let fractional = cell.fractional(position);
            if fractional.abs().max_element() < MAX_CELLS {
                let home = cell.home_shift(position);
                self.add(position - cell.translation(home), atom as u32, -home);
                self.fractional.push(fractional - home.as_dvec3());
            }
        }
        self.atoms = self.images.len();
        // Widen the reach by the rounding error of positions far from the origin.
        let largest = positions
            .iter()
            .filter(|position| position.is_finite())
            .fold(0.0, |max: f64, position| {
                max.max(position.abs().max_element())
            });
        self.reach += 8.0 * f64::EPSILON * largest.min(1e6 * self.reach);

        // An image at fractional f + n is a candidate if low ≤ f + n ≤ high, where low and high bound
        // the atoms' fractional coordinates, widened by reach / height.
        let margin = DVec3::from_array(cell.heights().map(|height| self.reach / height + 1e-9));
        let (low, high) = bounds(self.fractional.iter().copied());
        let (low, high) = (low - margin, high + margin);
        let too_dense = TooDense::new(positions.len(), Some(cell), self.reach);
        let candidates = (0..3)
            .filter(|&axis| cell.periodic()[axis])
            .fold(self.atoms as f64, |candidates, axis| {
                candidates * (high[axis] - low[axis]).max(0.0)
            });
        if candidates > max_candidates(positions.len()) {
            return Err(too_dense);
        }
        let max = max_images(positions.len());
        let (near, far) = bounds(self.images.iter().map(|image| image.position));
        let (near, far) = (near - self.reach, far + self.reach);
        for index in 0..self.atoms {
            if self.images.len() > max {
                return Err(too_dense);
            }
            let Image {
                position,
                atom,
                offset,
            } = self.images[index];
            let home = self.offsets[offset as usize];
            let fractional = self.fractional[index];
            let [x, y, z] = [0, 1, 2].map(|axis| match cell.periodic()[axis] {
                true => {
                    let first = (low[axis] - fractional[axis]).ceil() as i32;
                    let last = (high[axis] - fractional[axis]).floor() as i32;
                    first..=last
                }
                false => 0..=0,
            });
            for x in x {
                for y in y.clone() {
                    for z in z.clone() {
                        let shift = IVec3::new(x, y, z);
                        let image = position + cell.translation(shift);
                        let within = image.cmpge(near).all() && image.cmple(far).all();
                        if within && shift != IVec3::ZERO {
                            self.add(image, atom, home + shift);
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn add(&mut self, position: DVec3, atom: u32, offset: IVec3) {
        // Consecutive images mostly have the same offset.
        let same = self
            .images
            .last()
            .map(|image| image.offset)
            .filter(|&last| self.offsets[last as usize] == offset);
        let offset = same.unwrap_or_else(|| {
            *self.indices.entry(offset).or_insert_with(|| {
                self.offsets.push(offset);
                self.offsets.len() as u32 - 1
            })
        });
        self.images.push(Image {
            position,
            atom,
            offset,
        });
    }

    /// Sorts the offsets: neighbors sorted by atom and offset are then sorted by shift.
    fn sort_offsets(&mut self) {
        self.offsets.sort_unstable_by_key(IVec3::to_array);
        self.sorted.resize(self.offsets.len(), 0);
        for (new, offset) in self.offsets.iter().enumerate() {
            self.sorted[self.indices[offset] as usize] = new as u32;
        }
        for image in &mut self.images {
            image.offset = self.sorted[image.offset as usize];
        }
    }
}

/// Bounding box: the lowest and highest coordinates.
pub(super) fn bounds(points: impl Iterator<Item = DVec3>) -> (DVec3, DVec3) {
    let nothing = (DVec3::INFINITY, DVec3::NEG_INFINITY);
    points.fold(nothing, |(low, high), point| {
        (low.min(point), high.max(point))
    })
}
