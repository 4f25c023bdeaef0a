//! Rings of atoms.

use std::collections::{BTreeSet, HashMap, VecDeque};

use glam::IVec3;

use super::Bonds;

/// An atom in one of its images.
type Place = (u32, IVec3);

impl Bonds {
    /// The rings of at most `largest` atoms: for every bond a smallest ring that it is part of, each
    /// ring once. A ring's atoms follow one another, beginning with the lowest index. Chains that
    /// close only across the cell are no rings.
    pub fn rings(&self, largest: usize) -> Vec<Vec<usize>> {
        self.rings_among(largest, |_| true)
    }

    /// The rings among some of the atoms only.
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

    /// The shortest way from a bond's second atom back to its first without the bond: the atoms
    /// passed, and the bond by which each was reached.
    fn smallest_ring(
        &self,
        bond: usize,
        largest: usize,
        among: &impl Fn(usize) -> bool,
    ) -> Option<Vec<(usize, u32)>> {
        let [goal, start] = self.list()[bond].atoms;
        let goal: Place = (goal, IVec3::ZERO);
        let start: Place = (start, self.list()[bond].shift);
        // From where, and by which bond, each place was reached, and after how many atoms.
        let mut reached: HashMap<Place, (Place, u32, usize)> = HashMap::new();
        reached.insert(start, (goal, bond as u32, 1));
        let mut queue = VecDeque::from([start]);
        while let Some(place) = queue.pop_front() {
            if place == goal {
                return Some(walk_back(&reached, goal));
            }
            let steps = reached[&place].2;
            if steps >= largest {
                continue;
            }
            for end in self.graph.ends(place.0 as usize) {
                let next = (end.atom, place.1 + end.shift);
                let itself = place == start && next == goal && end.bond == bond as u32;
                if !itself && among(end.atom as usize) && !reached.contains_key(&next) {
                    reached.insert(next, (place, end.bond, steps + 1));
                    queue.push_back(next);
                }
            }
        }
        None
    }
}

fn walk_back(reached: &HashMap<Place, (Place, u32, usize)>, goal: Place) -> Vec<(usize, u32)> {
    let mut ring = Vec::new();
    let mut place = goal;
    loop {
        let (from, bond, _) = reached[&place];
        ring.push((place.0 as usize, bond));
        place = from;
        if place == goal {
            return ring;
        }
    }
}

/// The same ring, beginning with its lowest index and going on to the lower of the two beside it.
fn from_lowest(mut ring: Vec<usize>) -> Vec<usize> {
    let lowest = (0..ring.len())
        .min_by_key(|&place| ring[place])
        .unwrap_or(0);
    ring.rotate_left(lowest);
    if ring.len() > 2 && ring[ring.len() - 1] < ring[1] {
        ring[1..].reverse();
    }
    ring
}
