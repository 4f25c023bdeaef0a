//! Whether an embedding is sound, and where its separate parts go.

use glam::DVec3;

use crate::chem::Element;
use crate::chem::structure::{BondOrder, StatedBond};

/// The longest that a bond may be, over the sum of its covalent radii.
const LONGEST: f64 = 1.25;

/// The closest that atoms may come that are not bonded, over the sum of their covalent radii.
const CLOSEST: f64 = 1.15;

/// Moves the parts that no bond joins to the nodes of a cubic grid around the origin, each with its
/// centroid on a node, so wide that the van der Waals surfaces stay 1 Å apart.
pub(super) fn set_parts_apart(elements: &[Element], bonds: &[StatedBond], positions: &mut [DVec3]) {
    let parts = parts(positions.len(), bonds);
    let mut radius: f64 = 0.0;
    for part in &parts {
        let centroid = part.iter().map(|&atom| positions[atom]).sum::<DVec3>() / part.len() as f64;
        for &atom in part {
            positions[atom] -= centroid;
            let reach = positions[atom].length() + elements[atom].van_der_waals_radius();
            radius = radius.max(reach);
        }
    }
    let spacing = 2.0 * radius + 1.0;
    let side = (1..)
        .find(|side: &usize| side.pow(3) >= parts.len())
        .unwrap_or(1);
    let node = |index: usize| {
        DVec3::new(
            (index % side) as f64,
            (index / side % side) as f64,
            (index / side / side) as f64,
        )
    };
    let center = (0..parts.len()).map(node).sum::<DVec3>() / parts.len().max(1) as f64;
    for (index, part) in parts.iter().enumerate() {
        for &atom in part {
            positions[atom] += spacing * (node(index) - center);
        }
    }
}

/// The atoms of each part, parts in the order of their first atoms.
fn parts(count: usize, bonds: &[StatedBond]) -> Vec<Vec<usize>> {
    let mut neighbors = vec![Vec::new(); count];
    for bond in bonds {
        let [one, other] = bond.atoms;
        neighbors[one].push(other);
        neighbors[other].push(one);
    }
    let mut seen = vec![false; count];
    let mut parts = Vec::new();
    for first in 0..count {
        if std::mem::replace(&mut seen[first], true) {
            continue;
        }
        let mut part = vec![first];
        let mut next = 0;
        while next < part.len() {
            for &neighbor in &neighbors[part[next]] {
                if !std::mem::replace(&mut seen[neighbor], true) {
                    part.push(neighbor);
                }
            }
            next += 1;
        }
        parts.push(part);
    }
    parts
}

/// Holds bond lengths and contacts against the sums of covalent radii.
///
/// # Errors
/// What is unsound, in words.
pub(super) fn check(
    elements: &[Element],
    bonds: &[StatedBond],
    positions: &[DVec3],
) -> Result<(), String> {
    let sum = |one: usize, other: usize| {
        elements[one].covalent_radius() + elements[other].covalent_radius()
    };
    if !positions.iter().all(|position| position.is_finite()) {
        return Err("a coordinate is not finite".to_owned());
    }
    let mut bonded = std::collections::HashSet::new();
    for bond in bonds {
        let [one, other] = bond.atoms;
        bonded.insert([one.min(other), one.max(other)]);
        let length = positions[one].distance(positions[other]) / sum(one, other);
        let shortest = match bond.order {
            BondOrder::Single | BondOrder::Aromatic | BondOrder::Unspecified => 0.8,
            BondOrder::Double | BondOrder::Triple | BondOrder::Quadruple => 0.7,
        };
        if !(shortest..=LONGEST).contains(&length) {
            return Err(format!(
                "the bond {}–{} is {:.2} Å long",
                elements[one],
                elements[other],
                positions[one].distance(positions[other])
            ));
        }
    }
    for one in 0..positions.len() {
        for other in one + 1..positions.len() {
            let distance = positions[one].distance(positions[other]);
            if distance < CLOSEST * sum(one, other) && !bonded.contains(&[one, other]) {
                return Err(format!(
                    "{} and {}, which are not bonded, are {distance:.2} Å apart",
                    elements[one], elements[other]
                ));
            }
        }
    }
    Ok(())
}
