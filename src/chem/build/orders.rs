//! Bond orders guessed from lengths, where none are stated.
//!
//! A bond is the more a double bond the shorter it is. Second bonds are given to pairs of atoms that
//! have valences left, the shortest pair first, and to an atom that has one already only where it is
//! short enough for a third, or straight as in allene; a carbon left over between pairs, as greed leaves them
//! in rings, is paired up by exchanging bonds along a path (C. Berge, Proc. Natl. Acad. Sci. 43, 842
//! (1957), 10.1073/pnas.43.9.842), so that benzene and its kin are Kekulé structures.

use std::f64::consts::LN_2;

use super::arms;
use super::valence::covalent_valence;
use crate::chem::structure::BondOrder;
use crate::chem::{Bonds, Element, Structure};

/// Typical lengths of the single and the double bond between two elements, Å, rounded from F. H. Allen
/// et al., J. Chem. Soc., Perkin Trans. 2 1987, S1, 10.1039/P298700000S1; of two oxygens those of
/// hydrogen peroxide and dioxygen. Other pairs have no double bonds here.
const LENGTHS: [(Element, Element, f64, f64); 12] = [
    (Element::C, Element::C, 1.53, 1.335),
    (Element::C, Element::N, 1.47, 1.28),
    (Element::C, Element::O, 1.43, 1.21),
    (Element::C, Element::S, 1.82, 1.63),
    (Element::N, Element::N, 1.45, 1.25),
    (Element::N, Element::O, 1.43, 1.22),
    (Element::N, Element::S, 1.70, 1.54),
    (Element::O, Element::O, 1.46, 1.21),
    (Element::O, Element::P, 1.62, 1.48),
    (Element::O, Element::S, 1.62, 1.44),
    (Element::O, Element::CL, 1.65, 1.42),
    (Element::S, Element::S, 2.05, 1.89),
];

/// From this order by length on, a bond is rather double than single.
const DOUBLE: f64 = 1.5;
/// From this order by length on, a bond may be one of a ring's two kinds.
const CONJUGATED: f64 = 1.35;
/// What an aromatic bond counts as.
const AROMATIC: f64 = 1.6;
/// How many pairs an exchange may pass. Each step has at most two ways on, as atoms have three
/// bonds at most where they are unsaturated: 2¹⁰ paths at most.
const LONGEST_EXCHANGE: usize = 10;

/// The order of a bond by its length (Å), from 1 to 3: L. Pauling's d(1) − d(n) ∝ ln n (J. Am. Chem.
/// Soc. 69, 542 (1947), 10.1021/ja01195a024) through the lengths of single and double bond.
pub(super) fn order_by_length(elements: [Element; 2], length: f64) -> f64 {
    let [one, other] = elements;
    let typical = LENGTHS.iter().find(|(first, second, ..)| {
        (*first, *second) == (one, other) || (*first, *second) == (other, one)
    });
    typical.map_or(1.0, |(_, _, single, double)| {
        (LN_2 * (single - length) / (single - double))
            .exp()
            .clamp(1.0, 3.0)
    })
}

/// The order of every bond in [`Bonds::list`]: stated, or guessed; 0 for one too weak to hold.
pub(super) fn orders(structure: &Structure, bonds: &Bonds) -> Vec<u8> {
    let mut guess = Guess::new(structure, bonds);
    guess.pair_shortest_first();
    guess.pair_what_is_left();
    guess.orders
}

struct Guess<'a> {
    bonds: &'a Bonds,
    orders: Vec<u8>,
    /// By its length, of each bond that may become a multiple one; else 0.
    by_length: Vec<f64>,
    /// Valences that each atom has left.
    left: Vec<u8>,
    is_carbon: Vec<bool>,
    /// Whether an atom has two bonds, opposite to each other.
    is_straight: Vec<bool>,
}

