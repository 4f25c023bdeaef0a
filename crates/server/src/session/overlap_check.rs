//! Rejects structures with impossibly many neighbors before they cost time.

use std::collections::HashMap;

use glam::DVec3;

use super::violation::Violation;
use mlipview_core::chem::{Cell, Structure};

/// An upper bound of the cutoff radius of potentials, Å.
const CUTOFF: f64 = 10.0;

/// Maximum number of atoms in a cell and its images within [`CUTOFF`]. One atom in the smallest cell
/// of matter, metallic hydrogen under pressure, has about 2000.
const MAX_IMAGES: f64 = 300_000.0;

/// Side of the bins in which atoms are counted, Å. A bin of diamond holds 22 atoms.
const BIN: f64 = 5.0;

/// Maximum number of pairs within bins: this constant,
const PAIRS: u64 = 100_000;

/// and this many for each atom.
const PAIRS_PER_ATOM: u64 = 200;

/// Takes time linear in the number of atoms.
///
/// # Errors
/// If the density of atoms is beyond that of any matter, as with positions in a wrong unit.
pub(super) fn check(structure: &Structure) -> Result<(), Violation> {
    let cell = structure.cell.as_ref();
    let atoms = structure.len();
    let images = atoms as f64 * cell.map_or(1.0, images);
    let max_images = MAX_IMAGES.max(8.0 * atoms as f64);
    let max_pairs = PAIRS + PAIRS_PER_ATOM * atoms as u64;
    if images > max_images || pairs(structure, cell) > max_pairs {
        return Err(Violation::Value {
            field: "structure",
            reason: "the atoms are denser than any matter; check that positions and cell are in Å"
                .to_owned(),
        });
    }
    Ok(())
}

/// Number of images of the cell within the cutoff, ∏ (2 r_cut / h + 1) over the periodic axes with the
/// heights h.
fn images(cell: &Cell) -> f64 {
    let axes = cell.heights().into_iter().zip(cell.periodic());
    axes.filter(|(_, periodic)| *periodic)
        .map(|(height, _)| 2.0 * CUTOFF / height + 1.0)
        .product()
}

/// Pairs of atoms in the same bin, each atom with itself included.
fn pairs(structure: &Structure, cell: Option<&Cell>) -> u64 {
    let mut bins: HashMap<[i64; 3], u64> = HashMap::new();
    for &position in structure.positions() {
        let position = cell.map_or(position, |cell| cell.wrap(position));
        let bin: DVec3 = (position / BIN).floor();
        // The cast saturates: all atoms beyond the integers share a bin, which is dense enough to reject.
        *bins
            .entry(bin.to_array().map(|edge| edge as i64))
            .or_default() += 1;
    }
    bins.values().map(|count| count * count).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use mlipview_core::chem::{Element, library};

    #[test]
    fn all_structures_of_the_library_pass() {
        for entry in library::entries() {
            let structure = entry.structure().unwrap();
            assert_eq!(check(&structure), Ok(()), "{}", entry.key);
            if let Ok(large) = structure.repeat([3, 3, 3]) {
                assert_eq!(check(&large), Ok(()), "{}, repeated", entry.key);
            }
        }
    }

    #[test]
    fn coincident_atoms_and_a_tiny_cell_are_rejected() {
        let coincident = |atoms: usize| {
            Structure::new(vec![Element::AR; atoms], vec![DVec3::ONE; atoms]).unwrap()
        };
        assert!(
            check(&coincident(100)).is_ok(),
            "a few atoms may overlap for a while"
        );
        assert!(check(&coincident(5000)).is_err());
        let tiny = Cell::orthorhombic(DVec3::splat(0.2)).unwrap();
        assert!(check(&coincident(1).with_cell(tiny)).is_err());
    }
}
