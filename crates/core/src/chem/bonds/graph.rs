//! Bond graph: adjacency lists of atoms.
//!
//! Periodic images of an atom are one vertex.

use glam::IVec3;

use super::bond::Bond;

/// Adjacency list of the bonds.
#[derive(Clone, Debug, Default)]
pub(super) struct Graph {
    /// Start of each atom's ends in `ends`, and the total, `[atoms + 1]`.
    starts: Vec<u32>,
    ends: Vec<End>,
}

/// End of a bond at one of its atoms.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct End {
    /// The atom at the other end.
    pub(super) atom: u32,
    /// Index of the bond.
    pub(super) bond: u32,
    /// Shift of the other atom's image, in cells.
    pub(super) shift: IVec3,
}

impl Graph {
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
        self.ends.resize(stop as usize, End::default());
        let mut place = |at: u32, end: End| {
            let start = &mut self.starts[at as usize];
            *start -= 1;
            self.ends[*start as usize] = end;
        };
        for (index, &Bond { atoms, shift, .. }) in included().rev() {
            let end = |atom, shift| End {
                atom,
                bond: index as u32,
                shift,
            };
            place(atoms[1], end(atoms[0], -shift));
            place(atoms[0], end(atoms[1], shift));
        }
    }

    /// The ends at an atom, sorted by bond and so by the atom at the other end.
    pub(super) fn ends(&self, atom: usize) -> &[End] {
        &self.ends[self.starts[atom] as usize..self.starts[atom + 1] as usize]
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
            for end in self.ends(atom) {
                let other = end.atom as usize;
                if Some(end.bond) != without && !reached[other] {
                    reached[other] = true;
                    found.push(other);
                }
            }
        }
        found
    }
}
