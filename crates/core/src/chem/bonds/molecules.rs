//! Molecules, the two sides of a bond, and ring bonds.
//!
//! Molecules continue across cell faces, and a chain that reaches its own image is a ring.

use super::{Bond, Bonds};

/// A ring bond has no two sides: its atoms are connected by another path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the bond between atoms {0} and {1} (counted from 0) is part of a ring or of a periodic chain: \
     it has no side to rotate"
)]
pub struct RingBond(pub usize, pub usize);

impl Bonds {
    /// The molecules (connected components), each sorted, ordered by their first atoms.
    pub fn molecules(&self) -> Vec<Vec<usize>> {
        let mut reached = vec![false; self.graph.atoms()];
        let mut molecules = Vec::new();
        for atom in 0..self.graph.atoms() {
            if !reached[atom] {
                let mut molecule = self.graph.connected(atom, None, &mut reached);
                molecule.sort_unstable();
                molecules.push(molecule);
            }
        }
        molecules
    }

    /// The atoms of the molecule that contains an atom, sorted.
    ///
    /// # Panics
    /// If the atom is out of range of the last update.
    pub fn molecule_of(&self, atom: usize) -> Vec<usize> {
        let mut reached = vec![false; self.graph.atoms()];
        let mut molecule = self.graph.connected(atom, None, &mut reached);
        molecule.sort_unstable();
        molecule
    }

    /// The atoms on the two sides of a bond, sorted: of its first atom, then of its second.
    ///
    /// # Errors
    /// If it is a ring bond.
    ///
    /// # Panics
    /// If the bond is out of range.
    pub fn sides(&self, bond: usize) -> Result<[Vec<usize>; 2], RingBond> {
        let [one, other] = self.bonds[bond].atoms.map(|atom| atom as usize);
        let without = Some(bond as u32);
        let mut reached = vec![false; self.graph.atoms()];
        let mut first = self.graph.connected(one, without, &mut reached);
        if reached[other] {
            return Err(RingBond(one, other));
        }
        let mut second = self.graph.connected(other, without, &mut reached);
        first.sort_unstable();
        second.sort_unstable();
        Ok([first, second])
    }

    /// Whether each bond is a ring bond, for which [`Bonds::sides`] fails, `[bonds]`. In linear time, by
    /// the graph bridges of R. E. Tarjan, Inf. Process. Lett. 2, 160 (1974).
    pub fn ring_bonds(&self) -> Vec<bool> {
        const UNSEEN: u32 = u32::MAX;
        let mut closed: Vec<bool> = self
            .bonds
            .iter()
            .map(|bond| bond.atoms[0] == bond.atoms[1])
            .collect();
        let mut order = vec![UNSEEN; self.graph.atoms()];
        // Low-link: the lowest order reachable from an atom's descendants by one back edge.
        let mut low_link = order.clone();
        let mut count = 0;
        for root in 0..self.graph.atoms() {
            if order[root] != UNSEEN {
                continue;
            }
            // Path of the depth-first search: atom, bond by which it was entered, next neighbor.
            let mut path = vec![(root, UNSEEN, 0)];
            while let Some(&mut (atom, entered, ref mut next)) = path.last_mut() {
                if *next == 0 {
                    order[atom] = count;
                    low_link[atom] = count;
                    count += 1;
                }
                if let Some(neighbor) = self.graph.neighbors(atom).get(*next) {
                    *next += 1;
                    let other = neighbor.atom as usize;
                    if neighbor.bond == entered {
                        continue;
                    }
                    if order[other] == UNSEEN {
                        path.push((other, neighbor.bond, 0));
                    } else {
                        low_link[atom] = low_link[atom].min(order[other]);
                        closed[neighbor.bond as usize] = true;
                    }
                } else {
                    path.pop();
                    if let Some(&(parent, ..)) = path.last() {
                        low_link[parent] = low_link[parent].min(low_link[atom]);
                        closed[entered as usize] = low_link[atom] <= order[parent];
                    }
                }
            }
        }
        self.mark_weak_ring_bonds(&mut closed);
        closed
    }

    /// Marks a bond too weak to hold if its atoms are connected by others.
    fn mark_weak_ring_bonds(&self, closed: &mut [bool]) {
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
