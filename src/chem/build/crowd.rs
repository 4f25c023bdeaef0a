//! What stands around an atom, and where there is most room.

use glam::DVec3;

use crate::chem::neighbors::TooDense;
use crate::chem::{Element, NeighborList, Structure};

/// How far to look for what may be in the way, Å.
const REACH: f64 = 5.0;
/// Nearer than this all is equally impossible, Å.
const NEAREST: f64 = 0.1;

/// Something in the way.
#[derive(Clone, Copy)]
pub(super) struct Obstacle {
    /// From the atom in question, Å.
    at: DVec3,
    /// Van der Waals radius, Å.
    radius: f64,
}

impl Obstacle {
    pub(super) fn new(at: DVec3, radius: f64) -> Obstacle {
        Obstacle { at, radius }
    }
}

/// All atoms, and those that have been added to them so far.
pub(super) struct Crowd<'a> {
    structure: &'a Structure,
    neighbors: NeighborList,
    added: Vec<Vec<(Element, DVec3)>>,
}

impl<'a> Crowd<'a> {
    pub(super) fn of(structure: &'a Structure) -> Result<Crowd<'a>, TooDense> {
        let mut neighbors = NeighborList::full(REACH, 0.0);
        neighbors.update(structure.positions(), structure.cell.as_ref())?;
        Ok(Crowd {
            structure,
            neighbors,
            added: vec![Vec::new(); structure.len()],
        })
    }

    /// Adds an atom on another, `offset` (Å) from it.
    pub(super) fn add(&mut self, atom: usize, element: Element, offset: DVec3) {
        self.added[atom].push((element, offset));
    }

    /// From an atom to what has been added on it, Å.
    pub(super) fn added(&self, atom: usize) -> impl Iterator<Item = DVec3> + '_ {
        self.added[atom].iter().map(|(_, offset)| *offset)
    }

    /// What is near an atom, images and what was added included.
    pub(super) fn around(&self, atom: usize) -> Vec<Obstacle> {
        let positions = self.structure.positions();
        let mut obstacles = Vec::new();
        let mut put = |element: Element, at| {
            obstacles.push(Obstacle::new(at, element.van_der_waals_radius()));
        };
        for neighbor in self.neighbors.neighbors(atom) {
            let other = neighbor.atom as usize;
            let translation = self.neighbors.translations()[neighbor.image as usize];
            let at = positions[other] - positions[atom] + translation;
            put(self.structure.elements()[other], at);
            for &(element, offset) in &self.added[other] {
                put(element, at + offset);
            }
        }
        for &(element, offset) in &self.added[atom] {
            put(element, offset);
        }
        obstacles
    }
}

/// How crowded an atom of a van der Waals radius (Å) would be at a place (Å): the sum over all
/// obstacles of the sixth power of radii over distance. Steep enough that the nearest count, smooth
/// enough that torsions come out staggered.
pub(super) fn crowding(obstacles: &[Obstacle], place: DVec3, radius: f64) -> f64 {
    let of_one = |obstacle: &Obstacle| {
        let distance = obstacle.at.distance(place).max(NEAREST);
        ((obstacle.radius + radius) / distance).powi(6)
    };
    obstacles.iter().map(of_one).sum()
}

/// The choice of least cost; of equals, but for rounding, the first.
pub(super) fn least<T>(
    choices: impl IntoIterator<Item = T>,
    cost: impl Fn(&T) -> f64,
) -> Option<T> {
    let mut best: Option<(f64, T)> = None;
    for choice in choices {
        let cost = cost(&choice);
        let better = |best: &(f64, T)| cost < best.0 - 1e-9 * best.0.abs();
        if best.as_ref().is_none_or(better) {
            best = Some((cost, choice));
        }
    }
    best.map(|(_, choice)| choice)
}
