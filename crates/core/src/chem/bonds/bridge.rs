//! Bridged contacts: atoms that are close only because both are bonded to an atom between them.
//!
//! Examples are the metals of an oxide, the boron atoms of diborane, a metal and the carbon of its
//! carboxylate. The limits of such a contact are divided by a factor that grows with the strength of
//! the bridge, so that bond strengths change continuously as bridges form.

use rayon::prelude::*;

use super::bond::Bond;
use super::graph::BondGraph;
use crate::chem::Element;

/// Bridging elements that weaken the bond of a pair of elements, and by how much.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bridge {
    /// Bridging elements: bit z for atomic number z.
    elements: u128,
    /// Number of bridging atoms required.
    count: usize,
    /// Relative increase of the effective length of a fully bridged contact.
    lengthening: f64,
}

/// Bit set of elements: bit z for atomic number z.
pub(super) const fn element_set(elements: &[Element]) -> u128 {
    let mut set = 0;
    let mut index = 0;
    while index < elements.len() {
        set |= 1 << elements[index].number();
        index += 1;
    }
    set
}

/// Elements that bridge d-block metals which are not bonded. Carbon, hydrogen and phosphorus are
/// absent, since carbonyls, hydrides and phosphides bridge bonded metals.
const ANIONS: u128 = element_set(&[
    Element::N,
    Element::O,
    Element::F,
    Element::S,
    Element::CL,
    Element::SE,
    Element::BR,
    Element::TE,
    Element::I,
]);

impl Bridge {
    /// The bridge that weakens the bond of two elements, if any.
    pub(super) fn between(one: Element, other: Element) -> Option<Bridge> {
        let bridge = |elements, count, lengthening| {
            Some(Bridge {
                elements,
                count,
                lengthening,
            })
        };
        match (one.is_metal(), other.is_metal()) {
            // Bonds between bridged metals are short: Mo–Mo of [Mo₆Cl₁₄]²⁻ 0.84 of the summed radii,
            // V–V of monoclinic VO₂ 0.86; nonbonded contacts begin at 0.92 (rutile).
            (true, true) if has_d_electrons(one) && has_d_electrons(other) => {
                bridge(ANIONS, 1, 0.36)
            }
            // Cations without valence electrons.
            (true, true) => bridge(nonmetals_above(0.0), 1, 1.0),
            (false, false) => match one == Element::H || other == Element::H {
                true => None,
                // Across a four-membered ring: B₂H₆, S₂N₂, cyclodisiloxanes.
                false => bridge(nonmetals_above(min_electronegativity(one, other)), 2, 0.3),
            },
            // A cation and the central atom of its anion: carboxylate, nitrate, sulfate.
            (true, false) => bridge(
                nonmetals_above(electronegativity(other)),
                1,
                bridged_lengthening(other),
            ),
            (false, true) => bridge(
                nonmetals_above(electronegativity(one)),
                1,
                bridged_lengthening(one),
            ),
        }
    }
}

impl Bridge {
    /// The bridge restricted to the elements that occur; `None` if no bridging element does.
    pub(super) fn among(self, elements: u128) -> Option<Bridge> {
        let elements = self.elements & elements;
        (elements != 0).then_some(Bridge { elements, ..self })
    }
}

/// Relative lengthening of a metal's contact with an element across a more electronegative
/// bridging atom. Real bonds beside a bridge (agostic C–H, η² carbon dioxide or hydroxylamide) are short
/// enough to hold.
fn bridged_lengthening(element: Element) -> f64 {
    match element {
        Element::H => 0.2,
        Element::C => 0.17,
        Element::N => 0.35,
        _ => 0.45,
    }
}

/// Whether the element is in groups 4 to 11.
fn has_d_electrons(element: Element) -> bool {
    matches!(element.number(), 22..=29 | 40..=47 | 72..=79 | 104..=111)
}

fn min_electronegativity(one: Element, other: Element) -> f64 {
    electronegativity(one).min(electronegativity(other))
}

fn nonmetals_above(value: f64) -> u128 {
    ELECTRONEGATIVITIES
        .iter()
        .filter(|(_, of_element)| *of_element > value)
        .fold(0, |set, (element, _)| set | 1 << element.number())
}

/// Pauling electronegativity; 0 for metals and noble gases, which do not bridge.
fn electronegativity(element: Element) -> f64 {
    let row = ELECTRONEGATIVITIES.iter().find(|row| row.0 == element);
    row.map_or(0.0, |row| row.1)
}

/// Pauling electronegativities: A. L. Allred, J. Inorg. Nucl. Chem. 17, 215 (1961), 10.1016/0022-1902(61)80142-5.
const ELECTRONEGATIVITIES: [(Element, f64); 17] = [
    (Element::H, 2.20),
    (Element::B, 2.04),
    (Element::C, 2.55),
    (Element::N, 3.04),
    (Element::O, 3.44),
    (Element::F, 3.98),
    (Element::SI, 1.90),
    (Element::P, 2.19),
    (Element::S, 2.58),
    (Element::CL, 3.16),
    (Element::GE, 2.01),
    (Element::AS, 2.18),
    (Element::SE, 2.55),
    (Element::BR, 2.96),
    (Element::SB, 2.05),
    (Element::TE, 2.10),
    (Element::I, 2.66),
];

