//! What is denser than any matter: evaluating it would keep the processors from everybody else.

use std::collections::HashMap;

use glam::DVec3;

use super::refusal::Violation;
use mlipview_core::chem::{Cell, Structure};

/// About as far as potentials look, Å.
const REACH: f64 = 10.0;

/// The most atoms in a cell and its images within [`REACH`] of it. One atom in the smallest cell of
/// matter, that of metallic hydrogen under pressure, has about 2000.
const MOST_IMAGES: f64 = 300_000.0;

/// The side of the boxes in which atoms are counted, Å. One of diamond has 22 atoms.
const BOX: f64 = 5.0;

/// The most pairs within boxes: so many for each atom, and so many for a few atoms upon each other.
const PAIRS_PER_ATOM: u64 = 200;
const PAIRS: u64 = 100_000;

/// Takes time linear in the number of atoms.
///
/// # Errors
/// If there are so many atoms so near to each other that only a mistake, or malice, has put them there.
pub(super) fn check(structure: &Structure) -> Result<(), Violation> {
    let cell = structure.cell.as_ref();
    let atoms = structure.len();
    let images = atoms as f64 * cell.map_or(1.0, images);
    let crowded = |pairs: u64| pairs > PAIRS + PAIRS_PER_ATOM * atoms as u64;
    // One atom alone has its images only.
    if images > MOST_IMAGES.max(8.0 * atoms as f64) || crowded(pairs(structure, cell)) {
        return Err(Violation::Value {
            what: "structure",
            reason: "the atoms are denser than any matter; check that positions and cell are in Å"
                .to_owned(),
        });
    }
    Ok(())
}

/// How many times the cell is within reach of itself.
fn images(cell: &Cell) -> f64 {
    let periodic = cell.periodic();
    let heights = cell.heights().into_iter().zip(periodic);
    let along = heights.filter(|(_, repeats)| *repeats);
    along
        .map(|(height, _)| 2.0 * REACH / height + 1.0)
        .product()
}

/// Pairs of atoms in the same box, each atom with itself included.
fn pairs(structure: &Structure, cell: Option<&Cell>) -> u64 {
    let mut boxes: HashMap<[i64; 3], u64> = HashMap::new();
    for &position in structure.positions() {
        let place = cell.map_or(position, |cell| cell.wrap(position));
        let place: DVec3 = (place / BOX).floor();
        // Beyond the integers all are in one box, which is as wrong as it can be.
        *boxes
            .entry(place.to_array().map(|edge| edge as i64))
            .or_default() += 1;
    }
    boxes.values().map(|count| count * count).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use mlipview_core::chem::{Element, library};

    #[test]
    fn all_structures_of_the_library_are_matter() {
        for entry in library::entries() {
            let structure = entry.structure().unwrap();
            assert_eq!(check(&structure), Ok(()), "{}", entry.key);
            if let Ok(large) = structure.repeat([3, 3, 3]) {
                assert_eq!(check(&large), Ok(()), "{}, repeated", entry.key);
            }
        }
    }

    #[test]
    fn a_heap_and_a_cell_like_a_point_are_not() {
        let heap = |atoms: usize| {
            Structure::new(vec![Element::AR; atoms], vec![DVec3::ONE; atoms]).unwrap()
        };
        assert!(
            check(&heap(100)).is_ok(),
            "a few may lie upon each other for a while"
        );
        assert!(check(&heap(5000)).is_err());
        let tiny = Cell::orthorhombic(DVec3::splat(0.2)).unwrap();
        assert!(check(&heap(1).with_cell(tiny)).is_err());
    }
}
