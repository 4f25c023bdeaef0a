//! The atoms, and those of their images that come near enough to be somebody's neighbor.

use std::collections::HashMap;

use glam::{DVec3, IVec3};

use super::bound::{TooDense, most_images, most_places};
use crate::chem::Cell;

/// An atom or one of its images.
#[derive(Clone, Copy, Debug)]
pub(super) struct Image {
    /// Where, Å.
    pub(super) position: DVec3,
    /// Of which atom.
    pub(super) atom: u32,
    /// How many cells from the position given for the atom: an index into [`Images::offsets`].
    pub(super) offset: u32,
}

/// All that may be within reach of an atom: first the atoms themselves, brought near to each other
/// by whole cells, then their other images within reach of one.
#[derive(Clone, Debug, Default)]
pub(super) struct Images {
    /// How far apart neighbors may be, Å.
    pub(super) reach: f64,
    pub(super) images: Vec<Image>,
    /// How many of `images`, from the front, are the atoms themselves.
    pub(super) atoms: usize,
    /// The offsets that occur, sorted.
    pub(super) offsets: Vec<IVec3>,
    fractional: Vec<DVec3>,
    known: HashMap<IVec3, u32>,
    names: Vec<u32>,
}

/// Atoms this many cells away from the origin are nowhere: f64 would not tell neighbors apart, and
/// i32 not count the cells.
const FAR: f64 = 1e9;

impl Images {
    /// Gathers the images for neighbors within `reach` (Å).
    ///
    /// # Errors
    /// If they are too many, or too much would have to be searched for them.
    pub(super) fn surround(
        &mut self,
        positions: &[DVec3],
        cell: Option<&Cell>,
        reach: f64,
    ) -> Result<(), TooDense> {
        self.images.clear();
        self.fractional.clear();
        self.offsets.clear();
        self.known.clear();
        self.reach = reach;
        match cell.filter(|cell| cell.is_periodic()) {
            Some(cell) => self.surround_in(positions, cell)?,
            None => self.surround_nothing(positions),
        }
        self.sort_offsets();
        Ok(())
    }

    fn surround_nothing(&mut self, positions: &[DVec3]) {
        for (atom, &position) in positions.iter().enumerate() {
            if position.is_finite() {
                self.add(position, atom as u32, IVec3::ZERO);
            }
        }
        self.atoms = self.images.len();
    }

    fn surround_in(&mut self, positions: &[DVec3], cell: &Cell) -> Result<(), TooDense> {
        for (atom, &position) in positions.iter().enumerate() {
            let fractional = cell.fractional(position);
            if fractional.abs().max_element() < FAR {
                let home = cell.home_shift(position);
                self.add(position - cell.translation(home), atom as u32, -home);
                self.fractional.push(fractional - home.as_dvec3());
            }
        }
        self.atoms = self.images.len();
        // Rounding of positions far from the origin must not hide a pair.
        let largest = positions
            .iter()
            .filter(|position| position.is_finite())
            .fold(0.0, |most: f64, position| {
                most.max(position.abs().max_element())
            });
        self.reach += 8.0 * f64::EPSILON * largest.min(1e6 * self.reach);

        let margin = DVec3::from_array(cell.heights().map(|height| self.reach / height + 1e-9));
        let (low, high) = bounds(self.fractional.iter().copied());
        let (low, high) = (low - margin, high + margin);
        let too_dense = TooDense::new(positions.len(), Some(cell), self.reach);
        let places = (0..3)
            .filter(|&axis| cell.periodic()[axis])
            .fold(self.atoms as f64, |places, axis| {
                places * (high[axis] - low[axis]).max(0.0)
            });
        if places > most_places(positions.len()) {
            return Err(too_dense);
        }
        let most = most_images(positions.len());
        let (near, far) = bounds(self.images.iter().map(|image| image.position));
        let (near, far) = (near - self.reach, far + self.reach);
        for index in 0..self.atoms {
            if self.images.len() > most {
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
        // Most images have the offset of the one before.
        let same = self
            .images
            .last()
            .map(|image| image.offset)
            .filter(|&last| self.offsets[last as usize] == offset);
        let offset = same.unwrap_or_else(|| {
            *self.known.entry(offset).or_insert_with(|| {
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

    /// Sorts the offsets, so that neighbors sorted by atom and offset are sorted by shift.
    fn sort_offsets(&mut self) {
        self.offsets.sort_unstable_by_key(IVec3::to_array);
        self.names.resize(self.offsets.len(), 0);
        for (new, offset) in self.offsets.iter().enumerate() {
            self.names[self.known[offset] as usize] = new as u32;
        }
        for image in &mut self.images {
            image.offset = self.names[image.offset as usize];
        }
    }
}

/// The corners of the smallest box around points.
pub(super) fn bounds(points: impl Iterator<Item = DVec3>) -> (DVec3, DVec3) {
    let nothing = (DVec3::INFINITY, DVec3::NEG_INFINITY);
    points.fold(nothing, |(low, high), point| {
        (low.min(point), high.max(point))
    })
}
