//! The neighbors that the network sees, picked from the list once for every evaluation.

use std::ops::Range;

use glam::{DVec3, IVec3};

use super::radial::Place;
use crate::chem::neighbors::NeighborList;

/// A neighbor within the cutoff.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Near {
    /// Direction to it.
    pub(super) unit: [f32; 3],
    /// Distance, Å.
    pub(super) distance: f32,
    /// The distance in the radial tables.
    pub(super) place: Place,
    /// Which atom it is.
    pub(super) other: u32,
}

/// The neighbors of some consecutive atoms.
#[derive(Clone, Debug, Default)]
pub(super) struct Surroundings {
    near: Vec<Near>,
    /// For each atom, where in `near` its neighbors begin, where those begin with which it is the
    /// first atom of the pair, and where all end.
    bounds: Vec<[u32; 3]>,
}

impl Surroundings {
    /// Picks the neighbors of `atoms` from a full list.
    pub(super) fn pick(&mut self, atoms: Range<usize>, positions: &[DVec3], list: &NeighborList) {
        let cutoff2 = list.cutoff() * list.cutoff();
        self.bounds.clear();
        let mut count = 0;
        for atom in atoms {
            let neighbors = list.neighbors(atom);
            if self.near.len() < count + neighbors.len() {
                self.near.resize(count + neighbors.len(), Near::default());
            }
            let (start, mut owned) = (count, count);
            for neighbor in neighbors {
                let other = neighbor.atom as usize;
                let d = positions[other] - positions[atom]
                    + list.translations()[neighbor.image as usize];
                let distance2 = d.length_squared();
                let distance = distance2.sqrt();
                self.near[count] = Near {
                    unit: (d / distance).as_vec3().to_array(),
                    distance: distance as f32,
                    place: Place::of(distance, list.cutoff()),
                    other: neighbor.atom,
                };
                let within = usize::from(distance2 < cutoff2);
                let precedes = other < atom
                    || other == atom && is_negative(list.shifts()[neighbor.image as usize]);
                count += within;
                owned += within * usize::from(precedes);
            }
            self.bounds.push([start as u32, owned as u32, count as u32]);
        }
    }

    /// All neighbors of one of the atoms, counted from the first.
    #[inline(always)]
    pub(super) fn of(&self, index: usize) -> &[Near] {
        let [start, _, end] = self.bounds[index];
        &self.near[start as usize..end as usize]
    }

    /// Those of an atom's neighbors with which it is the first atom of the pair: in this way every
    /// pair has one owner.
    #[inline(always)]
    pub(super) fn owned_by(&self, index: usize) -> &[Near] {
        let [_, owned, end] = self.bounds[index];
        &self.near[owned as usize..end as usize]
    }
}

/// Whether of a shift and its opposite this is the one that comes first.
fn is_negative(shift: IVec3) -> bool {
    shift.to_array() < [0; 3]
}
