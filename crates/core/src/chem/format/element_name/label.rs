//! Labels of crystals and words of XYZ files, which start with an element symbol.

use super::super::nuclide::Nuclide;
use super::formula::Formula;
use super::site_kind::SiteKind;
use super::words::{
    is_dummy_word, is_implausible, is_unmistakable, is_water_word, leading_letters, symbol,
};
use crate::chem::Element;

/// Nuclide or dummy of a label: `C12A`, `Cl1`, `OW`, `FE2`, `Wat1`, `T1`.
pub(super) fn read(label: &str, formula: Option<&Formula>) -> SiteKind {
    let letters = leading_letters(label);
    let (one, two) = (symbol(letters, 1), symbol(letters, 2));
    if is_water_word(label) {
        return Element::O.into();
    }
    if is_dummy_word(letters) {
        return SiteKind::Dummy;
    }
    match formula {
        Some(formula) => by_formula(letters, one, two, formula),
        None => SiteKind::or_unknown(alone(letters, one, two)),
    }
}

/// The element of the formula at the start of a label.
fn by_formula(
    letters: &str,
    one: Option<Nuclide>,
    two: Option<Nuclide>,
    formula: &Formula,
) -> SiteKind {
    let is_tritium = letters.starts_with(['T', 't']);
    let one = one.filter(|_| !is_tritium || formula.has_tritium());
    let in_formula = |nuclide: &Nuclide| formula.has(nuclide.element);
    if let Some(nuclide) = two.filter(in_formula).or(one.filter(in_formula)) {
        return SiteKind::Atom(nuclide);
    }
    match one {
        None if letters == "T" => formula
            .tetrahedral()
            .map_or(SiteKind::Unknown, SiteKind::from),
        Some(_) if letters == "W" && formula.has(Element::O) => Element::O.into(),
        // Formulas often leave out hydrogens.
        Some(nuclide) if nuclide.element == Element::H => SiteKind::Atom(nuclide),
        _ => SiteKind::Unknown,
    }
}

/// The element at the start of a label, without a formula.
fn alone(letters: &str, one: Option<Nuclide>, two: Option<Nuclide>) -> Option<Nuclide> {
    let lower = |index: usize| {
        letters
            .as_bytes()
            .get(index)
            .is_some_and(u8::is_ascii_lowercase)
    };
    // A word such as `Oct` is not a symbol, and T is mostly a tetrahedral site, not tritium.
    if lower(2) {
        return None;
    }
    let one = one.filter(|_| !letters.starts_with(['T', 't']));
    let Some(two) = two else {
        // `Ow` and `Hb` are known, but `Va` is a vacancy and `Me` some metal.
        let usual = |nuclide: &Nuclide| matches!(nuclide.element.number(), 1 | 6..=9 | 15 | 16);
        return one.filter(|nuclide| !lower(1) || usual(nuclide));
    };
    let plausible = letters.len() == 2 && !is_implausible(two.element);
    let is_two = lower(1) || plausible || is_unmistakable(two.element);
    one.filter(|_| !is_two).or(Some(two))
}
