//! The edges of the network: neighbors within its cutoff, selected from the list once per evaluation.

use std::ops::Range;

use glam::{DVec3, IVec3};

use super::radial::TablePosition;
use crate::chem::neighbors::NeighborList;

/// An edge from an atom to a neighbor within the cutoff.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Edge {
    /// Unit vector to the neighbor.
    pub(super) unit: [f32; 3],
    /// Distance, Å.
    pub(super) distance: f32,
    /// Position of the distance in the radial tables.
    pub(super) table: TablePosition,
    /// Index of the neighbor.
    pub(super) other: u32,
}

/// The edges of consecutive atoms.
#[derive(Clone, Debug, Default)]
pub(super) struct Edges {
    edges: Vec<Edge>,
    /// For each atom, the start of its edges, of those that it owns, and their end.
    bounds: Vec<[u32; 3]>,
}

impl Edges {
    /// Selects the edges of `atoms` from a full list.
    pub(super) fn select(&mut self, atoms: Range<usize>, positions: &[DVec3], list: &NeighborList) {
        let cutoff2 = list.cutoff() * list.cutoff();
        self.bounds.clear();
        let mut count = 0;
        for atom in atoms {
            let neighbors = list.neighbors(atom);
            if self.edges.len() < count + neighbors.len() {
                self.edges.resize(count + neighbors.len(), Edge::default());
            }
            let (start, mut owned) = (count, count);
            for neighbor in neighbors {
                let other = neighbor.atom as usize;
                let d = positions[other] - positions[atom]
                    + list.translations()[neighbor.image as usize];
                let distance2 = d.length_squared();
                let distance = distance2.sqrt();
                self.edges[count] = Edge {
                    unit: (d / distance).as_vec3().to_array(),
                    distance: distance as f32,
                    table: TablePosition::of(distance, list.cutoff()),
                    other: neighbor.atom,
                };
                // Without a branch: neighbors beyond the cutoff are overwritten by the next one. The
                // list is sorted, so those that precede the atom come first.
                let within = usize::from(distance2 < cutoff2);
                let precedes = other < atom
                    || other == atom && is_negative(list.shifts()[neighbor.image as usize]);
                count += within;
                owned += within * usize::from(precedes);
            }
            self.bounds.push([start as u32, owned as u32, count as u32]);
        }
    }

    /// All edges of an atom, by its index within the range.
    #[inline(always)]
    pub(super) fn of(&self, index: usize) -> &[Edge] {
        let [start, _, end] = self.bounds[index];
        &self.edges[start as usize..end as usize]
    }

    /// The edges of an atom of whose pairs it is the first atom, so that every pair has one owner.
    #[inline(always)]
    pub(super) fn owned_by(&self, index: usize) -> &[Edge] {
        let [_, owned, end] = self.bounds[index];
        &self.edges[owned as usize..end as usize]
    }
}

/// Whether a shift precedes its opposite in lexicographic order.
fn is_negative(shift: IVec3) -> bool {
    shift.to_array() < [0; 3]
}
