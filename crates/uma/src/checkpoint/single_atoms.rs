//! Energies of lone atoms, for models that must not be run on one.
//!
//! A model of the first generation knows nothing of an atom without neighbors; where its authors
//! evaluate one they give the energy of the calculations that it has learned from instead.

use mlipview_core::chem::Element;

/// Energies by atomic number, charge and dataset; the file says where they are from.
const TABLE: &str = include_str!("single_atoms.txt");

/// The energy of an atom or ion, eV, in the calculations behind a dataset; `None` where it is not
/// known.
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