impl<'a> Guess<'a> {
    fn new(structure: &Structure, bonds: &'a Bonds) -> Guess<'a> {
        let elements = structure.elements();
        let mut orders = vec![0; bonds.list().len()];
        let mut by_length = vec![0.0; orders.len()];
        let mut used = vec![0_u32; elements.len()];
        for (index, bond) in bonds.list().iter().enumerate() {
            if !bond.holds() {
                // Breaking or forming: it takes up a valence, and is no double bond.
                for atom in bond.atoms {
                    used[atom as usize] += 1;
                }
                continue;
            }
            let ends = bond.atoms.map(|atom| elements[atom as usize]);
            (orders[index], by_length[index]) = match bond.order {
                Some(BondOrder::Single) => (1, 0.0),
                Some(BondOrder::Double) => (2, 0.0),
                Some(BondOrder::Triple) => (3, 0.0),
                Some(BondOrder::Quadruple) => (4, 0.0),
                Some(BondOrder::Aromatic) => (1, AROMATIC),
                Some(BondOrder::Unspecified) | None => {
                    (1, order_by_length(ends, bond.length(structure)))
                }
            };
            // A metal is bonded by what is left over, as the oxygens of a carboxylate have it.
            if ends.iter().all(|&end| covalent_valence(end).is_some()) {
                for atom in bond.atoms {
                    used[atom as usize] += u32::from(orders[index]);
                }
            }
        }
        let valence = elements.iter().map(|&element| covalent_valence(element));
        let left = valence.zip(used).map(|(valence, used)| {
            let valence = u32::from(valence.unwrap_or(0));
            valence.saturating_sub(used) as u8
        });
        Guess {
            bonds,
            orders,
            by_length,
            left: left.collect(),
            is_carbon: elements
                .iter()
                .map(|&element| element == Element::C)
                .collect(),
            is_straight: (0..elements.len())
                .map(|atom| is_straight(structure, bonds, atom))
                .collect(),
        }
    }

    fn ends(&self, bond: usize) -> [usize; 2] {
        self.bonds.list()[bond].atoms.map(|atom| atom as usize)
    }

    /// One more or one fewer bond between two atoms.
    fn shift(&mut self, bond: usize, more: bool) {
        for atom in self.ends(bond) {
            if more {
                self.left[atom] -= 1;
            } else {
                self.left[atom] += 1;
            }
        }
        if more {
            self.orders[bond] += 1;
        } else {
            self.orders[bond] -= 1;
        }
    }

    fn pair_shortest_first(&mut self) {
        let mut seconds: Vec<(f64, usize)> = Vec::new();
        for (bond, &order) in self.by_length.iter().enumerate() {
            // A third bond is worth as much less as the second took.
            let steps = [order, order - 1.0];
            seconds.extend(
                steps
                    .iter()
                    .filter(|&&step| step >= DOUBLE)
                    .map(|&step| (step, bond)),
            );
        }
        seconds.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        for (_, bond) in seconds {
            let [one, other] = self.ends(bond);
            if one != other && self.takes(one, bond) && self.takes(other, bond) {
                self.shift(bond, true);
            }
        }
    }

    /// Whether an atom has a valence left for one of its bonds.
    fn takes(&self, atom: usize, bond: usize) -> bool {
        self.left[atom] > 0
            && (self.is_straight[atom] || self.orders[bond] > 1 || self.has_single_bonds(atom))
    }

    fn has_single_bonds(&self, atom: usize) -> bool {
        self.bonds.of_atom(atom).all(|bond| self.orders[bond] == 1)
    }

    /// Whether an atom could have a double bond and has none.
    fn is_alone(&self, atom: usize) -> bool {
        self.left[atom] > 0 && self.has_single_bonds(atom)
    }

    fn pair_what_is_left(&mut self) {
        for atom in 0..self.left.len() {
            if self.is_carbon[atom] && self.is_alone(atom) {
                let mut search = Exchange {
                    guess: self,
                    path: Vec::new(),
                    atoms: vec![atom],
                    best: None,
                };
                search.go_on(atom, 0.0);
                let (_, path) = search.best.unwrap_or_default();
                // Valences must be free before they are taken.
                for more in [false, true] {
                    let steps = path.iter().filter(|step| step.1 == more);
                    steps.for_each(|&(bond, more)| self.shift(bond, more));
                }
            }
        }
    }
}

/// Whether the atom's bonds are two and opposite, to within 25°.
fn is_straight(structure: &Structure, bonds: &Bonds, atom: usize) -> bool {
    let mut arms = arms(structure, bonds, atom).map(|(_, _, way)| way);
    match (arms.next(), arms.next(), arms.next()) {
        (Some(one), Some(other), None) => one.dot(other) < -0.9 * one.length() * other.length(),
        _ => false,
    }
}

/// A search for the best path along which bonds are exchanged: one more, one fewer, one more …
struct Exchange<'a, 'b> {
    guess: &'a Guess<'b>,
    path: Vec<(usize, bool)>,
    atoms: Vec<usize>,
    best: Option<(f64, Vec<(usize, bool)>)>,
}

impl Exchange<'_, '_> {
    fn go_on(&mut self, atom: usize, gain: f64) {
        for bond in self.guess.bonds.of_atom(atom) {
            let order = self.guess.by_length[bond];
            let other = self.other_end(bond, atom);
            if order < CONJUGATED || self.guess.orders[bond] != 1 || self.atoms.contains(&other) {
                continue;
            }
            self.path.push((bond, true));
            self.atoms.push(other);
            let gain = gain + order;
            if self.guess.is_alone(other) {
                if self.best.as_ref().is_none_or(|(best, _)| gain > *best) {
                    self.best = Some((gain, self.path.clone()));
                }
            } else if self.path.len() < 2 * LONGEST_EXCHANGE {
                self.give_back(other, gain);
            }
            self.atoms.pop();
            self.path.pop();
        }
    }

    /// Takes a second bond away from an atom whose valences are full, and goes on from where it led.
    fn give_back(&mut self, atom: usize, gain: f64) {
        for bond in self.guess.bonds.of_atom(atom) {
            let order = self.guess.by_length[bond];
            let other = self.other_end(bond, atom);
            let double = order > 0.0 && self.guess.orders[bond] == 2;
            if double && !self.atoms.contains(&other) {
                self.path.push((bond, false));
                self.atoms.push(other);
                self.go_on(other, gain - order);
                self.atoms.pop();
                self.path.pop();
            }
        }
    }

    fn other_end(&self, bond: usize, atom: usize) -> usize {
        let [one, other] = self.guess.ends(bond);
        if one == atom { other } else { one }
    }
}
