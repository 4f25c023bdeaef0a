//! Whether an embedding is sound, and where its separate parts go.

use glam::DVec3;

use crate::chem::Element;
use crate::chem::structure::{BondOrder, StatedBond};

/// The longest that a bond may be, over the sum of its covalent radii.
const LONGEST: f64 = 1.25;

/// The closest that atoms may come that are not bonded, over the sum of their covalent radii; and to a
/// metal, to which a bridge or a chelating carboxylate holds them closer.
const CLOSEST: f64 = 1.15;
const CLOSEST_TO_METAL: f64 = 0.95;

/// Moves the parts that no bond joins to the nodes of a cubic grid around the origin, each with its
/// centroid on a node, so wide that the van der Waals surfaces stay 1 Å apart.
pub(super) fn set_parts_apart(elements: &[Element], parts: &[Vec<usize>], positions: &mut [DVec3]) {
    let mut radius: f64 = 0.0;
    for part in parts {
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

/// Holds bond lengths and contacts among some atoms against the sums of covalent radii; `positions` are
/// those of `atoms`, in their order.
///
/// # Errors
/// What is unsound, in words.
pub(super) fn check(
    elements: &[Element],
    bonds: &[StatedBond],
    atoms: &[usize],
    positions: &[DVec3],
) -> Result<(), String> {
    if !positions.iter().all(|position| position.is_finite()) {
        return Err("a coordinate is not finite".to_owned());
    }
    let mut order = std::collections::HashMap::new();
    for bond in bonds {
        let [one, other] = bond.atoms;
        order.insert([one.min(other), one.max(other)], bond.order);
    }
    for (first, &one) in atoms.iter().enumerate() {
        for (second, &other) in atoms.iter().enumerate().skip(first + 1) {
            let pair = [elements[one], elements[other]];
            let distance = positions[first].distance(positions[second]);
            let ratio = distance / pair.map(Element::covalent_radius).iter().sum::<f64>();
            match order.get(&[one.min(other), one.max(other)]) {
                Some(order) if !(shortest(*order)..=LONGEST).contains(&ratio) => {
                    return Err(format!(
                        "the bond {}–{} is {distance:.2} Å long",
                        pair[0], pair[1]
                    ));
                }
                None if ratio < closest(pair) => {
                    return Err(format!(
                        "{} and {}, which are not bonded, are {distance:.2} Å apart",
                        pair[0], pair[1]
                    ));
                }
                _ => {}
            }
        }
    }
    Ok(())
}

/// The shortest that a bond may be, over the sum of its covalent radii.
fn shortest(order: BondOrder) -> f64 {
    match order {
        BondOrder::Single | BondOrder::Aromatic | BondOrder::Unspecified => 0.8,
        BondOrder::Double | BondOrder::Triple | BondOrder::Quadruple => 0.7,
    }
}

fn closest(pair: [Element; 2]) -> f64 {
    if pair.into_iter().any(Element::is_metal) {
        CLOSEST_TO_METAL
    } else {
        CLOSEST
    }
}
