//! The atoms that a series of edits has added or moved.

use super::Edit;

/// Indices of added and moved atoms, followed through edits.
pub(super) struct MovedAtoms {
    /// Number of atoms.
    pub(super) atoms: usize,
    /// Their indices after the edits so far.
    pub(super) moved: Vec<usize>,
}

impl MovedAtoms {
    pub(super) fn follow(&mut self, edit: &Edit) {
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
            Edit::Several(edits) => edits.iter().for_each(|edit| self.follow(edit)),
            Edit::SetCell(_) => self.moved = (0..self.atoms).collect(),
            Edit::Replace(structure, _) => {
                self.atoms = structure.len();
                self.moved = (0..self.atoms).collect();
            }
            Edit::SetFixed(_) | Edit::SetCharge { .. } | Edit::SetVelocities(_) => {}
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
