//! Ring perception: the smallest ring of each bond.

use std::collections::{BTreeSet, HashMap, VecDeque};

use glam::IVec3;

use super::Bonds;

/// Periodic image of an atom: its index and shift.
type AtomImage = (u32, IVec3);

impl Bonds {
    /// The rings of at most `largest` atoms: for every bond a smallest ring that contains it, without
    /// duplicates. Atoms are in ring order, beginning with the lowest index. Periodic chains are not
    /// rings.
    pub fn rings(&self, largest: usize) -> Vec<Vec<usize>> {
        self.rings_among(largest, |_| true)
    }

    /// The rings among the atoms that `among` accepts.
    pub(super) fn rings_among(
        &self,
        largest: usize,
        among: impl Fn(usize) -> bool,
    ) -> Vec<Vec<usize>> {
        let mut seen = BTreeSet::new();
        let mut rings = Vec::new();
        for (index, bond) in self.list().iter().enumerate() {
            if !bond.holds() || !bond.atoms.iter().all(|&atom| among(atom as usize)) {
                continue;
            }
            if let Some(ring) = self.smallest_ring(index, largest, &among) {
                let mut bonds: Vec<u32> = ring.iter().map(|&(_, bond)| bond).collect();
                bonds.sort_unstable();
                if seen.insert(bonds) {
                    rings.push(from_lowest(
                        ring.into_iter().map(|(atom, _)| atom).collect(),
                    ));
                }
            }
        }
        rings
    }

    /// Breadth-first search for the shortest path from a bond's second atom to its first without the
    /// bond: the atoms of the path, and the bond by which each was reached.
    fn smallest_ring(
        &self,
        bond: usize,
        largest: usize,
        among: &impl Fn(usize) -> bool,
    ) -> Option<Vec<(usize, u32)>> {
        let [goal, start] = self.list()[bond].atoms;
        let goal: AtomImage = (goal, IVec3::ZERO);
        let start: AtomImage = (start, self.list()[bond].shift);
        // Predecessor, bond and number of atoms of the path to each image.
        let mut reached: HashMap<AtomImage, (AtomImage, u32, usize)> = HashMap::new();
        reached.insert(start, (goal, bond as u32, 1));
        let mut queue = VecDeque::from([start]);
        while let Some(image) = queue.pop_front() {
            if image == goal {
                return Some(trace_back(&reached, goal));
            }
            let steps = reached[&image].2;
            if steps >= largest {
                continue;
            }
            for neighbor in self.graph.neighbors(image.0 as usize) {
                let next = (neighbor.atom, image.1 + neighbor.shift);
                let is_itself = image == start && next == goal && neighbor.bond == bond as u32;
                if !is_itself && among(neighbor.atom as usize) && !reached.contains_key(&next) {
                    reached.insert(next, (image, neighbor.bond, steps + 1));
                    queue.push_back(next);
                }
            }
        }
        None
    }
}

fn trace_back(
    reached: &HashMap<AtomImage, (AtomImage, u32, usize)>,
    goal: AtomImage,
) -> Vec<(usize, u32)> {
    let mut ring = Vec::new();
    let mut image = goal;
    loop {
        let (from, bond, _) = reached[&image];
        ring.push((image.0 as usize, bond));
        image = from;
        if image == goal {
            return ring;
        }
    }
}

/// The ring in canonical order: beginning with the lowest index, toward its lower neighbor.
fn from_lowest(mut ring: Vec<usize>) -> Vec<usize> {
    let lowest = (0..ring.len())
        .min_by_key(|&index| ring[index])
        .unwrap_or(0);
    ring.rotate_left(lowest);
    if ring.len() > 2 && ring[ring.len() - 1] < ring[1] {
        ring[1..].reverse();
    }
    ring
}
