//! Building structures: hydrogens, atoms, copies, molecules, and the movable side of a bond.

mod attaching;
mod bond_sides;
mod copies;
mod hydrogens;

use glam::DVec3;
use mlipview_core::chem::{Bonds, Element, Structure};

fn atoms(symbols: &[&str], positions: &[[f64; 3]]) -> Structure {
    let elements = symbols
        .iter()
        .map(|symbol| Element::from_symbol(symbol).unwrap());
    let positions = positions
        .iter()
        .map(|&position| DVec3::from_array(position));
    Structure::new(elements.collect(), positions.collect()).unwrap()
}

fn bonds(structure: &Structure) -> Bonds {
    Bonds::of(structure).unwrap()
}

/// The distance to another atom's nearest image.
fn distance(structure: &Structure, one: usize, other: usize) -> f64 {
    let displacement = structure.positions()[other] - structure.positions()[one];
    let cell = structure.cell.as_ref();
    cell.map_or(displacement, |cell| cell.minimum_image(displacement))
        .length()
}

/// The least distance between atoms of two parts, as a multiple of their summed van der Waals radii.
fn nearest_contact(whole: &Structure, first_of_second: usize) -> f64 {
    let radius = |atom: usize| whole.elements()[atom].van_der_waals_radius();
    let mut least = f64::INFINITY;
    for one in 0..first_of_second {
        for other in first_of_second..whole.len() {
            least = least.min(distance(whole, one, other) / (radius(one) + radius(other)));
        }
    }
    least
}
