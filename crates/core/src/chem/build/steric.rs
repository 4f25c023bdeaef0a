//! Steric cost of positions around an atom.

use glam::DVec3;

use crate::chem::neighbors::TooDense;
use crate::chem::{Element, NeighborList, Structure};

/// Cutoff of the steric cost, Å.
const CUTOFF: f64 = 5.0;
/// Shorter distances cost as much as this one, Å.
const MIN_DISTANCE: f64 = 0.1;

/// An atom that repels new ones.
#[derive(Clone, Copy)]
pub(super) struct Obstacle {
    /// Position relative to the central atom, Å.
    position: DVec3,
    /// Van der Waals radius, Å.
    radius: f64,
}

impl Obstacle {
    pub(super) fn new(position: DVec3, radius: f64) -> Obstacle {
        Obstacle { position, radius }
    }
}

/// A structure and its neighbor list, for the obstacles around several atoms.
pub(super) struct StericEnvironment<'a> {
    structure: &'a Structure,
    neighbors: NeighborList,
}

impl<'a> StericEnvironment<'a> {
    pub(super) fn of(structure: &'a Structure) -> Result<StericEnvironment<'a>, TooDense> {
        let mut neighbors = NeighborList::full(CUTOFF, 0.0);
        neighbors.update(structure.positions(), structure.cell.as_ref())?;
        Ok(StericEnvironment {
            structure,
            neighbors,
        })
    }

    /// Neighbors of an atom, images included, and the hydrogens added so far (per atom, relative to it,
    /// Å).
    pub(super) fn obstacles(&self, atom: usize, hydrogens: &[Vec<DVec3>]) -> Vec<Obstacle> {
        let positions = self.structure.positions();
        let radius = Element::H.van_der_waals_radius();
        let added_on = |other: usize, center: DVec3| {
            let added = hydrogens[other].iter();
            added.map(move |offset| Obstacle::new(center + *offset, radius))
        };
        let mut obstacles: Vec<Obstacle> = added_on(atom, DVec3::ZERO).collect();
        for neighbor in self.neighbors.neighbors(atom) {
            let other = neighbor.atom as usize;
            let translation = self.neighbors.translations()[neighbor.image as usize];
            let center = positions[other] - positions[atom] + translation;
            let radius = self.structure.elements()[other].van_der_waals_radius();
            obstacles.push(Obstacle::new(center, radius));
            obstacles.extend(added_on(other, center));
        }
        obstacles
    }
}

/// Neighbors of a single atom, images included.
pub(super) fn obstacles_around(
    structure: &Structure,
    atom: usize,
) -> Result<Vec<Obstacle>, TooDense> {
    let center = structure.positions()[atom];
    let displacement = |other: usize| {
        let vector = structure.positions()[other] - center;
        let cell = structure.cell.as_ref();
        cell.map_or(vector, |cell| cell.minimum_image(vector))
    };
    // An atom has an image within the cutoff only if its nearest image is.
    let near: Vec<usize> = (0..structure.len())
        .filter(|&other| other == atom || displacement(other).length() <= CUTOFF)
        .collect();
    let index = near.iter().position(|&other| other == atom);
    let (Some(part), Some(index)) = (structure.select(&near), index) else {
        return Ok(Vec::new());
    };
    let nothing_added = vec![Vec::new(); part.len()];
    Ok(StericEnvironment::of(&part)?.obstacles(index, &nothing_added))
}

/// Steric cost of an atom of a van der Waals radius (Å) at a position (Å): Σ ((R_i + R) / d_i)⁶. The
/// nearest atoms dominate, and torsions become staggered.
pub(super) fn steric_cost(obstacles: &[Obstacle], position: DVec3, radius: f64) -> f64 {
    let of_one = |obstacle: &Obstacle| {
        let distance = obstacle.position.distance(position).max(MIN_DISTANCE);
        ((obstacle.radius + radius) / distance).powi(6)
    };
    obstacles.iter().map(of_one).sum()
}

/// The choice of lowest cost; the first of those equal within rounding.
pub(super) fn min_by_cost<T>(
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
