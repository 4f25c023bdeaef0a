//! Augmenting paths: pair the atoms that the greedy pairing leaves over by alternating single and double
//! bonds along a path (C. Berge, Proc. Natl. Acad. Sci. 43, 842 (1957), 10.1073/pnas.43.9.842), so that
//! benzene and similar rings get Kekulé structures.

use super::pairing::Pairing;
use super::valence::charged_valence;
use crate::chem::Element;

/// Minimum order by length of a conjugated bond.
const MIN_CONJUGATED: f64 = 1.35;
/// Maximum number of pairs along a path. Unsaturated atoms have at most three bonds, so each step has
/// two continuations and there are at most 2¹⁰ paths.
const MAX_PATH_PAIRS: usize = 10;

impl Pairing<'_> {
    /// Pairs unpaired atoms with each other.
    pub(super) fn augment_neutral(&mut self) {
        for atom in 0..self.free_valences.len() {
            let starts = self.elements[atom] == Element::C || self.is_complete[atom];
            if starts && self.is_unpaired(atom) {
                self.augment(atom, false);
            }
        }
    }

    /// Pairs unpaired atoms with nitrogens and oxygens that become cations: carbons first, as in
    /// pyridinium, then others, as in nitro groups and azides.
    pub(super) fn augment_charged(&mut self) {
        let count = self.free_valences.len();
        let carbons = (0..count).filter(|&atom| self.elements[atom] == Element::C);
        let others = (0..count).filter(|&atom| self.elements[atom] != Element::C);
        let starts: Vec<usize> = carbons.chain(others).collect();
        for &atom in &starts {
            if self.free_valences[atom] == 0 {
                continue;
            }
            if self.is_unpaired(atom) {
                self.augment(atom, true);
            } else {
                self.form_triple_bond(atom);
            }
        }
    }

    /// Whether an atom can become a cation with one more bond.
    fn can_be_cation(&self, atom: usize) -> bool {
        let open = self.has_single_bonds(atom) || self.is_terminal_or_linear(atom);
        charged_valence(self.elements[atom]) == Some(self.used[atom] + 1) && open
    }

    fn is_terminal_or_linear(&self, atom: usize) -> bool {
        self.is_linear[atom] || self.bonds.of_atom(atom).count() == 1
    }

    /// A third bond to an atom that becomes a cation: carbon monoxide, isocyanides, diazonium.
    fn form_triple_bond(&mut self, atom: usize) {
        if !self.is_terminal_or_linear(atom) {
            return;
        }
        let wanted = self.bonds.of_atom(atom).find(|&bond| {
            let other = self.other_atom(bond, atom);
            let short = self.orders[bond] == 2 && self.length_orders[bond] > 2.0;
            short && self.can_be_cation(other) && self.is_terminal_or_linear(other)
        });
        if let Some(bond) = wanted {
            let other = self.other_atom(bond, atom);
            self.free_valences[other] += 1;
            self.change_order(bond, true);
        }
    }

    fn augment(&mut self, atom: usize, charged: bool) {
        let mut search = PathSearch {
            pairing: self,
            charged,
            path: Vec::new(),
            atoms: vec![atom],
            best: None,
        };
        search.extend_path(atom, 0.0);
        let Some((_, path)) = search.best else {
            return;
        };
        if let Some(&(last, _)) = path.last() {
            // The far end of the path gets another valence if it becomes a cation.
            let ends = self.atoms_of(last);
            let steps_at = |end: usize| {
                let steps = path
                    .iter()
                    .filter(|step| self.atoms_of(step.0).contains(&end));
                steps.count()
            };
            let end = ends
                .into_iter()
                .find(|&end| end != atom && steps_at(end) == 1);
            if let Some(end) = end.filter(|&end| self.free_valences[end] == 0) {
                self.free_valences[end] += 1;
            }
        }
        // Valences must be released before they are used.
        for more in [false, true] {
            let steps = path.iter().filter(|step| step.1 == more);
            steps.for_each(|&(bond, more)| self.change_order(bond, more));
        }
    }
}

/// Search for the best alternating path: bond order +1, −1, +1, …; the gain is the sum of ± orders by
/// length.
struct PathSearch<'a, 'b> {
    pairing: &'a Pairing<'b>,
    /// Whether a path may end at an atom that becomes a cation.
    charged: bool,
    path: Vec<(usize, bool)>,
    atoms: Vec<usize>,
    best: Option<(f64, Vec<(usize, bool)>)>,
}

impl PathSearch<'_, '_> {
    fn extend_path(&mut self, atom: usize, gain: f64) {
        for bond in self.pairing.bonds.of_atom(atom) {
            let order = self.pairing.length_orders[bond];
            let other = self.pairing.other_atom(bond, atom);
            let min_order = match self.pairing.is_complete(bond) {
                true => f64::MIN_POSITIVE,
                false => MIN_CONJUGATED,
            };
            if order < min_order || self.pairing.orders[bond] != 1 || self.atoms.contains(&other) {
                continue;
            }
            self.path.push((bond, true));
            self.atoms.push(other);
            let gain = gain + order;
            if self.pairing.is_unpaired(other) || self.ends_charged(bond, other) {
                if self.best.as_ref().is_none_or(|(best, _)| gain > *best) {
                    self.best = Some((gain, self.path.clone()));
                }
            } else if self.path.len() < 2 * MAX_PATH_PAIRS {
                self.release_double_bond(other, gain);
            }
            self.atoms.pop();
            self.path.pop();
        }
    }

    /// Whether a path can end with this bond at an atom that becomes a cation: a longer bond is that of
    /// a radical.
    fn ends_charged(&self, bond: usize, atom: usize) -> bool {
        let elements = self
            .pairing
            .atoms_of(bond)
            .map(|end| self.pairing.elements[end]);
        let min_order = match elements {
            // Pyrylium: 1.35 Å.
            [Element::C, Element::O] | [Element::O, Element::C] => 1.25,
            // Peroxyl radicals are at 1.33 Å, ozone is at 1.27 Å.
            [Element::O, Element::O] => 1.5,
            _ => MIN_CONJUGATED,
        };
        self.charged
            && self.pairing.length_orders[bond] >= min_order
            && self.pairing.can_be_cation(atom)
    }

    /// Releases a double bond of a saturated atom and continues from its other end.
    fn release_double_bond(&mut self, atom: usize, gain: f64) {
        for bond in self.pairing.bonds.of_atom(atom) {
            let order = self.pairing.length_orders[bond];
            let other = self.pairing.other_atom(bond, atom);
            let double = order > 0.0 && self.pairing.orders[bond] == 2;
            if double && !self.atoms.contains(&other) {
                self.path.push((bond, false));
                self.atoms.push(other);
                self.extend_path(other, gain - order);
                self.atoms.pop();
                self.path.pop();
            }
        }
    }
}
