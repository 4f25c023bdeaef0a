//! Missing bonds of an atom.

use super::bonded_neighbors;
use crate::chem::bonds::Orders;
use crate::chem::bonds::orders::{covalent_valence, order_by_length};
use crate::chem::{Bonds, Element, Structure};

/// Minimum order by length of a delocalized bond of a terminal oxygen or sulfur: above it the
/// carboxylate ion (1.26 Å), below it the acid in its dimer (1.30 Å).
const MIN_SHARED: f64 = 1.6;
/// Minimum order by length of the bond of carbon monoxide.
const MIN_MONOXIDE: f64 = 2.3;

/// Bond orders of a structure and missing bonds of its atoms.
pub(super) struct Valences {
    /// Orders of the bonds in [`Bonds::list`], 0 for one too weak to hold, `[bonds]`.
    orders: Vec<u8>,
    /// Missing bonds, `[atoms]`.
    pub(super) missing: Vec<u8>,
}

impl Valences {
    pub(super) fn of(structure: &Structure, bonds: &Bonds) -> Valences {
        let orders = Orders::without_hydrogens(structure, bonds).localized;
        let mut used = vec![0_u32; structure.len()];
        for (bond, &order) in bonds.list().iter().zip(&orders) {
            for atom in bond.atoms {
                // A breaking or forming bond uses a valence.
                used[atom as usize] += u32::from(order.max(1));
            }
        }
        let missing = used.into_iter().enumerate().map(|(atom, used)| {
            let valence = covalent_valence(structure.elements()[atom]).unwrap_or(0);
            if is_complete_terminal_atom(structure, bonds, atom) {
                return 0;
            }
            u32::from(valence).saturating_sub(used) as u8
        });
        Valences {
            missing: missing.collect(),
            orders,
        }
    }

    /// Number of π bonds of an atom: Σ (order − 1).
    pub(super) fn multiple(&self, bonds: &Bonds, atom: usize) -> u32 {
        bonds
            .of_atom(atom)
            .map(|bond| u32::from(self.orders[bond].saturating_sub(1)))
            .sum()
    }

    /// Whether the atom is bonded to one with double bonds, so that it is conjugated.
    pub(super) fn is_conjugated(&self, structure: &Structure, bonds: &Bonds, atom: usize) -> bool {
        bonded_neighbors(structure, bonds, atom)
            .any(|(_, other, _)| self.multiple(bonds, other) > 0)
    }
}

/// Whether a terminal atom (one bond except to metals, of no stated order) needs no hydrogen since its
/// bond is as short as a double bond: an oxygen of a carboxylate, nitro group, phosphate or sulfone, and
/// the carbon of carbon monoxide.
fn is_complete_terminal_atom(structure: &Structure, bonds: &Bonds, atom: usize) -> bool {
    let elements = |bond: usize| {
        let ends = bonds.list()[bond].atoms;
        ends.map(|end| structure.elements()[end as usize])
    };
    let covalent = |end: Element| covalent_valence(end).is_some();
    let mut own = bonds
        .of_atom(atom)
        .filter(|&bond| elements(bond).into_iter().all(covalent));
    let (Some(index), None) = (own.next(), own.next()) else {
        return false;
    };
    let (bond, ends) = (&bonds.list()[index], elements(index));
    let element = structure.elements()[atom];
    let by_length = order_by_length(ends, bond.length(structure));
    let chalcogen = [Element::O, Element::S].contains(&element);
    let monoxide = element == Element::C && ends.contains(&Element::O);
    bond.order.is_none()
        && (chalcogen && by_length >= MIN_SHARED || monoxide && by_length >= MIN_MONOXIDE)
}
