//! A change of the structure that a client requests.

use std::collections::BTreeMap;

use glam::{DMat3, DVec3};

/// A change of the structure. Absent fields and atoms keep their values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Interaction {
    /// Replaces the whole structure by one of exactly `atoms` atoms.
    pub full: bool,
    /// Minimum number of atoms.
    pub atoms: usize,
    /// Atomic numbers by atom; 0 for an atom without an element.
    pub elements: BTreeMap<usize, u8>,
    /// Positions by atom, Å.
    pub positions: BTreeMap<usize, DVec3>,
    /// Velocities by atom, Å/fs.
    pub velocities: BTreeMap<usize, DVec3>,
    /// The cell; `None` keeps it.
    pub cell: Option<CellChange>,
    /// Total charge, e.
    pub charge: Option<i32>,
    /// Spin multiplicity 2S + 1.
    pub multiplicity: Option<u32>,
}

/// A change of the cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CellChange {
    /// Removes the cell.
    Clear,
    /// Sets the cell vectors (columns, Å) and the periodic axes.
    Set(DMat3, [bool; 3]),
}

impl Interaction {
    /// Minimum number of atoms, with the largest index included.
    pub fn reach(&self) -> usize {
        let end = |last: Option<&usize>| last.map_or(0, |index| index.saturating_add(1));
        self.atoms
            .max(end(self.elements.keys().next_back()))
            .max(end(self.positions.keys().next_back()))
            .max(end(self.velocities.keys().next_back()))
    }

    /// Merges a later interaction into this one: the last value of each atom wins, and a full update
    /// stays one under later changes of it. \[19\]
    pub fn merge(&mut self, later: Interaction) {
        if later.full {
            let earlier = std::mem::replace(self, later);
            self.cell = self.cell.or(earlier.cell);
            self.charge = self.charge.or(earlier.charge);
            self.multiplicity = self.multiplicity.or(earlier.multiplicity);
            return;
        }
        self.atoms = self.atoms.max(if self.full {
            later.reach()
        } else {
            later.atoms
        });
        self.elements.extend(later.elements);
        self.positions.extend(later.positions);
        self.velocities.extend(later.velocities);
        self.cell = later.cell.or(self.cell);
        self.charge = later.charge.or(self.charge);
        self.multiplicity = later.multiplicity.or(self.multiplicity);
    }
}
