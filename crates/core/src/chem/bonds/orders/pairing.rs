//! Greedy assignment of double and triple bonds, shortest first.

use glam::DVec3;

use super::lengths::order_by_length;
use super::valence::{covalent_valence, free_valences, is_hypervalent};
use crate::chem::bonds::Bonds;
use crate::chem::structure::BondOrder;
use crate::chem::{Cell, Element};

/// Minimum order by length of a double bond.
const MIN_DOUBLE: f64 = 1.5;
/// Order by length of a stated aromatic bond.
const AROMATIC: f64 = 1.6;

/// Bond orders during perception, and the valences that are still free.
pub(super) struct Pairing<'a> {
    pub(super) elements: &'a [Element],
    pub(super) bonds: &'a Bonds,
    pub(super) orders: Vec<u8>,
    /// Order by length of each bond that may be multiple, else 0; `[bonds]`.
    pub(super) length_orders: Vec<f64>,
    /// Free valences, `[atoms]`.
    pub(super) free_valences: Vec<u8>,
    /// Sum of bond orders to nonmetals, `[atoms]`.
    pub(super) used: Vec<u32>,
    /// Whether each atom has two opposite bonds.
    pub(super) is_linear: Vec<bool>,
    /// Whether each atom may have several double bonds.
    pub(super) is_hypervalent: Vec<bool>,
    /// Whether the atom's molecule includes its hydrogens.
    pub(super) is_complete: Vec<bool>,
}

impl<'a> Pairing<'a> {
    /// Starts from stated orders and single bonds. `is_complete`: whether the molecule of each atom
    /// includes its hydrogens.
    pub(super) fn new(
        elements: &'a [Element],
        positions: &[DVec3],
        cell: Option<&Cell>,
        bonds: &'a Bonds,
        is_complete: Vec<bool>,
    ) -> Pairing<'a> {
        let mut orders = vec![0; bonds.list().len()];
        let mut length_orders = vec![0.0; orders.len()];
        let mut used = vec![0_u32; elements.len()];
        for (index, bond) in bonds.list().iter().enumerate() {
            let ends = bond.atoms.map(|atom| elements[atom as usize]);
            if !bond.holds() {
                // A breaking or forming bond uses a valence and is not a double bond.
                for atom in bond.atoms {
                    used[atom as usize] += 1;
                }
                continue;
            }
            (orders[index], length_orders[index]) = match bonds.stated(bond) {
                Some(BondOrder::Single) => (1, 0.0),
                Some(BondOrder::Double) => (2, 0.0),
                Some(BondOrder::Triple) => (3, 0.0),
                Some(BondOrder::Quadruple) => (4, 0.0),
                Some(BondOrder::Aromatic) => (1, AROMATIC),
                Some(BondOrder::Unspecified) | None => {
                    let length = bond.between(positions, cell).length();
                    (1, order_by_length(ends, length))
                }
            };
            // Bonds to metals use no valence, as those of a carboxylate's oxygens.
            if ends.iter().all(|&end| covalent_valence(end).is_some()) {
                for atom in bond.atoms {
                    used[atom as usize] += u32::from(orders[index]);
                }
            } else {
                length_orders[index] = 0.0;
            }
        }
        let is_linear = |atom| is_linear(positions, cell, bonds, atom);
        let with_used = || elements.iter().zip(&used);
        Pairing {
            elements,
            bonds,
            orders,
            length_orders,
            free_valences: with_used()
                .map(|(&element, &used)| free_valences(element, used))
                .collect(),
            is_linear: (0..elements.len()).map(is_linear).collect(),
            is_hypervalent: with_used()
                .map(|(&element, &used)| is_hypervalent(element, used))
                .collect(),
            is_complete,
            used,
        }
    }

    pub(super) fn atoms_of(&self, bond: usize) -> [usize; 2] {
        self.bonds.list()[bond].atoms.map(|atom| atom as usize)
    }

    pub(super) fn other_atom(&self, bond: usize, atom: usize) -> usize {
        let [one, other] = self.atoms_of(bond);
        if one == atom { other } else { one }
    }

    /// Increases or decreases the order of a bond by one.
    pub(super) fn change_order(&mut self, bond: usize, more: bool) {
        for atom in self.atoms_of(bond) {
            if more {
                self.free_valences[atom] -= 1;
                self.used[atom] += 1;
            } else {
                self.free_valences[atom] += 1;
                self.used[atom] -= 1;
            }
        }
        if more {
            self.orders[bond] += 1;
        } else {
            self.orders[bond] -= 1;
        }
    }

    /// Assigns double and triple bonds, highest order by length first.
    pub(super) fn pair_shortest_first(&mut self) {
        let mut candidates: Vec<(f64, usize)> = Vec::new();
        for (bond, &order) in self.length_orders.iter().enumerate() {
            if order == 0.0
                || !self
                    .atoms_of(bond)
                    .iter()
                    .all(|&atom| self.free_valences[atom] > 0)
            {
                continue;
            }
            let min_order = if self.is_complete(bond) {
                0.0
            } else {
                MIN_DOUBLE
            };
            // A triple bond ranks one below its order by length.
            let steps = [order, order - 1.0];
            let wanted = steps.iter().filter(|&&step| step >= min_order);
            candidates.extend(wanted.map(|&step| (step, bond)));
        }
        candidates.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        for (_, bond) in candidates {
            let [one, other] = self.atoms_of(bond);
            if one != other
                && self.has_free_valence(one, bond)
                && self.has_free_valence(other, bond)
            {
                self.change_order(bond, true);
            }
        }
    }

    /// Whether both atoms of a bond are in molecules that include their hydrogens.
    pub(super) fn is_complete(&self, bond: usize) -> bool {
        self.atoms_of(bond)
            .iter()
            .all(|&atom| self.is_complete[atom])
    }

    /// Whether an atom has a free valence for one of its bonds.
    fn has_free_valence(&self, atom: usize, bond: usize) -> bool {
        self.free_valences[atom] > 0
            && (self.is_linear[atom]
                || self.is_hypervalent[atom]
                || self.orders[bond] > 1
                || self.has_single_bonds(atom))
    }

    pub(super) fn has_single_bonds(&self, atom: usize) -> bool {
        self.bonds.of_atom(atom).all(|bond| self.orders[bond] == 1)
    }

    /// Whether an atom has a free valence and only single bonds.
    pub(super) fn is_unpaired(&self, atom: usize) -> bool {
        self.free_valences[atom] > 0 && self.has_single_bonds(atom)
    }

    /// Gives sulfur two more double bonds if two unpaired neighbors are close: sulfur dioxide and
    /// trioxide, but not sulfite.
    pub(super) fn pair_with_sulfur(&mut self) {
        for atom in 0..self.elements.len() {
            if self.elements[atom] != Element::S || ![2, 4].contains(&self.used[atom]) {
                continue;
            }
            let is_candidate = |&bond: &usize| {
                self.length_orders[bond] >= MIN_DOUBLE
                    && self.is_unpaired(self.other_atom(bond, atom))
            };
            let wanted: Vec<usize> = self.bonds.of_atom(atom).filter(is_candidate).collect();
            if wanted.len() == 2 {
                self.free_valences[atom] += 2;
                wanted
                    .into_iter()
                    .for_each(|bond| self.change_order(bond, true));
            }
        }
    }
}