/// Weakens bridged bonds, removes those of strength 0, and merges the remaining contacts of metals into
/// the bonds; returns whether any bond changed. `bridge` returns the bridge of a pair of elements,
/// `length` the length of a bond, Å; `graph` is that of the bonds.
///
/// Effective length d (1 + λ s (1 − min(m_i, m_j))): lengthening λ, bridged share s, metallic character
/// m (of contacts of metals, else 0).
pub(super) fn weaken_bridged(
    bonds: &mut Vec<Bond>,
    contacts: &mut Vec<Bond>,
    graph: &BondGraph,
    elements: &[Element],
    bridge: impl Fn([Element; 2]) -> Option<Bridge> + Sync,
    length: impl Fn(&Bond) -> f64,
) -> bool {
    let pair = |bond: &Bond| bond.atoms.map(|atom| elements[atom as usize]);
    let bridged = |bond: &Bond| {
        let bridge = bridge(pair(bond))?;
        let share = bridge.share(bond, bonds, graph, elements);
        (share > 0.0).then_some((share, bridge.lengthening))
    };
    let bridged_bonds: Vec<(usize, (f64, f64))> = bonds
        .iter()
        .enumerate()
        .filter_map(|(index, bond)| Some((index, bridged(bond)?)))
        .collect();
    let shares: Vec<(f64, f64)> = contacts
        .par_iter()
        .map(|contact| bridged(contact).unwrap_or((0.0, 0.0)))
        .collect();
    let weaken = |bond: &mut Bond, lengthening: f64| {
        bond.limits = bond.limits.shortened(1.0 + lengthening);
        bond.strength = bond.limits.strength(length(bond));
    };
    let changes = !bridged_bonds.is_empty();
    for (index, (share, lengthening)) in bridged_bonds {
        weaken(&mut bonds[index], lengthening * share);
    }
    if changes {
        bonds.retain(|bond| bond.strength > 0.0);
    }
    let metallic = metallic(bonds, contacts, &shares, elements);
    let mut shares = shares.into_iter();
    contacts.retain_mut(|contact| {
        let (share, lengthening) = shares.next().unwrap_or_default();
        if share > 0.0 {
            let [one, other] = contact.atoms.map(|atom| metallic[atom as usize]);
            weaken(contact, lengthening * share * (1.0 - one.min(other)));
        }
        contact.strength > 0.0
    });
    let has_contacts = !contacts.is_empty();
    if has_contacts {
        // No pair of atoms is in both lists.
        *bonds = merged(bonds, contacts);
    }
    changes || has_contacts
}

/// Merges two sorted lists of bonds without common pairs of atoms.
fn merged(bonds: &[Bond], contacts: &[Bond]) -> Vec<Bond> {
    let mut all = Vec::with_capacity(bonds.len() + contacts.len());
    let mut contacts = contacts.iter().copied().peekable();
    for &bond in bonds {
        while let Some(contact) = contacts.next_if(|contact| contact.atoms < bond.atoms) {
            all.push(contact);
        }
        all.push(bond);
    }
    all.extend(contacts);
    all
}

/// Metallic character of each atom, 0 to 1: the strength of its strongest unbridged bond to a metal. So
/// metals below adsorbed oxygen keep their metallic bonds.
fn metallic(
    bonds: &[Bond],
    contacts: &[Bond],
    shares: &[(f64, f64)],
    elements: &[Element],
) -> Vec<f64> {
    let mut metallic = vec![0.0_f64; elements.len()];
    let is_metallic = |bond: &&Bond| {
        let atoms = bond.atoms.iter();
        atoms
            .map(|atom| elements[*atom as usize])
            .all(Element::is_metal)
    };
    let unbridged = bonds.iter().filter(is_metallic).map(|bond| (bond, 1.0));
    let shares = shares.iter().map(|(share, _)| 1.0 - share);
    for (bond, share) in unbridged.chain(contacts.iter().zip(shares)) {
        for atom in bond.atoms {
            let metallic = &mut metallic[atom as usize];
            *metallic = metallic.max(bond.strength * share);
        }
    }
    metallic
}

impl Bridge {
    /// Bridged share of a bond, 0 to 1: max(0, 2 s₁ s₂ − 1) with the strengths of the bonds to the
    /// bridging atom; of the `count`-th strongest bridge.
    fn share(self, bond: &Bond, bonds: &[Bond], graph: &BondGraph, elements: &[Element]) -> f64 {
        let [neighbors, mut others] = bond.atoms.map(|atom| graph.neighbors(atom as usize));
        let mut largest = [0.0_f64; 2];
        // Both lists are sorted by atom, so one pass finds the common neighbors.
        for neighbor in neighbors {
            let passed = others
                .iter()
                .take_while(|other| other.atom < neighbor.atom)
                .count();
            others = &others[passed..];
            for other in others
                .iter()
                .take_while(|other| other.atom == neighbor.atom)
            {
                if other.shift + bond.shift != neighbor.shift
                    || !self.bridges(elements[neighbor.atom as usize])
                {
                    continue;
                }
                let strengths = [neighbor, other].map(|end| bonds[end.bond as usize].strength);
                let share = 2.0 * strengths[0] * strengths[1] - 1.0;
                if share > largest[0] {
                    largest = [share, largest[0]];
                } else {
                    largest[1] = largest[1].max(share);
                }
                if largest[self.count - 1] == 1.0 {
                    return 1.0;
                }
            }
        }
        largest[self.count - 1]
    }

    fn bridges(self, element: Element) -> bool {
        self.elements >> element.number() & 1 == 1
    }
}
