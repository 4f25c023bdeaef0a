//! How many bonds an atom lacks.

use super::arms;
use crate::chem::bonds::Orders;
use crate::chem::bonds::orders::{covalent_valence, order_by_length};
use crate::chem::{Bonds, Element, Structure};

/// The only bond of an oxygen or sulfur is an ion's, shared with others of its kind, from this order by
/// length on: the carboxylate ion (1.26 Å) is above, the acid in its dimer (1.30 Å) below.
const SHARED: f64 = 1.6;
/// A bond between carbon and oxygen alone from this order by length on is carbon monoxide's.
const MONOXIDE: f64 = 2.3;

/// The bonds of a structure with their orders, and what each atom lacks.
pub(super) struct Valences {
    /// Of every bond in [`Bonds::list`]; 0 for one too weak to hold.
    orders: Vec<u8>,
    /// Bonds that each atom lacks to its valence.
    pub(super) lacking: Vec<u8>,
}

impl Valences {
    pub(super) fn of(structure: &Structure, bonds: &Bonds) -> Valences {
        let orders = Orders::without_hydrogens(structure, bonds).localized;
        let mut used = vec![0_u32; structure.len()];
        for (bond, &order) in bonds.list().iter().zip(&orders) {
            for atom in bond.atoms {
                // One too weak to hold is breaking or forming, and no place for another.
                used[atom as usize] += u32::from(order.max(1));
            }
        }
        let lacking = used.into_iter().enumerate().map(|(atom, used)| {
            let valence = covalent_valence(structure.elements()[atom]).unwrap_or(0);
            if is_complete_end(structure, bonds, atom) {
                return 0;
            }
            u32::from(valence).saturating_sub(used) as u8
        });
        Valences {
            lacking: lacking.collect(),
            orders,
        }
    }

    /// How many second and third bonds an atom has.
    pub(super) fn multiple(&self, bonds: &Bonds, atom: usize) -> u32 {
        bonds
            .of_atom(atom)
            .map(|bond| u32::from(self.orders[bond].saturating_sub(1)))
            .sum()
    }

    /// Whether a bond of the atom leads to one with double bonds, with which it is conjugated.
    pub(super) fn is_conjugated(&self, structure: &Structure, bonds: &Bonds, atom: usize) -> bool {
        arms(structure, bonds, atom).any(|(_, other, _)| self.multiple(bonds, other) > 0)
    }
}

/// Whether an atom with one bond, metals aside, of no stated order, is as near as by a double bond although the
/// valences there are spent: an oxygen of a carboxylate, nitro group, phosphate, sulfone; and the
/// carbon of carbon monoxide.
fn is_complete_end(structure: &Structure, bonds: &Bonds, atom: usize) -> bool {
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
    bond.order.is_none() && (chalcogen && by_length >= SHARED || monoxide && by_length >= MONOXIDE)
}
