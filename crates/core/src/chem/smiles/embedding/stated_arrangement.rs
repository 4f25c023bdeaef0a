//! Stereochemistry stated by `@SP`, `@TB` or `@OH` (OpenSMILES specification, section 3.9: square planar,
//! trigonal bipyramidal and octahedral centers).

use chematic_core::nontetrahedral::{across, swap};
use chematic_core::{AtomIdx, Chirality, Molecule, NonTetrahedralClass};
use glam::DVec3;

/// Ligands in the order to which the permutation number refers.
pub(super) struct StatedArrangement {
    pub(super) class: NonTetrahedralClass,
    permutation: u32,
    /// Atom indices; `None` for a vacant site.
    ligands: Vec<Option<usize>>,
}

impl StatedArrangement {
    /// The stated arrangement of an atom of a molecule with hydrogens, if any.
    pub(super) fn of(molecule: &Molecule, atom: usize) -> Option<StatedArrangement> {
        let index = AtomIdx(atom as u32);
        let degree = molecule.degree(index);
        // `@` and `@@` at five and six ligands are the first two permutations.
        let handed = match molecule.atom(index).chirality {
            Chirality::CounterClockwise => Some(1),
            Chirality::Clockwise => Some(2),
            _ => None,
        };
        let (class, permutation) = match (molecule.atom(index).chirality.nontetrahedral(), handed) {
            (Some(stated), _) => stated,
            (None, Some(number)) if degree == 5 => {
                (NonTetrahedralClass::TrigonalBipyramidal, number)
            }
            (None, Some(number)) if degree == 6 => (NonTetrahedralClass::Octahedral, number),
            _ => return None,
        };
        let order = molecule.stereo_neighbor_order(index)?;
        let mut hydrogens = molecule
            .neighbors(index)
            .map(|(neighbor, _)| neighbor.0)
            .filter(|neighbor| !order.contains(neighbor));
        let ligands: Vec<Option<usize>> = (order.iter())
            .map(|&id| match id {
                chematic_core::STEREO_VACANT_SENTINEL => None,
                chematic_core::STEREO_H_SENTINEL => hydrogens.next().map(|id| id as usize),
                id => Some(id as usize),
            })
            .collect();
        (permutation > 0 && ligands.len() == class.max_nbors()).then_some(StatedArrangement {
            class,
            permutation,
            ligands,
        })
    }

    /// Number of contradictions with the directions of the ligands: pairs that are wrongly opposite or
    /// not, plus one for the wrong handedness.
    pub(super) fn contradictions(&self, direction: impl Fn(usize) -> Option<DVec3>) -> usize {
        let at = |index: usize| self.ligands[index].and_then(&direction);
        let mut count = 0;
        for one in 0..self.ligands.len() {
            for other in one + 1..self.ligands.len() {
                if let (Some(first), Some(second)) = (at(one), at(other)) {
                    let opposite = first.dot(second) < -0.9;
                    let stated = across(self.class, self.permutation, one) == Some(other);
                    count += usize::from(opposite != stated);
                }
            }
        }
        if let Some(three) = self.right_handed()
            && let [Some(a), Some(b), Some(c)] = three.map(direction)
        {
            count += usize::from(a.dot(b.cross(c)) < 0.1);
        }
        count
    }

    /// Three ligands whose vectors from the center are right-handed: in the order of `@TB1` and `@OH1`
    /// the second, third, … are counterclockwise as seen from the first.
    pub(super) fn right_handed(&self) -> Option<[usize; 3]> {
        if self.class == NonTetrahedralClass::SquarePlanar {
            return None;
        }
        let ligands = self.in_order_of_first_permutation()?;
        // Any consecutive pair on the equator, with either end of the axis.
        let last = ligands.len() - 1;
        let equator = &ligands[1..last];
        for (index, second) in equator.iter().enumerate() {
            let third = equator[(index + 1) % equator.len()];
            match (ligands[0], *second, third, ligands[last]) {
                (Some(first), Some(second), Some(third), _) => return Some([first, second, third]),
                (None, Some(second), Some(third), Some(last)) => {
                    return Some([last, third, second]);
                }
                _ => {}
            }
        }
        None
    }

    fn in_order_of_first_permutation(&self) -> Option<Vec<Option<usize>>> {
        let count = self.ligands.len();
        // Breadth-first search over swaps of two ligands; at most 30 permutations.
        let mut orders = vec![((0..count).collect::<Vec<usize>>(), self.permutation)];
        let mut next = 0;
        while next < orders.len() {
            let (order, permutation) = orders[next].clone();
            if permutation == 1 {
                return Some(order.iter().map(|&index| self.ligands[index]).collect());
            }
            for one in 0..count {
                for other in one + 1..count {
                    let exchanged = swap(self.class, permutation, one, other);
                    if exchanged != 0 && orders.iter().all(|(_, known)| *known != exchanged) {
                        let mut order = order.clone();
                        order.swap(one, other);
                        orders.push((order, exchanged));
                    }
                }
            }
            next += 1;
        }
        None
    }
}
