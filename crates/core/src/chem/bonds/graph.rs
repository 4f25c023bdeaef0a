//! What hangs together: molecules, the sides of a bond, bonds that are part of a closed loop.
//!
//! Images of an atom are one and the same here, so molecules continue across the faces of the cell,
//! and a chain that reaches its own image is as closed as a ring.

use glam::IVec3;

use super::{Bond, Bonds};

/// A bond has no sides: its two atoms hang together without it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the bond between atoms {0} and {1} (counted from 0) is part of a ring, or of a chain that \
     closes across the cell: there is no side to turn"
)]
pub struct ClosedBond(pub usize, pub usize);

/// Bonds by atom.
#[derive(Clone, Debug, Default)]
pub(super) struct Graph {
    /// Where the ends at each atom start in `ends`, and where the last one's stop.
    starts: Vec<u32>,
    ends: Vec<End>,
}

/// A bond as seen from one of its atoms.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct End {
    /// The atom at the other end.
    pub(super) atom: u32,
    pub(super) bond: u32,
    /// How many cells away its image is.
    pub(super) shift: IVec3,
}

impl Graph {
    /// Takes in the bonds among `atoms` atoms that `counts` lets through.
    pub(super) fn connect(&mut self, atoms: usize, bonds: &[Bond], counts: impl Fn(&Bond) -> bool) {
        self.starts.clear();
        self.starts.resize(atoms + 1, 0);
        let counted = || bonds.iter().enumerate().filter(|(_, bond)| counts(bond));
        for (_, bond) in counted() {
            for atom in bond.atoms {
                self.starts[atom as usize] += 1;
            }
        }
        // From counts to where each atom's stop; filling backward moves each to where they start, and
        // keeps the ends in the order of the bonds.
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
        for (index, &Bond { atoms, shift, .. }) in counted().rev() {
            let end = |atom, shift| End {
                atom,
                bond: index as u32,
                shift,
            };
            place(atoms[1], end(atoms[0], -shift));
            place(atoms[0], end(atoms[1], shift));
        }
    }

    /// The ends at an atom, sorted by bond, and therefore by the atom at the other end.
    pub(super) fn ends(&self, atom: usize) -> &[End] {
        &self.ends[self.starts[atom] as usize..self.starts[atom + 1] as usize]
    }

    pub(super) fn atoms(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// All atoms that hang together with `start`, marked in `reached`; never across `without`.
    fn spread(&self, start: usize, without: Option<u32>, reached: &mut [bool]) -> Vec<usize> {
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

impl Bonds {
    /// The molecules: atoms that hang together, each sorted, in the order of their first atoms.
    pub fn molecules(&self) -> Vec<Vec<usize>> {
        let mut reached = vec![false; self.graph.atoms()];
        let mut molecules = Vec::new();
        for atom in 0..self.graph.atoms() {
            if !reached[atom] {
                let mut molecule = self.graph.spread(atom, None, &mut reached);
                molecule.sort_unstable();
                molecules.push(molecule);
            }
        }
        molecules
    }

    /// The atoms of the molecule that an atom belongs to, sorted.
    ///
    /// # Panics
    /// If there was no such atom at the last update.
    pub fn molecule_of(&self, atom: usize) -> Vec<usize> {
        let mut reached = vec![false; self.graph.atoms()];
        let mut molecule = self.graph.spread(atom, None, &mut reached);
        molecule.sort_unstable();
        molecule
    }

    /// The atoms on either side of a bond, sorted: first those that hang on its first atom, with it,
    /// then those on its second.
    ///
    /// # Errors
    /// If the sides hang together elsewhere too.
    ///
    /// # Panics
    /// If there is no such bond.
    pub fn sides(&self, bond: usize) -> Result<[Vec<usize>; 2], ClosedBond> {
        let [one, other] = self.bonds[bond].atoms.map(|atom| atom as usize);
        let without = Some(bond as u32);
        let mut reached = vec![false; self.graph.atoms()];
        let mut first = self.graph.spread(one, without, &mut reached);
        if reached[other] {
            return Err(ClosedBond(one, other));
        }
        let mut second = self.graph.spread(other, without, &mut reached);
        first.sort_unstable();
        second.sort_unstable();
        Ok([first, second])
    }

    /// For each bond whether it is closed: whether [`Bonds::sides`] would refuse it. All at once in
    /// linear time, by the bridges of R. E. Tarjan, Inf. Process. Lett. 2, 160 (1974).
    pub fn closed(&self) -> Vec<bool> {
        const UNSEEN: u32 = u32::MAX;
        let mut closed: Vec<bool> = self
            .bonds
            .iter()
            .map(|bond| bond.atoms[0] == bond.atoms[1])
            .collect();
        let mut order = vec![UNSEEN; self.graph.atoms()];
        // The earliest atom that can be reached from an atom's descendants by one bond back.
        let mut earliest = order.clone();
        let mut count = 0;
        for root in 0..self.graph.atoms() {
            if order[root] != UNSEEN {
                continue;
            }
            // The path walked: atom, bond by which it was entered, next end to look at.
            let mut path = vec![(root, UNSEEN, 0)];
            while let Some(&mut (atom, entered, ref mut next)) = path.last_mut() {
                if *next == 0 {
                    order[atom] = count;
                    earliest[atom] = count;
                    count += 1;
                }
                if let Some(end) = self.graph.ends(atom).get(*next) {
                    *next += 1;
                    let other = end.atom as usize;
                    if end.bond == entered {
                        continue;
                    }
                    if order[other] == UNSEEN {
                        path.push((other, end.bond, 0));
                    } else {
                        earliest[atom] = earliest[atom].min(order[other]);
                        closed[end.bond as usize] = true;
                    }
                } else {
                    path.pop();
                    if let Some(&(parent, ..)) = path.last() {
                        earliest[parent] = earliest[parent].min(earliest[atom]);
                        closed[entered as usize] = earliest[atom] <= order[parent];
                    }
                }
            }
        }
        self.close_stretched(&mut closed);
        closed
    }

    /// A bond that is too weak to hold is closed if its atoms hang together all the same.
    fn close_stretched(&self, closed: &mut [bool]) {
        if self.bonds.iter().all(Bond::holds) {
            return;
        }
        let mut molecule = vec![0; self.graph.atoms()];
        for (index, atoms) in self.molecules().iter().enumerate() {
            for &atom in atoms {
                molecule[atom] = index;
            }
        }
        for (bond, closed) in self.bonds.iter().zip(closed) {
            let [one, other] = bond.atoms.map(|atom| molecule[atom as usize]);
            *closed |= !bond.holds() && one == other;
        }
    }
}
