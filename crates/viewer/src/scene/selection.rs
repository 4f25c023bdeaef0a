//! Which atoms are chosen, and what is under the pointer.

use bevy::prelude::*;

/// The chosen atoms, in the order in which they were chosen: that order gives angles their vertex.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    atoms: Vec<usize>,
    chosen: Vec<bool>,
}

impl Selection {
    /// The atoms, in the order in which they were chosen.
    pub fn atoms(&self) -> &[usize] {
        &self.atoms
    }

    /// Whether an atom is chosen.
    pub fn contains(&self, atom: usize) -> bool {
        self.chosen.get(atom).copied().unwrap_or(false)
    }

    /// Chooses these atoms and no others.
    pub fn set(&mut self, atoms: impl IntoIterator<Item = usize>) {
        self.clear();
        for atom in atoms {
            self.add(atom);
        }
    }

    /// Chooses an atom as well.
    pub fn add(&mut self, atom: usize) {
        if self.contains(atom) {
            return;
        }
        if self.chosen.len() <= atom {
            self.chosen.resize(atom + 1, false);
        }
        self.chosen[atom] = true;
        self.atoms.push(atom);
    }

    /// Chooses an atom, or leaves it out if it was chosen.
    pub fn toggle(&mut self, atom: usize) {
        if self.contains(atom) {
            self.chosen[atom] = false;
            self.atoms.retain(|other| *other != atom);
        } else {
            self.add(atom);
        }
    }

    /// Chooses nothing.
    pub fn clear(&mut self) {
        self.atoms.clear();
        self.chosen.clear();
    }
}

/// What can be pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// An atom, by index.
    Atom(usize),
    /// A bond, by index into the perceived bonds.
    Bond(usize),
}

/// What is under the pointer, and which atoms a gesture is about to move.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq)]
pub struct Hover {
    /// Under the pointer.
    pub target: Option<Target>,
    /// The atoms that turning the chosen bond moves.
    pub moving: Vec<usize>,
}
