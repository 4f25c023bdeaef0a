//! Selecting and joining atoms of structures.

use super::{Label, StatedBond, Structure};
use crate::chem::Element;
use crate::chem::properties::pick;

impl Structure {
    /// The atoms at these indices, in their order, with their per-atom data, and the stated bonds and
    /// rigid groups among them. Cell, charge, multiplicity and info are kept. `None` if an index is out of range or
    /// repeated.
    pub fn select(&self, atoms: &[usize]) -> Option<Structure> {
        let mut new_index = vec![None; self.len()];
        for (new, &old) in atoms.iter().enumerate() {
            if new_index.get_mut(old)?.replace(new).is_some() {
                return None;
            }
        }
        let renumbered = |bond: &StatedBond| {
            let [one, other] = bond.atoms.map(|atom| new_index[atom]);
            Some(StatedBond {
                atoms: [one?, other?],
                ..*bond
            })
        };
        Some(Structure {
            elements: pick(&self.elements, atoms),
            positions: pick(&self.positions, atoms),
            fixed: pick(&self.fixed, atoms),
            rigid_groups: self.renumbered_rigid_groups(|atom| new_index[atom]),
            masses: self.masses.as_ref().map(|masses| pick(masses, atoms)),
            labels: self.labels.as_ref().map(|labels| pick(labels, atoms)),
            stated_bonds: self.stated_bonds.iter().filter_map(renumbered).collect(),
            arrays: self
                .arrays
                .iter()
                .map(|(name, column)| (name.clone(), column.select(atoms)))
                .collect(),
            cell: self.cell.clone(),
            info: self.info.clone(),
            ..*self
        })
    }

    /// Appends the atoms of another structure. Charges add up; cell, multiplicity and info are kept.
    /// Per-atom data of only one of the two are filled up with zero, false or empty strings.
    pub fn append(&mut self, other: &Structure) {
        let (before, added) = (self.len(), other.len());
        if self.masses.is_some() || other.masses.is_some() {
            let both = (0..before).map(|atom| self.mass(atom));
            self.masses = Some(
                both.chain((0..added).map(|atom| other.mass(atom)))
                    .collect(),
            );
        }
        if self.labels.is_some() || other.labels.is_some() {
            let mut labels = self.labels.take().unwrap_or(vec![Label::default(); before]);
            let none = || vec![Label::default(); added];
            labels.extend(other.labels.clone().unwrap_or_else(none));
            self.labels = Some(labels);
        }
        self.append_arrays(other);
        self.append_rigid_groups(other);
        self.elements.extend_from_slice(&other.elements);
        self.positions.extend_from_slice(&other.positions);
        self.fixed.extend_from_slice(&other.fixed);
        self.stated_bonds
            .extend(other.stated_bonds.iter().map(|bond| StatedBond {
                atoms: bond.atoms.map(|atom| atom + before),
                ..*bond
            }));
        self.charge += other.charge;
    }

    fn append_arrays(&mut self, other: &Structure) {
        let (before, added) = (self.len(), other.len());
        for (name, column) in &mut self.arrays {
            let twin = other.arrays.get(name).filter(|twin| twin.is_like(column));
            match twin {
                Some(twin) => column.extend(twin),
                None => column.extend(&column.neutral(added)),
            }
        }
        for (name, column) in &other.arrays {
            self.arrays.entry(name.clone()).or_insert_with(|| {
                let mut whole = column.neutral(before);
                whole.extend(column);
                whole
            });
        }
    }

    /// Sets the element of an atom, and its mass to the standard atomic weight. `None` if the atom is
    /// out of range.
    pub fn set_element(&mut self, atom: usize, element: Element) -> Option<()> {
        *self.elements.get_mut(atom)? = element;
        if let Some(masses) = &mut self.masses {
            masses[atom] = element.mass();
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use glam::DVec3;

    use super::*;
    use crate::chem::properties::{Column, Data};
    use crate::chem::structure::BondOrder;

    fn water() -> Structure {
        let elements = vec![Element::O, Element::H, Element::H];
        let positions = vec![DVec3::ZERO, DVec3::X, DVec3::Y];
        let mut water = Structure::new(elements, positions).unwrap();
        let bond = |hydrogen| StatedBond {
            atoms: [0, hydrogen],
            order: BondOrder::Single,
        };
        water.set_stated_bonds(vec![bond(1), bond(2)]).unwrap();
        water
            .set_array(
                "tags",
                Column::new(Data::Integers(vec![7, 8, 9]), 1).unwrap(),
            )
            .unwrap();
        water
    }

    #[test]
    fn a_selection_keeps_what_belongs_to_its_atoms() {
        let hydroxide = water().select(&[2, 0]).unwrap();
        assert_eq!(hydroxide.elements(), [Element::H, Element::O]);
        assert_eq!(hydroxide.positions(), [DVec3::Y, DVec3::ZERO]);
        assert_eq!(hydroxide.stated_bonds().len(), 1);
        assert_eq!(hydroxide.stated_bonds()[0].atoms, [1, 0]);
        assert_eq!(
            hydroxide.arrays()["tags"].data(),
            &Data::Integers(vec![9, 7])
        );
        assert_eq!(water().select(&[0, 0]), None);
        assert_eq!(water().select(&[3]), None);
    }

    #[test]
    fn two_structures_become_one_and_each_half_is_itself() {
        let mut both = water();
        let mut other = water();
        other.remove_array("tags");
        other.charge = 1;
        both.append(&other);
        assert_eq!((both.len(), both.charge), (6, 1));
        assert_eq!(both.stated_bonds()[3].atoms, [3, 5]);
        assert_eq!(
            both.arrays()["tags"].data(),
            &Data::Integers(vec![7, 8, 9, 0, 0, 0])
        );
        assert_eq!(
            both.select(&[0, 1, 2]).unwrap().positions(),
            water().positions()
        );
    }
}
