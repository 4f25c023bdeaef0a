//! Energies of single atoms, for models that were not trained on them.
//!
//! UMA 1.1 was not trained on atoms without neighbors; fairchem returns the energy of the reference
//! calculations for them instead.

use mlipview_core::chem::Element;

/// Energies by atomic number, charge and dataset; the file names its source.
const TABLE: &str = include_str!("single_atoms.txt");

/// The energy of an atom or ion, eV, in the calculations of a dataset; `None` if it is not known.
pub(super) fn energy(dataset: &str, element: Element, charge: i32) -> Option<f64> {
    let mut rows = TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(str::split_whitespace);
    let column = rows.next()?.skip(2).position(|name| name == dataset)?;
    let key = [element.number().to_string(), charge.to_string()];
    let mut row = rows.find(|row| row.clone().take(2).eq(&key))?;
    row.nth(2 + column)?.parse().ok()
}
