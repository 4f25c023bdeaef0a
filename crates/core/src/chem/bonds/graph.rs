//! Bond graph: adjacency lists of atoms.
//!
//! Periodic images of an atom are one vertex.

use glam::IVec3;

use super::bond::Bond;

/// Adjacency list of the bonds.
#[derive(Clone, Debug, Default)]
pub(super) struct BondGraph {
    /// Start of each atom's neighbors in `neighbors`, and the total, `[atoms + 1]`.
    starts: Vec<u32>,
    neighbors: Vec<BondedNeighbor>,
}

/// A neighbor by a bond.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct BondedNeighbor {
    /// Index of the neighbor.
    pub(super) atom: u32,
    /// Index of the bond.
    pub(super) bond: u32,
    /// Shift of the neighbor's image, in cells along a, b, c.
    pub(super) shift: IVec3,
}

impl BondGraph {
    /// Rebuilds the graph of `atoms` atoms from the bonds that `include` accepts.
    pub(super) fn connect(
        &mut self,
        atoms: usize,
        bonds: &[Bond],
        include: impl Fn(&Bond) -> bool,
    ) {
        self.starts.clear();
        self.starts.resize(atoms + 1, 0);
        let included = || bonds.iter().enumerate().filter(|(_, bond)| include(bond));
        for (_, bond) in included() {
            for atom in bond.atoms {
                self.starts[atom as usize] += 1;
            }
        }
        // Prefix sums give the end of each atom's range; filling backward moves it to the start and
        // keeps the order of the bonds.
        let mut stop = 0;
        for start in &mut self.starts {
            stop += *start;
            *start = stop;
        }
        self.neighbors
            .resize(stop as usize, BondedNeighbor::default());
        let mut add = |atom: u32, neighbor: BondedNeighbor| {
            let start = &mut self.starts[atom as usize];
            *start -= 1;
            self.neighbors[*start as usize] = neighbor;
        };
        for (index, &Bond { atoms, shift, .. }) in included().rev() {
            let neighbor = |atom, shift| BondedNeighbor {
                atom,
                bond: index as u32,
                shift,
            };
            add(atoms[1], neighbor(atoms[0], -shift));
            add(atoms[0], neighbor(atoms[1], shift));
        }
    }

    /// The bonded neighbors of an atom, sorted by bond and so by neighbor.
    pub(super) fn neighbors(&self, atom: usize) -> &[BondedNeighbor] {
        &self.neighbors[self.starts[atom] as usize..self.starts[atom + 1] as usize]
    }

    pub(super) fn atoms(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Breadth-first search: all atoms connected to `start`, marked in `reached`, without the bond
    /// `without`.
    pub(super) fn connected(
        &self,
        start: usize,
        without: Option<u32>,
        reached: &mut [bool],
    ) -> Vec<usize> {
        reached[start] = true;
        let mut found = vec![start];
        let mut next = 0;
        while let Some(&atom) = found.get(next) {
            next += 1;
            for neighbor in self.neighbors(atom) {
                let other = neighbor.atom as usize;
                if Some(neighbor.bond) != without && !reached[other] {
                    reached[other] = true;
                    found.push(other);
                }
            }
        }
        found
    }
}
