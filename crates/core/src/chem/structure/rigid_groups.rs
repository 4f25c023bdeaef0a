//! Rigid groups: atoms that keep their distances from one another in dynamics and relaxations.

use std::sync::Arc;

use super::{Structure, StructureError};

impl Structure {
    /// The groups of atoms that move as rigid bodies, each sorted, ordered by their first atoms. No atom
    /// is in two of them.
    ///
    /// ```
    /// use mlipview_core::chem::library;
    ///
    /// let mut water = library::find("water").unwrap().structure()?;
    /// water.set_rigid_groups(vec![vec![2, 0, 1]])?;
    /// assert_eq!(**water.rigid_groups(), [vec![0, 1, 2]]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn rigid_groups(&self) -> &Arc<[Vec<usize>]> {
        &self.rigid_groups
    }

    /// Replaces the rigid groups. A group of fewer than two atoms is dropped, since an atom alone is
    /// rigid.
    ///
    /// # Errors
    /// If an atom does not exist, or is listed twice.
    pub fn set_rigid_groups(&mut self, groups: Vec<Vec<usize>>) -> Result<(), StructureError> {
        let mut taken = vec![false; self.len()];
        for &atom in groups.iter().flatten() {
            match taken.get_mut(atom) {
                Some(taken) if !*taken => *taken = true,
                _ => return Err(StructureError::RigidGroup(atom)),
            }
        }
        self.rigid_groups = in_order(groups);
        Ok(())
    }

    /// The rigid group of each atom, as an index into [`Structure::rigid_groups`]: `[atoms]`.
    pub fn rigid_group_of_atoms(&self) -> Vec<Option<usize>> {
        let mut group_of = vec![None; self.len()];
        for (index, group) in self.rigid_groups.iter().enumerate() {
            group.iter().for_each(|&atom| group_of[atom] = Some(index));
        }
        group_of
    }

    /// The groups of the atoms that have a new index.
    pub(super) fn renumbered_rigid_groups(
        &self,
        new: impl Fn(usize) -> Option<usize>,
    ) -> Arc<[Vec<usize>]> {
        let groups = self.rigid_groups.iter();
        in_order(groups.map(|group| group.iter().filter_map(|&atom| new(atom)).collect()))
    }

    /// Adds the groups of another structure, whose atoms follow.
    pub(super) fn append_rigid_groups(&mut self, other: &Structure) {
        if !other.rigid_groups.is_empty() {
            let before = self.len();
            let present = self.rigid_groups.iter().cloned();
            self.rigid_groups = present.chain(shifted(other, before)).collect();
        }
    }

    /// The groups of copies of the structure, one after another.
    pub(super) fn repeated_rigid_groups(&self, copies: usize) -> Arc<[Vec<usize>]> {
        (0..copies)
            .flat_map(|copy| shifted(self, copy * self.len()))
            .collect()
    }
}

fn shifted(structure: &Structure, by: usize) -> impl Iterator<Item = Vec<usize>> {
    let groups = structure.rigid_groups.iter();
    groups.map(move |group| group.iter().map(|atom| atom + by).collect())
}

fn in_order(groups: impl IntoIterator<Item = Vec<usize>>) -> Arc<[Vec<usize>]> {
    let mut groups: Vec<Vec<usize>> = groups.into_iter().filter(|it| it.len() > 1).collect();
    groups.iter_mut().for_each(|group| group.sort_unstable());
    groups.sort_unstable_by_key(|group| group.first().copied());
    groups.into()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use glam::DVec3;

    use super::*;
    use crate::chem::{Cell, Element};

    fn five_atoms() -> Structure {
        let positions = (0..5).map(|i| DVec3::X * f64::from(i)).collect();
        let mut structure = Structure::new(vec![Element::AR; 5], positions).unwrap();
        structure
            .set_rigid_groups(vec![vec![4, 3], vec![2], vec![1, 0]])
            .unwrap();
        structure
    }

    #[test]
    fn rigid_groups_are_disjoint_sorted_and_of_two_atoms_at_least() {
        let mut structure = five_atoms();
        assert_eq!(**structure.rigid_groups(), [vec![0, 1], vec![3, 4]]);
        let group_of = structure.rigid_group_of_atoms();
        assert_eq!(group_of, [Some(0), Some(0), None, Some(1), Some(1)]);
        for (groups, atom) in [
            (vec![vec![0, 1], vec![1, 2]], 1),
            (vec![vec![3, 3]], 3),
            (vec![vec![0, 5]], 5),
        ] {
            let refused = structure.set_rigid_groups(groups);
            assert_eq!(refused, Err(StructureError::RigidGroup(atom)));
        }
        assert_eq!(structure.rigid_groups().len(), 2, "unchanged");
    }

    #[test]
    fn rigid_groups_follow_their_atoms() {
        let structure = five_atoms();
        let selected = structure.select(&[4, 0, 3]).unwrap();
        assert_eq!(**selected.rigid_groups(), [vec![0, 2]]);
        let mut both = five_atoms();
        both.append(&structure);
        let groups = [vec![0, 1], vec![3, 4], vec![5, 6], vec![8, 9]];
        assert_eq!(**both.rigid_groups(), groups);
        let cell = Cell::orthorhombic(DVec3::splat(9.0)).unwrap();
        let repeated = structure.with_cell(cell).repeat([2, 1, 1]).unwrap();
        assert_eq!(**repeated.rigid_groups(), groups);
    }
}
