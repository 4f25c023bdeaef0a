//! Aromaticity perception: conjugated rings with 4n + 2 π electrons (E. Hückel, Z. Phys. 70, 204 (1931),
//! 10.1007/BF01339530), counted as in RDKit (The RDKit Book, "Aromaticity").

use std::collections::HashSet;

use super::pairing::Pairing;
use crate::chem::Element;

/// Sizes of rings that may be aromatic.
const SIZES: std::ops::RangeInclusive<usize> = 5..=7;

/// Whether each bond is part of an aromatic ring, or of the perimeter of two fused rings that are only
/// aromatic together, as in azulene; `[bonds]`.
pub(super) fn bonds(pairing: &Pairing) -> Vec<bool> {
    let mut aromatic = stated(pairing);
    if pairing.orders.iter().all(|&order| order < 2) {
        return aromatic;
    }
    let rings: Vec<Vec<usize>> = pairing
        .bonds
        .rings_among(*SIZES.end(), |atom| may_be_aromatic(pairing, atom))
        .into_iter()
        .filter(|ring| SIZES.contains(&ring.len()))
        .collect();
    let edges: Vec<HashSet<[usize; 2]>> = rings.iter().map(|ring| edges(ring)).collect();
    let in_rings: HashSet<[usize; 2]> = edges.iter().flatten().copied().collect();
    let electrons = |ring: &[usize]| -> Option<u32> {
        let each = ring
            .iter()
            .map(|&atom| electrons(pairing, &in_rings, atom, ring.len()));
        each.sum()
    };
    let is_huckel = |electrons: Option<u32>| electrons.is_some_and(|count| count % 4 == 2);
    let mut aromatic_edges: HashSet<[usize; 2]> = HashSet::new();
    let mut is_aromatic = vec![false; rings.len()];
    for (index, ring) in rings.iter().enumerate() {
        is_aromatic[index] = is_huckel(electrons(ring));
        if is_aromatic[index] {
            aromatic_edges.extend(&edges[index]);
        }
    }
    for (first, one) in rings
        .iter()
        .enumerate()
        .filter(|(index, _)| !is_aromatic[*index])
    {
        for (second, other) in rings.iter().enumerate().skip(first + 1) {
            let shared = edges[first].intersection(&edges[second]).count();
            if is_aromatic[second] || shared != 1 {
                continue;
            }
            let mut both = [one.as_slice(), other.as_slice()].concat();
            both.sort_unstable();
            both.dedup();
            if is_huckel(electrons(&both)) {
                aromatic_edges.extend(edges[first].symmetric_difference(&edges[second]));
            }
        }
    }
    for (index, aromatic) in aromatic.iter_mut().enumerate() {
        *aromatic |=
            aromatic_edges.contains(&sorted(pairing.atoms_of(index))) && pairing.orders[index] > 0;
    }
    aromatic
}

/// Whether the file states that each bond is aromatic: `[bonds]`.
fn stated(pairing: &Pairing) -> Vec<bool> {
    let aromatic = crate::chem::structure::BondOrder::Aromatic;
    let bonds = pairing.bonds.list().iter();
    bonds
        .map(|bond| pairing.bonds.stated(bond) == Some(aromatic))
        .collect()
}

/// The atoms of a bond, lower first.
fn sorted([one, other]: [usize; 2]) -> [usize; 2] {
    [one.min(other), one.max(other)]
}

/// The bonds of a ring, each by its sorted atoms.
fn edges(ring: &[usize]) -> HashSet<[usize; 2]> {
    let next = ring.iter().cycle().skip(1);
    ring.iter()
        .zip(next)
        .map(|(&one, &other)| sorted([one, other]))
        .collect()
}

/// Whether an atom can be part of an aromatic ring.
fn may_be_aromatic(pairing: &Pairing, atom: usize) -> bool {
    let element = pairing.elements[atom];
    let supported = [
        Element::B,
        Element::C,
        Element::N,
        Element::O,
        Element::P,
        Element::S,
        Element::SE,
    ];
    let neighbors = pairing.bonds.of_atom(atom).count();
    let doubles = pairing
        .bonds
        .of_atom(atom)
        .filter(|&bond| pairing.orders[bond] > 1);
    let saturated =
        pairing.has_single_bonds(atom) && pairing.free_valences[atom] == 0 && element == Element::C;
    supported.contains(&element) && neighbors >= 2 && doubles.count() < 2 && !saturated
}

/// Number of π electrons that an atom contributes to a ring; `None` if it interrupts conjugation.
fn electrons(
    pairing: &Pairing,
    in_rings: &HashSet<[usize; 2]>,
    atom: usize,
    size: usize,
) -> Option<u32> {
    let element = pairing.elements[atom];
    let double = pairing
        .bonds
        .of_atom(atom)
        .find(|&bond| pairing.orders[bond] > 1);
    if let Some(bond) = double {
        let other = pairing.elements[pairing.other_atom(bond, atom)];
        let withdrawn =
            element == Element::C && [Element::O, Element::N, Element::S].contains(&other);
        return match in_rings.contains(&sorted(pairing.atoms_of(bond))) {
            true => Some(1),
            false => withdrawn.then_some(0),
        };
    }
    let neighbors = pairing.used[atom];
    match element {
        Element::N | Element::P if neighbors == 3 || pairing.free_valences[atom] > 0 => Some(2),
        Element::O | Element::S | Element::SE if neighbors == 2 => Some(2),
        Element::B if neighbors == 3 => Some(0),
        // Cyclopentadienide and tropylium.
        Element::C if pairing.free_valences[atom] > 0 && size == 5 => Some(2),
        Element::C if pairing.free_valences[atom] > 0 && size == 7 => Some(0),
        _ => None,
    }
}
