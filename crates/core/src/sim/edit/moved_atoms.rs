//! The atoms that a series of edits has added or moved.

use super::Edit;

impl Edit {
    /// The atoms that this edit of a structure of `atoms` atoms adds or moves, and the `moved` ones of
    /// earlier edits that remain. Sorted; indices after the edit.
    pub fn moved_atoms(&self, atoms: usize, moved: Vec<usize>) -> Vec<usize> {
        let mut moved_atoms = MovedAtoms { atoms, moved };
        moved_atoms.follow(self);
        moved_atoms.moved.sort_unstable();
        moved_atoms.moved.dedup();
        moved_atoms.moved
    }
}

/// Indices of added and moved atoms, followed through edits.
struct MovedAtoms {
    /// Number of atoms.
    atoms: usize,
    /// Their indices after the edits so far.
    moved: Vec<usize>,
}

impl MovedAtoms {
    fn follow(&mut self, edit: &Edit) {
        match edit {
            Edit::SetPositions(positions) => {
                self.moved.extend(positions.iter().map(|(atom, _)| *atom));
            }
            Edit::Append(added) => {
                self.moved.extend(self.atoms..self.atoms + added.len());
                self.atoms += added.len();
            }
            Edit::Remove(removed) => self.renumber(removed),
            Edit::SetElement(atom, _) => self.moved.push(*atom),
            Edit::RotateAboutBond { side, .. } => self.moved.extend(side),
            Edit::Batch(edits) => edits.iter().for_each(|edit| self.follow(edit)),
            Edit::SetCell(_) => self.moved = (0..self.atoms).collect(),
            Edit::Replace(structure, _) => {
                self.atoms = structure.len();
                self.moved = (0..self.atoms).collect();
            }
            Edit::SetFixed(_)
            | Edit::SetRigid { .. }
            | Edit::SetCharge { .. }
            | Edit::SetVelocities(_) => {}
        }
    }

    fn renumber(&mut self, removed: &[usize]) {
        let mut removed = removed.to_vec();
        removed.sort_unstable();
        removed.dedup();
        self.moved
            .retain(|atom| removed.binary_search(atom).is_err());
        for atom in &mut self.moved {
            *atom -= removed.partition_point(|other| other < atom);
        }
        self.atoms = self.atoms.saturating_sub(removed.len());
    }
}
