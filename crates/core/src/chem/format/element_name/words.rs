//! Words and symbols in atom names.

use super::super::nuclide::Nuclide;
use crate::chem::Element;

/// Elements whose symbols in capitals are not names of carbon, nitrogen and other organic atoms.
pub(super) fn is_unmistakable(element: Element) -> bool {
    matches!(
        element.symbol(),
        "Cl" | "Br" | "Si" | "Se" | "Fe" | "Ni" | "Cu" | "Pd" | "Pt" | "Ir" | "Yb"
    )
}

/// Elements that do not occur in residues of several atoms: helium, neon, einsteinium and beyond.
pub(super) fn is_implausible(element: Element) -> bool {
    matches!(element.number(), 2 | 10 | 99..)
}

pub(super) fn is_water_word(word: &str) -> bool {
    let letters = leading_letters(word).to_ascii_uppercase();
    let formula = word
        .get(..3)
        .is_some_and(|start| start.eq_ignore_ascii_case("H2O"));
    formula || matches!(&*letters, "WAT" | "WATER" | "HOH" | "AQ" | "AQUA")
}

/// Words for sites that are not atoms: unknown and ghost atoms, lone pairs, sites of water models, dummies
/// around metal ions, cell vectors, vacancies.
pub(super) fn is_dummy_word(letters: &str) -> bool {
    let upper = letters.to_ascii_uppercase();
    let words = [
        "X", "XX", "XXX", "UNX", "DU", "DUM", "DM", "BQ", "GH", "LP", "LPA", "LPB", "EP", "EPW",
        "MW", "TV", "VAC",
    ];
    words.contains(&&*upper)
}

pub(super) fn leading_letters(text: &str) -> &str {
    let end = text.find(|letter: char| !letter.is_ascii_alphabetic());
    &text[..end.unwrap_or(text.len())]
}

/// The nuclide of the first letters, where they are a symbol.
pub(super) fn symbol(letters: &str, length: usize) -> Option<Nuclide> {
    letters.get(..length).and_then(Nuclide::from_symbol)
}
