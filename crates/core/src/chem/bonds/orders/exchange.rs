//! Atoms left over between pairs, paired up by exchanging bonds along a path (C. Berge, Proc. Natl.
//! Acad. Sci. 43, 842 (1957), 10.1073/pnas.43.9.842), so that benzene and its kin are Kekulé
//! structures.

use super::pairing::Pairing;
use super::valence::charged_valence;
use crate::chem::Element;

/// From this order by length on, a bond may be one of a ring's two kinds.
const CONJUGATED: f64 = 1.35;
/// How many pairs an exchange may pass. Each step has at most two ways on, as atoms have three
/// bonds at most where they are unsaturated: 2¹⁰ paths at most.
const LONGEST_EXCHANGE: usize = 10;

impl Pairing<'_> {
    /// Pairs atoms that are left over with each other.
    pub(super) fn exchange_neutral(&mut self) {
        for atom in 0..self.left.len() {
            let starts = self.elements[atom] == Element::C || self.is_complete[atom];
            if starts && self.is_alone(atom) {
                self.exchange(atom, false);
            }
        }
    }

    /// Pairs atoms that are left over with nitrogens and oxygens, which become cations: carbons first,
    /// as in pyridinium, then others, as in nitro groups and azides.
    pub(super) fn exchange_charged(&mut self) {
        let count = self.left.len();
        let carbons = (0..count).filter(|&atom| self.elements[atom] == Element::C);
        let others = (0..count).filter(|&atom| self.elements[atom] != Element::C);
        let starts: Vec<usize> = carbons.chain(others).collect();
        for &atom in &starts {
            if self.left[atom] == 0 {
                continue;
            }
            if self.is_alone(atom) {
                self.exchange(atom, true);
            } else {
                self.triple(atom);
            }
        }
    }

    /// Whether an atom may become a cation with one more bond.
    fn is_spare(&self, atom: usize) -> bool {
        let open = self.has_single_bonds(atom) || self.is_end_or_straight(atom);
        charged_valence(self.elements[atom]) == Some(self.used[atom] + 1) && open
    }

    fn is_end_or_straight(&self, atom: usize) -> bool {
        self.is_straight[atom] || self.bonds.of_atom(atom).count() == 1
    }

    /// A third bond to an atom that becomes a cation: carbon monoxide, isocyanides, diazonium.
    fn triple(&mut self, atom: usize) {
        if !self.is_end_or_straight(atom) {
            return;
        }
        let wanted = self.bonds.of_atom(atom).find(|&bond| {
            let other = self.other_end(bond, atom);
            let short = self.orders[bond] == 2 && self.by_length[bond] > 2.0;
            short && self.is_spare(other) && self.is_end_or_straight(other)
        });
        if let Some(bond) = wanted {
            let other = self.other_end(bond, atom);
            self.left[other] += 1;
            self.shift(bond, true);
        }
    }

    fn exchange(&mut self, atom: usize, charged: bool) {
        let mut search = Exchange {
            pairing: self,
            charged,
            path: Vec::new(),
            atoms: vec![atom],
            best: None,
        };
        search.go_on(atom, 0.0);
        let Some((_, path)) = search.best else {
            return;
        };
        if let Some(&(last, _)) = path.last() {
            // The far end of the path has a valence more, if it becomes a cation.
            let ends = self.ends(last);
            let steps_at = |end: usize| {
                let at = path.iter().filter(|step| self.ends(step.0).contains(&end));
                at.count()
            };
            let end = ends
                .into_iter()
                .find(|&end| end != atom && steps_at(end) == 1);
            if let Some(end) = end.filter(|&end| self.left[end] == 0) {
                self.left[end] += 1;
            }
        }
        // Valences must be free before they are taken.
        for more in [false, true] {
            let steps = path.iter().filter(|step| step.1 == more);
            steps.for_each(|&(bond, more)| self.shift(bond, more));
        }
    }
}

/// A search for the best path along which bonds are exchanged: one more, one fewer, one more …
struct Exchange<'a, 'b> {
    pairing: &'a Pairing<'b>,
    /// Whether a path may end at an atom that becomes a cation.
    charged: bool,
    path: Vec<(usize, bool)>,
    atoms: Vec<usize>,
    best: Option<(f64, Vec<(usize, bool)>)>,
}

impl Exchange<'_, '_> {
    fn go_on(&mut self, atom: usize, gain: f64) {
        for bond in self.pairing.bonds.of_atom(atom) {
            let order = self.pairing.by_length[bond];
            let other = self.pairing.other_end(bond, atom);
            let least = match self.pairing.is_complete(bond) {
                true => f64::MIN_POSITIVE,
                false => CONJUGATED,
            };
            if order < least || self.pairing.orders[bond] != 1 || self.atoms.contains(&other) {
                continue;
            }
            self.path.push((bond, true));
            self.atoms.push(other);
            let gain = gain + order;
            if self.pairing.is_alone(other) || self.ends_charged(bond, other) {
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

    /// Whether a path may end by this bond at an atom that becomes a cation: the bond must be short, or
    /// it is a radical's.
    fn ends_charged(&self, bond: usize, atom: usize) -> bool {
        let elements = self
            .pairing
            .ends(bond)
            .map(|end| self.pairing.elements[end]);
        let least = match elements {
            // Pyrylium: 1.35 Å.
            [Element::C, Element::O] | [Element::O, Element::C] => 1.25,
            // Peroxyl radicals are at 1.33 Å, ozone is at 1.27 Å.
            [Element::O, Element::O] => 1.5,
            _ => CONJUGATED,
        };
        self.charged && self.pairing.by_length[bond] >= least && self.pairing.is_spare(atom)
    }

    /// Takes a second bond away from an atom whose valences are full, and goes on from where it led.
    fn give_back(&mut self, atom: usize, gain: f64) {
        for bond in self.pairing.bonds.of_atom(atom) {
            let order = self.pairing.by_length[bond];
            let other = self.pairing.other_end(bond, atom);
            let double = order > 0.0 && self.pairing.orders[bond] == 2;
            if double && !self.atoms.contains(&other) {
                self.path.push((bond, false));
                self.atoms.push(other);
                self.go_on(other, gain - order);
                self.atoms.pop();
                self.path.pop();
            }
        }
    }
}
