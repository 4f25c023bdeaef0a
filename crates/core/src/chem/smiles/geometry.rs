//! Validation of embedded geometries, and the arrangement of separate parts.

use glam::DVec3;

use crate::chem::Element;
use crate::chem::structure::{BondOrder, StatedBond};

/// Maximum bond length over the sum of the covalent radii.
const MAX_BOND: f64 = 1.25;

/// Minimum distance of nonbonded atoms over the sum of their covalent radii; and of contacts to a metal,
/// which bridges and chelating carboxylates shorten.
const MIN_CONTACT: f64 = 1.15;
const MIN_METAL_CONTACT: f64 = 0.95;

/// Implausible geometry of an embedding.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub(super) enum GeometryError {
    /// A coordinate is infinite or not a number.
    #[error("a coordinate is not finite")]
    NotFinite,
    /// A bond is too short or too long.
    #[error("the bond {}–{} is {distance:.2} Å long", pair[0], pair[1])]
    Bond {
        /// The bonded elements.
        pair: [Element; 2],
        /// Bond length, Å.
        distance: f64,
    },
    /// Two nonbonded atoms are too close.
    #[error("{} and {}, which are not bonded, are {distance:.2} Å apart", pair[0], pair[1])]
    Contact {
        /// The elements.
        pair: [Element; 2],
        /// Distance, Å.
        distance: f64,
    },
}

/// Places separate parts on a cubic grid around the origin, each with its centroid on a node. Spacing:
/// twice the largest van der Waals extent plus 1 Å.
pub(super) fn separate_parts(elements: &[Element], parts: &[Vec<usize>], positions: &mut [DVec3]) {
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

/// Compares bond lengths and contacts with the sums of covalent radii; `positions` (Å) are those of
/// `atoms`, in their order.
///
/// # Errors
/// The first implausible distance.
pub(super) fn check(
    elements: &[Element],
    bonds: &[StatedBond],
    atoms: &[usize],
    positions: &[DVec3],
) -> Result<(), GeometryError> {
    if !positions.iter().all(|position| position.is_finite()) {
        return Err(GeometryError::NotFinite);
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
                Some(order) if !(min_bond(*order)..=MAX_BOND).contains(&ratio) => {
                    return Err(GeometryError::Bond { pair, distance });
                }
                None if ratio < min_contact(pair) => {
                    return Err(GeometryError::Contact { pair, distance });
                }
                _ => {}
            }
        }
    }
    Ok(())
}

/// Minimum bond length over the sum of the covalent radii.
fn min_bond(order: BondOrder) -> f64 {
    match order {
        BondOrder::Single | BondOrder::Aromatic | BondOrder::Unspecified => 0.8,
        BondOrder::Double | BondOrder::Triple | BondOrder::Quadruple => 0.7,
    }
}

fn min_contact(pair: [Element; 2]) -> f64 {
    if pair.into_iter().any(Element::is_metal) {
        MIN_METAL_CONTACT
    } else {
        MIN_CONTACT
    }
}
