//! Supercells.

use glam::IVec3;

use super::{StatedBond, Structure, StructureError};
use crate::chem::Cell;
use crate::chem::properties::pick;

impl Structure {
    /// The supercell of `counts` copies along a, b and c; the copy index along c runs fastest.
    ///
    /// Copies keep the per-atom data. A stated bond connects nearest images. Charge and number of
    /// unpaired electrons (multiplicity − 1) are multiplied by the number of copies.
    ///
    /// # Errors
    /// If there is no cell, a count is zero, or the number of atoms exceeds `u32::MAX`.
    pub fn repeat(&self, counts: [u32; 3]) -> Result<Structure, StructureError> {
        let cell = self.cell.as_ref().ok_or(StructureError::NoCell)?;
        let too_many = StructureError::Copies(counts, self.len());
        let copies = counts
            .iter()
            .try_fold(1u32, |product, &count| product.checked_mul(count))
            .filter(|&copies| copies > 0)
            .ok_or(too_many.clone())?;
        let total = self.len() as u64 * u64::from(copies);
        if total > u64::from(u32::MAX) {
            return Err(too_many);
        }
        let atoms: Vec<usize> = (0..copies).flat_map(|_| 0..self.len()).collect();
        let mut vectors = cell.vectors();
        for (vector, count) in vectors.iter_mut().zip(counts) {
            *vector *= f64::from(count);
        }
        Ok(Structure {
            elements: pick(&self.elements, &atoms),
            positions: shifts(counts)
                .flat_map(|shift| {
                    let translation = cell.translation(shift);
                    self.positions
                        .iter()
                        .map(move |position| position + translation)
                })
                .collect(),
            fixed: pick(&self.fixed, &atoms),
            rigid_groups: self.repeated_rigid_groups(copies as usize),
            masses: self.masses.as_ref().map(|masses| pick(masses, &atoms)),
            labels: self.labels.as_ref().map(|labels| pick(labels, &atoms)),
            stated_bonds: self.repeat_bonds(cell, counts),
            arrays: self
                .arrays
                .iter()
                .map(|(name, column)| (name.clone(), column.select(&atoms)))
                .collect(),
            multiplicity: (self.multiplicity - 1)
                .saturating_mul(copies)
                .saturating_add(1),
            cell: Some(Cell::new(vectors, cell.periodic()).map_err(|_| too_many)?),
            charge: self.charge.saturating_mul(copies as i32),
            info: self.info.clone(),
        })
    }

    fn repeat_bonds(&self, cell: &Cell, counts: [u32; 3]) -> Vec<StatedBond> {
        let counts = IVec3::from_array(counts.map(|count| count as i32));
        let index = |shift: IVec3, atom: usize| {
            let copy = (shift.x * counts.y + shift.y) * counts.z + shift.z;
            copy as usize * self.len() + atom
        };
        shifts(counts.to_array().map(|count| count as u32))
            .flat_map(|copy| {
                self.stated_bonds.iter().map(move |bond| {
                    let [one, other] = bond.atoms;
                    let displacement = self.positions[other] - self.positions[one];
                    let nearest = cell.minimum_image(displacement) - displacement;
                    let shift = cell.fractional(nearest).round().as_ivec3();
                    let other_copy = (copy + shift).rem_euclid(counts);
                    StatedBond {
                        atoms: [index(copy, one), index(other_copy, other)],
                        ..*bond
                    }
                })
            })
            .collect()
    }
}

/// Shift of each copy in cells along a, b, c, in the order of the copies.
fn shifts(counts: [u32; 3]) -> impl Iterator<Item = IVec3> {
    let [a, b, c] = counts.map(|count| count as i32);
    (0..a).flat_map(move |x| (0..b).flat_map(move |y| (0..c).map(move |z| IVec3::new(x, y, z))))
}