/// Whether the atom has two bonds, opposite within 25°: cos θ < −0.9.
fn is_linear(positions: &[DVec3], cell: Option<&Cell>, bonds: &Bonds, atom: usize) -> bool {
    let mut vectors = bonds.of_atom(atom).map(|index| {
        let bond = &bonds.list()[index];
        let vector = bond.between(positions, cell);
        if bond.atoms[0] as usize == atom {
            vector
        } else {
            -vector
        }
    });
    match (vectors.next(), vectors.next(), vectors.next()) {
        (Some(one), Some(other), None) => one.dot(other) < -0.9 * one.length() * other.length(),
        _ => false,
    }
}

/// Whether the molecule of each atom has hydrogens on carbon or, without carbon, any hydrogens.
pub(super) fn complete(elements: &[Element], bonds: &Bonds) -> Vec<bool> {
    let is = |atom: u32, element: Element| elements[atom as usize] == element;
    let mut complete = vec![false; elements.len()];
    for molecule in bonds.molecules() {
        let has = |element| molecule.iter().any(|&atom| elements[atom] == element);
        let on_carbon = || {
            molecule.iter().any(|&atom| {
                elements[atom] == Element::H
                    && bonds.of_atom(atom).any(|bond| {
                        let ends = bonds.list()[bond].atoms;
                        ends.iter().any(|&end| is(end, Element::C))
                    })
            })
        };
        let whole = match has(Element::C) {
            true => on_carbon(),
            false => has(Element::H),
        };
        for atom in molecule {
            complete[atom] = whole;
        }
    }
    complete
}
