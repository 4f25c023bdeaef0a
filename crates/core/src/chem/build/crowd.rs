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

/// All atoms, and who is near whom.
pub(super) struct Crowd<'a> {
    structure: &'a Structure,
    neighbors: NeighborList,
}

impl<'a> Crowd<'a> {
    pub(super) fn of(structure: &'a Structure) -> Result<Crowd<'a>, TooDense> {
        let mut neighbors = NeighborList::full(REACH, 0.0);
        neighbors.update(structure.positions(), structure.cell.as_ref())?;
        Ok(Crowd {
            structure,
            neighbors,
        })
    }

    /// What is near an atom, images included, and the hydrogens added so far: of each atom, from it
    /// to them, Å.
    pub(super) fn around(&self, atom: usize, hydrogens: &[Vec<DVec3>]) -> Vec<Obstacle> {
        let positions = self.structure.positions();
        let radius = Element::H.van_der_waals_radius();
        let added_on = |other: usize, at: DVec3| {
            let added = hydrogens[other].iter();
            added.map(move |offset| Obstacle::new(at + *offset, radius))
        };
        let mut obstacles: Vec<Obstacle> = added_on(atom, DVec3::ZERO).collect();
        for neighbor in self.neighbors.neighbors(atom) {
            let other = neighbor.atom as usize;
            let translation = self.neighbors.translations()[neighbor.image as usize];
            let at = positions[other] - positions[atom] + translation;
            let radius = self.structure.elements()[other].van_der_waals_radius();
            obstacles.push(Obstacle::new(at, radius));
            obstacles.extend(added_on(other, at));
        }
        obstacles
    }
}

/// What is near one atom, images included, for those who ask only once.
pub(super) fn around(structure: &Structure, atom: usize) -> Result<Vec<Obstacle>, TooDense> {
    let center = structure.positions()[atom];
    let apart = |other: usize| {
        let vector = structure.positions()[other] - center;
        let cell = structure.cell.as_ref();
        cell.map_or(vector, |cell| cell.minimum_image(vector))
    };
    // If any image is near, the nearest is.
    let near: Vec<usize> = (0..structure.len())
        .filter(|&other| other == atom || apart(other).length() <= REACH)
        .collect();
    let place = near.iter().position(|&other| other == atom);
    let (Some(part), Some(place)) = (structure.select(&near), place) else {
        return Ok(Vec::new());
    };
    let nothing_added = vec![Vec::new(); part.len()];
    Ok(Crowd::of(&part)?.around(place, &nothing_added))
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
