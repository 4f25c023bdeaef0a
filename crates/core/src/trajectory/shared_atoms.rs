//! Structures shared by the frames of a file that have the same atoms.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::chem::Structure;
use crate::chem::properties::{Column, Data};

/// Maximum number of structures; the least recently used is dropped.
const MAX_STRUCTURES: usize = 4;

/// Structures of the last frames, the newest at the end.
#[derive(Debug, Default)]
pub(super) struct SharedAtoms {
    structures: VecDeque<Arc<Structure>>,
}

impl SharedAtoms {
    /// The structure with the atoms of another one: without info, and without numeric arrays, which may be
    /// results of a calculation.
    pub(super) fn of(&mut self, structure: &Structure) -> Arc<Structure> {
        let is_same = |one: &Arc<Structure>| have_same_atoms(one, structure);
        let shared = match self.structures.iter().position(is_same) {
            Some(index) => self.structures.remove(index),
            None => None,
        };
        let shared = shared.unwrap_or_else(|| Arc::new(atoms_of(structure)));
        self.structures.push_back(Arc::clone(&shared));
        if self.structures.len() > MAX_STRUCTURES {
            self.structures.pop_front();
        }
        shared
    }
}

/// Arrays that name or mark atoms.
fn arrays_of_atoms(structure: &Structure) -> impl Iterator<Item = (&String, &Column)> {
    let arrays = structure.arrays().iter();
    arrays.filter(|(_, column)| !is_numeric(column))
}

fn is_numeric(column: &Column) -> bool {
    matches!(column.data(), Data::Reals(_) | Data::Integers(_))
}

fn atoms_of(structure: &Structure) -> Structure {
    let mut atoms = structure.clone();
    atoms.info.clear();
    let arrays = structure.arrays().iter();
    for (name, _) in arrays.filter(|(_, column)| is_numeric(column)) {
        atoms.remove_array(name);
    }
    atoms
}

/// Whether a structure has the atoms of another one; positions and cell may differ.
fn have_same_atoms(atoms: &Structure, other: &Structure) -> bool {
    atoms.elements() == other.elements()
        && atoms.fixed() == other.fixed()
        && atoms.rigid_groups() == other.rigid_groups()
        && atoms.stated_masses() == other.stated_masses()
        && atoms.labels() == other.labels()
        && atoms.stated_bonds() == other.stated_bonds()
        && atoms.charge == other.charge
        && atoms.multiplicity() == other.multiplicity()
        && arrays_of_atoms(atoms).eq(arrays_of_atoms(other))
}
