//! Overlaps of atoms of different molecules, and the forces that push them apart.

use glam::DVec3;

use super::bodies::Bodies;
use crate::chem::neighbors::TooDense;
use crate::chem::{Cell, NeighborList};

/// Skin of the neighbor list, Å.
const SKIN: f64 = 1.0;

/// Added to the distance in the energy, so that its minimum is beyond the distance, Å.
const MARGIN: f64 = 0.05;

/// Overlaps of a packing: E = Σ ½ (d − r)² over the pairs of atoms of different molecules that are closer
/// than d, in units of 1 per Å².
pub(super) struct Overlap {
    list: NeighborList,
    /// The distance that is asked for, Å.
    distance: f64,
    /// Forces on the atoms, Å (the stiffness is 1).
    pub(super) forces: Vec<DVec3>,
    /// Energy of each molecule, Å²; each pair counts for both.
    pub(super) energies: Vec<f64>,
    /// E, Å².
    pub(super) energy: f64,
    /// Pairs that are closer than the distance.
    pub(super) pairs: usize,
    /// The smallest distance of atoms of different molecules, Å; infinite if none are near.
    pub(super) smallest: f64,
}

impl Overlap {
    pub(super) fn new(distance: f64) -> Overlap {
        Overlap {
            list: NeighborList::half(distance + MARGIN, SKIN),
            distance,
            forces: Vec::new(),
            energies: Vec::new(),
            energy: 0.0,
            pairs: 0,
            smallest: f64::INFINITY,
        }
    }

    /// Computes energy, forces and overlaps.
    ///
    /// # Errors
    /// If there are too many atoms at one place.
    pub(super) fn compute(&mut self, bodies: &Bodies, cell: &Cell) -> Result<(), TooDense> {
        self.list.update(&bodies.positions, Some(cell))?;
        self.forces.clear();
        self.forces.resize(bodies.positions.len(), DVec3::ZERO);
        self.energies.clear();
        self.energies.resize(bodies.bodies.len() + 1, 0.0);
        (self.energy, self.pairs, self.smallest) = (0.0, 0, f64::INFINITY);
        let fixed = bodies.bodies.len() as u32;
        for pair in self.list.pairs(&bodies.positions) {
            let (i, j) = (pair.i as usize, pair.j as usize);
            let (one, other) = (bodies.owners[i], bodies.owners[j]);
            // A molecule touches its own images, but not itself.
            if one == other && (one == fixed || pair.shift == glam::IVec3::ZERO) {
                continue;
            }
            let length = pair.vector.length();
            let depth = self.distance + MARGIN - length;
            // Atoms at the same place are pushed along x.
            let direction = pair.vector.try_normalize().unwrap_or(DVec3::X);
            self.forces[i] -= depth * direction;
            self.forces[j] += depth * direction;
            let energy = 0.5 * depth * depth;
            self.energy += energy;
            self.energies[one as usize] += energy;
            self.energies[other as usize] += energy;
            self.pairs += usize::from(length < self.distance);
            self.smallest = self.smallest.min(length);
        }
        Ok(())
    }
}
