//! Key of a structure for the choice of a potential.

use std::collections::BTreeMap;

use mlipview_core::chem::{Element, Structure};

/// Key of a choice: the composition, not the positions.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StructureKey {
    composition: BTreeMap<Element, usize>,
    charge: i32,
    multiplicity: u32,
}

impl StructureKey {
    pub(super) fn of(structure: &Structure) -> StructureKey {
        let mut composition = BTreeMap::new();
        for element in structure.elements() {
            *composition.entry(*element).or_default() += 1;
        }
        StructureKey {
            composition,
            charge: structure.charge,
            multiplicity: structure.multiplicity(),
        }
    }
}
