//! All pairs of atoms within a cutoff.

use std::collections::BTreeSet;

use glam::{DVec3, IVec3};

use super::Cell;

/// One atom seen from another: which, and in which image of the cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Neighbor {
    /// The neighboring atom.
    pub atom: u32,
    /// Its image: an index into [`NeighborList::shifts`] and [`NeighborList::translations`].
    pub image: u32,
}

/// The neighbors of every atom, kept up to date as atoms move.
#[derive(Clone, Debug)]
pub struct NeighborList {
    cutoff: f64,
    skin: f64,
    half: bool,
    built_at: Vec<DVec3>,
    built_in: Option<Cell>,
    /// Where each atom's neighbors start in `neighbors`, and where the last one's end.
    starts: Vec<usize>,
    neighbors: Vec<Neighbor>,
    shifts: Vec<IVec3>,
    translations: Vec<DVec3>,
}

impl NeighborList {
    /// A list of all directed pairs (i to j and j to i) within `cutoff` (Å), built with a margin of
    /// `skin` (Å): it stays valid until an atom has moved skin/2.
    pub fn full(cutoff: f64, skin: f64) -> NeighborList {
        NeighborList {
            cutoff,
            skin,
            half: false,
            built_at: Vec::new(),
            built_in: None,
            starts: Vec::new(),
            neighbors: Vec::new(),
            shifts: Vec::new(),
            translations: Vec::new(),
        }
    }

    /// As [`NeighborList::full`], with each pair listed once: at the atom of lower index, and an
    /// atom with its own image at the lexicographically positive shift.
    pub fn half(cutoff: f64, skin: f64) -> NeighborList {
        NeighborList {
            half: true,
            ..NeighborList::full(cutoff, skin)
        }
    }

    /// The distance within which no pair is missed, Å.
    pub fn cutoff(&self) -> f64 {
        self.cutoff
    }

    /// Brings the list up to date; says whether it was rebuilt.
    pub fn update(&mut self, positions: &[DVec3], cell: Option<&Cell>) -> bool {
        if !self.starts.is_empty() && self.built_in.as_ref() == cell && self.close(positions) {
            return false;
        }
        let found: Vec<Vec<(u32, IVec3)>> = (0..positions.len())
            .map(|atom| self.around(atom, positions, cell))
            .collect();
        let images: BTreeSet<[i32; 3]> = found
            .iter()
            .flatten()
            .map(|(_, shift)| shift.to_array())
            .collect();
        self.shifts = images.into_iter().map(IVec3::from_array).collect();
        self.translations = self
            .shifts
            .iter()
            .map(|&shift| cell.map_or(DVec3::ZERO, |cell| cell.translation(shift)))
            .collect();
        self.starts.clear();
        self.neighbors.clear();
        for neighbors in found {
            self.starts.push(self.neighbors.len());
            for (atom, shift) in neighbors {
                let image = self
                    .shifts
                    .partition_point(|other| other.to_array() < shift.to_array());
                self.neighbors.push(Neighbor {
                    atom,
                    image: image as u32,
                });
            }
        }
        self.starts.push(self.neighbors.len());
        self.built_at = positions.to_vec();
        self.built_in = cell.cloned();
        true
    }

    /// The neighbors of an atom within cutoff + skin, sorted: whoever loops over them compares the
    /// distance with the cutoff. The displacement to a neighbor is
    /// `positions[neighbor.atom] - positions[atom] + translations()[neighbor.image]`.
    pub fn neighbors(&self, atom: usize) -> &[Neighbor] {
        &self.neighbors[self.starts[atom]..self.starts[atom + 1]]
    }

    /// The images that occur: how many cells away, along a, b, c.
    pub fn shifts(&self) -> &[IVec3] {
        &self.shifts
    }

    /// The same images as translations in the current cell, Å.
    pub fn translations(&self) -> &[DVec3] {
        &self.translations
    }

    /// Whether no atom has moved more than half the skin since the list was built.
    fn close(&self, positions: &[DVec3]) -> bool {
        let limit = (0.5 * self.skin).powi(2);
        self.built_at.len() == positions.len()
            && self
                .built_at
                .iter()
                .zip(positions)
                .all(|(then, now)| then.distance_squared(*now) <= limit)
    }

    fn around(&self, atom: usize, positions: &[DVec3], cell: Option<&Cell>) -> Vec<(u32, IVec3)> {
        let reach = self.cutoff + self.skin;
        let mut found = Vec::new();
        let first = if self.half { atom } else { 0 };
        for (other, position) in positions.iter().enumerate().skip(first) {
            let displacement = *position - positions[atom];
            if !displacement.is_finite() {
                continue;
            }
            for shift in images_within(reach, displacement, cell) {
                let translation = cell.map_or(DVec3::ZERO, |cell| cell.translation(shift));
                let itself = other == atom && shift == IVec3::ZERO;
                let reverse =
                    self.half && other == atom && shift.to_array() < IVec3::ZERO.to_array();
                if itself || reverse {
                    continue;
                }
                if (displacement + translation).length_squared() <= reach * reach {
                    found.push((other as u32, shift));
                }
            }
        }
        found
    }
}

/// The shifts, in order, that may bring a displacement within `reach`.
fn images_within(
    reach: f64,
    displacement: DVec3,
    cell: Option<&Cell>,
) -> impl Iterator<Item = IVec3> {
    let ranges = [0, 1, 2].map(|axis| match cell {
        Some(cell) if cell.periodic()[axis] => {
            let center = -cell.fractional(displacement)[axis];
            let margin = reach / cell.heights()[axis] + 1e-9;
            (
                (center - margin).ceil() as i32,
                (center + margin).floor() as i32,
            )
        }
        _ => (0, 0),
    });
    let [x, y, z] = ranges.map(|(first, last)| first..=last);
    x.flat_map(move |x| {
        let z = z.clone();
        y.clone()
            .flat_map(move |y| z.clone().map(move |z| IVec3::new(x, y, z)))
    })
}
