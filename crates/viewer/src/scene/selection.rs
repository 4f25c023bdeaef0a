//! Selected atoms, and the atom or bond under the pointer.

use bevy::prelude::*;

/// The selected atoms in the order of their selection, which defines the vertex of an angle.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    atoms: Vec<usize>,
    selected: Vec<bool>,
}

impl Selection {
    /// The selected atoms in the order of their selection.
    pub fn atoms(&self) -> &[usize] {
        &self.atoms
    }

    /// Whether an atom is selected.
    pub fn contains(&self, atom: usize) -> bool {
        self.selected.get(atom).copied().unwrap_or(false)
    }

    /// Selects these atoms only.
    pub fn set(&mut self, atoms: impl IntoIterator<Item = usize>) {
        self.clear();
        for atom in atoms {
            self.add(atom);
        }
    }

    /// Adds an atom to the selection.
    pub fn add(&mut self, atom: usize) {
        if self.contains(atom) {
            return;
        }
        if self.selected.len() <= atom {
            self.selected.resize(atom + 1, false);
        }
        self.selected[atom] = true;
        self.atoms.push(atom);
    }

    /// Adds an atom to the selection, or removes it.
    pub fn toggle(&mut self, atom: usize) {
        if self.contains(atom) {
            self.selected[atom] = false;
            self.atoms.retain(|other| *other != atom);
        } else {
            self.add(atom);
        }
    }

    /// Selects nothing.
    pub fn clear(&mut self) {
        self.atoms.clear();
        self.selected.clear();
    }
}

/// Something that can be pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// An atom, by index.
    Atom(usize),
    /// A bond, by index into the perceived bonds.
    Bond(usize),
}

/// The hovered atom or bond, and the atoms that a gesture would move.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq)]
pub struct Hover {
    /// The hovered atom or bond.
    pub target: Option<Target>,
    /// The atoms that rotating the selected bond would move.
    pub moving: Vec<usize>,
}
