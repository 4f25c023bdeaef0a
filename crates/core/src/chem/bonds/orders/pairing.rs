//! Second and third bonds, given to the shortest pairs of atoms first.

use glam::DVec3;

use super::lengths::order_by_length;
use super::valence::{covalent_valence, is_hypervalent, left};
use crate::chem::bonds::Bonds;
use crate::chem::structure::BondOrder;
use crate::chem::{Cell, Element};

/// From this order by length on, a bond is rather double than single.
const DOUBLE: f64 = 1.5;
/// Order that a stated aromatic bond counts as.
const AROMATIC: f64 = 1.6;

/// Orders in the making.
pub(super) struct Pairing<'a> {
    pub(super) elements: &'a [Element],
    pub(super) bonds: &'a Bonds,
    pub(super) orders: Vec<u8>,
    /// By its length, of each bond that may become a multiple one; else 0.
    pub(super) by_length: Vec<f64>,
    /// Valences that each atom has left.
    pub(super) left: Vec<u8>,
    /// Bonds that each atom has to atoms other than metals, a double one counting twice.
    pub(super) used: Vec<u32>,
    /// Whether an atom has two bonds, opposite to each other.
    pub(super) is_straight: Vec<bool>,
    /// Whether an atom may have several double bonds all the same.
    pub(super) is_hypervalent: Vec<bool>,
    /// Whether the atom's molecule has its hydrogens.
    pub(super) is_complete: Vec<bool>,
}

impl<'a> Pairing<'a> {
    /// Single bonds, and the orders that are stated. `is_complete` says of each atom whether its molecule
    /// has its hydrogens.
    pub(super) fn new(
        elements: &'a [Element],
        positions: &[DVec3],
        cell: Option<&Cell>,
        bonds: &'a Bonds,
        is_complete: Vec<bool>,
    ) -> Pairing<'a> {
        let mut orders = vec![0; bonds.list().len()];
        let mut by_length = vec![0.0; orders.len()];
        let mut used = vec![0_u32; elements.len()];
        for (index, bond) in bonds.list().iter().enumerate() {
            let ends = bond.atoms.map(|atom| elements[atom as usize]);
            if !bond.holds() {
                // Breaking or forming: it takes up a valence, and is no double bond.
                for atom in bond.atoms {
                    used[atom as usize] += 1;
                }
                continue;
            }
            (orders[index], by_length[index]) = match bonds.stated(bond) {
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
            // A metal is bonded by what is left over, as the oxygens of a carboxylate have it.
            if ends.iter().all(|&end| covalent_valence(end).is_some()) {
                for atom in bond.atoms {
                    used[atom as usize] += u32::from(orders[index]);
                }
            } else {
                by_length[index] = 0.0;
            }
        }
        let is_straight = |atom| is_straight(positions, cell, bonds, atom);
        let with_used = || elements.iter().zip(&used);
        Pairing {
            elements,
            bonds,
            orders,
            by_length,
            left: with_used()
                .map(|(&element, &used)| left(element, used))
                .collect(),
            is_straight: (0..elements.len()).map(is_straight).collect(),
            is_hypervalent: with_used()
                .map(|(&element, &used)| is_hypervalent(element, used))
                .collect(),
            is_complete,
            used,
        }
    }

    pub(super) fn ends(&self, bond: usize) -> [usize; 2] {
        self.bonds.list()[bond].atoms.map(|atom| atom as usize)
    }

    pub(super) fn other_end(&self, bond: usize, atom: usize) -> usize {
        let [one, other] = self.ends(bond);
        if one == atom { other } else { one }
    }

    /// One more or one fewer bond between two atoms.
    pub(super) fn shift(&mut self, bond: usize, more: bool) {
        for atom in self.ends(bond) {
            if more {
                self.left[atom] -= 1;
                self.used[atom] += 1;
            } else {
                self.left[atom] += 1;
                self.used[atom] -= 1;
            }
        }
        if more {
            self.orders[bond] += 1;
        } else {
            self.orders[bond] -= 1;
        }
    }

    pub(super) fn pair_shortest_first(&mut self) {
        let mut seconds: Vec<(f64, usize)> = Vec::new();
        for (bond, &order) in self.by_length.iter().enumerate() {
            if order == 0.0 || !self.ends(bond).iter().all(|&atom| self.left[atom] > 0) {
                continue;
            }
            let least = if self.is_complete(bond) { 0.0 } else { DOUBLE };
            // A third bond is worth as much less as the second took.
            let steps = [order, order - 1.0];
            let wanted = steps.iter().filter(|&&step| step >= least);
            seconds.extend(wanted.map(|&step| (step, bond)));
        }
        seconds.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        for (_, bond) in seconds {
            let [one, other] = self.ends(bond);
            if one != other && self.takes(one, bond) && self.takes(other, bond) {
                self.shift(bond, true);
            }
        }
    }

    /// Whether both atoms of a bond are of a molecule that has its hydrogens.
    pub(super) fn is_complete(&self, bond: usize) -> bool {
        self.ends(bond).iter().all(|&atom| self.is_complete[atom])
    }

    /// Whether an atom has a valence left for one of its bonds.
    fn takes(&self, atom: usize, bond: usize) -> bool {
        self.left[atom] > 0
            && (self.is_straight[atom]
                || self.is_hypervalent[atom]
                || self.orders[bond] > 1
                || self.has_single_bonds(atom))
    }

    pub(super) fn has_single_bonds(&self, atom: usize) -> bool {
        self.bonds.of_atom(atom).all(|bond| self.orders[bond] == 1)
    }

    /// Whether an atom could have a double bond and has none.
    pub(super) fn is_alone(&self, atom: usize) -> bool {
        self.left[atom] > 0 && self.has_single_bonds(atom)
    }

    /// Sulfur has two bonds more where two neighbors want a second one, and are near: sulfur dioxide and
    /// trioxide, but not sulfite.
    pub(super) fn pair_with_sulfur(&mut self) {
        for atom in 0..self.elements.len() {
            if self.elements[atom] != Element::S || ![2, 4].contains(&self.used[atom]) {
                continue;
            }
            let wants = |&bond: &usize| {
                self.by_length[bond] >= DOUBLE && self.is_alone(self.other_end(bond, atom))
            };
            let wanted: Vec<usize> = self.bonds.of_atom(atom).filter(wants).collect();
            if wanted.len() == 2 {
                self.left[atom] += 2;
                wanted.into_iter().for_each(|bond| self.shift(bond, true));
            }
        }
    }
}

/// Whether the atom's bonds are two and opposite, to within 25°.
fn is_straight(positions: &[DVec3], cell: Option<&Cell>, bonds: &Bonds, atom: usize) -> bool {
    let mut arms = bonds.of_atom(atom).map(|index| {
        let bond = &bonds.list()[index];
        let vector = bond.between(positions, cell);
        if bond.atoms[0] as usize == atom {
            vector
        } else {
            -vector
        }
    });
    match (arms.next(), arms.next(), arms.next()) {
        (Some(one), Some(other), None) => one.dot(other) < -0.9 * one.length() * other.length(),
        _ => false,
    }
}

/// By atom, whether its molecule has hydrogens on carbon; without carbon, any hydrogens.
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
