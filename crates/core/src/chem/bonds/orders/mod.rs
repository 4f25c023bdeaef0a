//! Bond order perception: double, triple and aromatic bonds from valences and lengths.
//!
//! Multiple bonds are a matching of atoms with free valences. A greedy pass pairs the shortest bonds
//! first; an atom gets a second multiple bond only if the bond is short enough for a triple bond or the
//! atom is linear as in allene (`pairing`). Atoms that the greedy pass leaves over are paired along
//! augmenting paths (`augmenting_path`), first neutral atoms, then with a nitrogen or oxygen that becomes
//! a cation. Rings of 4n + 2 π electrons are aromatic (`aromatic`).
//!
//! In a molecule with hydrogens on its carbons, valences decide and lengths only rank; without them, as
//! in most files of proteins, a double bond must be short. Bonds of metals have no order.

mod aromatic;
mod augmenting_path;
mod lengths;
mod pairing;
mod valence;

use glam::DVec3;

use super::Bonds;
use crate::chem::structure::BondOrder;
use crate::chem::{Cell, Element, Structure};
pub(in crate::chem) use lengths::order_by_length;
use pairing::Pairing;
pub(in crate::chem) use valence::covalent_valence;

/// The orders of all bonds in [`Bonds::list`].
#[derive(Clone, Debug, PartialEq)]
pub struct Orders {
    /// Orders of a Kekulé structure, 1 to 4; 0 for a bond too weak to hold; `[bonds]`.
    pub localized: Vec<u8>,
    /// Whether each bond is aromatic, `[bonds]`.
    pub aromatic: Vec<bool>,
}

impl Orders {
    /// Orders of a structure that may lack hydrogens, stated or perceived from lengths between neutral
    /// atoms.
    ///
    /// # Panics
    /// If a bond has an atom out of range.
    pub fn without_hydrogens(structure: &Structure, bonds: &Bonds) -> Orders {
        let (elements, positions) = (structure.elements(), structure.positions());
        let complete = vec![false; elements.len()];
        let cell = structure.cell.as_ref();
        let mut pairing = Pairing::new(elements, positions, cell, bonds, complete);
        pairing.pair_shortest_first();
        pairing.augment_neutral();
        Orders::from(pairing)
    }

    /// Perceives the orders at positions (Å).
    pub(super) fn perceive(
        elements: &[Element],
        positions: &[DVec3],
        cell: Option<&Cell>,
        bonds: &Bonds,
    ) -> Orders {
        let complete = pairing::complete(elements, bonds);
        let mut pairing = Pairing::new(elements, positions, cell, bonds, complete);
        pairing.pair_shortest_first();
        pairing.augment_neutral();
        pairing.pair_with_sulfur();
        pairing.augment_charged();
        Orders::from(pairing)
    }

    fn from(pairing: Pairing) -> Orders {
        let aromatic = aromatic::bonds(&pairing);
        Orders {
            localized: pairing.orders,
            aromatic,
        }
    }

    /// The order to display for a bond between two elements; `None` for metals and noble gases.
    pub(super) fn displayed(&self, bond: usize, elements: [Element; 2]) -> Option<BondOrder> {
        if elements.iter().any(|&end| covalent_valence(end).is_none()) {
            return None;
        }
        match self.localized[bond] {
            0 => None,
            _ if self.aromatic[bond] => Some(BondOrder::Aromatic),
            1 => Some(BondOrder::Single),
            2 => Some(BondOrder::Double),
            3 => Some(BondOrder::Triple),
            _ => Some(BondOrder::Quadruple),
        }
    }
}
