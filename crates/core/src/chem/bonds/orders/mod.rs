//! Bond orders: double, triple and aromatic bonds, from valences and lengths.
//!
//! Second bonds are given to pairs of atoms that have valences left, the shortest pair first, and to an
//! atom that has one already only where it is short enough for a third, or straight as in allene
//! (`pairing`). What is left over between pairs, as greed leaves it in rings, is paired up by exchanging
//! bonds along a path (`exchange`), first between neutral atoms, then with a nitrogen or oxygen that
//! becomes a cation. Rings of 4n + 2 electrons are aromatic (`aromatic`).
//!
//! In a molecule that has hydrogens on its carbons, valences decide and lengths only rank; in one that
//! lacks them, as in most files of proteins, a bond must be short to be a double one. Bonds of metals
//! have no order.

mod aromatic;
mod exchange;
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
    /// Of a structure with localized bonds (Kekulé): 1 to 4; 0 of a bond too weak to hold.
    pub localized: Vec<u8>,
    /// Whether a bond is part of an aromatic ring.
    pub aromatic: Vec<bool>,
}

impl Orders {
    /// The orders of the bonds of a structure, stated or perceived, where any hydrogen may be missing:
    /// between neutral atoms and by length.
    ///
    /// # Panics
    /// If the bonds are of more atoms.
    pub fn without_hydrogens(structure: &Structure, bonds: &Bonds) -> Orders {
        let (elements, positions) = (structure.elements(), structure.positions());
        let complete = vec![false; elements.len()];
        let cell = structure.cell.as_ref();
        let mut pairing = Pairing::new(elements, positions, cell, bonds, complete);
        pairing.pair_shortest_first();
        pairing.exchange_neutral();
        Orders::from(pairing)
    }

    /// The orders of bonds between atoms at these positions, Å.
    pub(super) fn perceive(
        elements: &[Element],
        positions: &[DVec3],
        cell: Option<&Cell>,
        bonds: &Bonds,
    ) -> Orders {
        let complete = pairing::complete(elements, bonds);
        let mut pairing = Pairing::new(elements, positions, cell, bonds, complete);
        pairing.pair_shortest_first();
        pairing.exchange_neutral();
        pairing.pair_with_sulfur();
        pairing.exchange_charged();
        Orders::from(pairing)
    }

    fn from(pairing: Pairing) -> Orders {
        let aromatic = aromatic::bonds(&pairing);
        Orders {
            localized: pairing.orders,
            aromatic,
        }
    }

    /// The order to be drawn of a bond between these elements; `None` for bonds of metals and noble
    /// gases.
    pub(super) fn drawn(&self, bond: usize, elements: [Element; 2]) -> Option<BondOrder> {
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
