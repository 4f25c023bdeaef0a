//! Atom names in residues, by the conventions of PDB files and force fields.

use super::super::nuclide::Nuclide;
use super::context::{NameContext, SymbolWidth};
use super::formula::Formula;
use super::residue;
use super::site_kind::SiteKind;
use super::words::{is_dummy_word, is_implausible, is_unmistakable, leading_letters, symbol};
use crate::chem::Element;

/// Nuclide or dummy of an atom name.
pub(super) fn read(name: &str, context: &NameContext<'_>) -> SiteKind {
    let letters = leading_letters(name);
    let residue = context.residue.to_ascii_uppercase();
    if let Some(ion) = ion(name, letters, &residue) {
        return ion.into();
    }
    let upper = letters.to_ascii_uppercase();
    if residue::is_water(&residue) {
        return water_site(name, &upper);
    }
    let known = match context.formula {
        Some(formula) => Some(Composition::Formula(formula)),
        None => residue::elements(&residue).map(Composition::Known),
    };
    match known {
        _ if is_dummy_word(letters) => SiteKind::Dummy,
        Some(composition) => atom_of_known_residue(&upper, composition),
        None => SiteKind::or_unknown(atom_of_other_residue(letters, context.width)),
    }
}

/// Atom of an unknown residue, mostly a ligand.
fn atom_of_other_residue(letters: &str, width: SymbolWidth) -> Option<Nuclide> {
    let (one, two) = (symbol(letters, 1), symbol(letters, 2));
    // No T: tritium needs the element column.
    let one = one.filter(|_| !letters.starts_with('T'));
    let (Some(one), Some(two)) = (one, two) else {
        return one.or(two);
    };
    let is_two = is_spelled(letters)
        || is_unmistakable(two.element)
        || width == SymbolWidth::Two && !is_implausible(two.element);
    Some(if is_two { two } else { one })
}

/// Elements that a residue may have.
#[derive(Clone, Copy)]
enum Composition<'a> {
    Formula(&'a Formula),
    Known(&'static [Element]),
}

impl Composition<'_> {
    fn has(self, element: Element) -> bool {
        match self {
            Composition::Formula(formula) => formula.has(element),
            Composition::Known(elements) => elements.contains(&element),
        }
    }
}

/// The ion of a residue with the name of its only atom, or of a name with a charge: `SOD` of `SOD`, `ZN`
/// of `ZN2`, `Cl-`.
fn ion(name: &str, letters: &str, residue: &str) -> Option<Element> {
    let upper = letters.to_ascii_uppercase();
    let charged = name[letters.len()..].contains(['+', '-']);
    let letters_of_residue =
        leading_letters(residue.trim_start_matches(|first: char| first.is_ascii_digit()));
    let of_ion = matches!(residue, "ION" | "IONS") || letters_of_residue == upper;
    if !charged && !of_ion || residue::is_water(residue) {
        return None;
    }
    residue::ion(&upper).or_else(|| Element::from_symbol(letters))
}

/// A site of water; `letters` in capitals.
fn water_site(name: &str, letters: &str) -> SiteKind {
    match letters {
        "OM" | "DOH" | "DO" => SiteKind::Dummy,
        "D" => SiteKind::or_unknown(Nuclide::from_symbol("D")),
        _ if letters.starts_with('O') => Element::O.into(),
        _ if letters.starts_with('H') => Element::H.into(),
        "M" | "MW" | "IW" | "L" | "Q" => SiteKind::Dummy,
        _ if is_dummy_word(leading_letters(name)) => SiteKind::Dummy,
        _ => SiteKind::Unknown,
    }
}

/// An atom of a residue whose elements are known; `letters` in capitals.
fn atom_of_known_residue(letters: &str, composition: Composition<'_>) -> SiteKind {
    let nuclides = [symbol(letters, 2), symbol(letters, 1)];
    let mut nuclides = nuclides.into_iter().flatten();
    let in_residue = nuclides.find(|nuclide| composition.has(nuclide.element));
    match (in_residue, letters.as_bytes()) {
        // Drude particles are named after their atoms, deuterium after its position.
        (_, [b'D', b'C' | b'N' | b'O' | b'S', ..]) => SiteKind::Dummy,
        (Some(_), [b'T', ..]) => SiteKind::Unknown,
        (Some(nuclide), _) => SiteKind::Atom(nuclide),
        // Pseudo-atoms of NMR, lone pairs, the O and N of ASX and GLX that are not told apart.
        (None, [b'Q' | b'X', ..] | [b'L', b'P', ..] | [b'A', b'D' | b'E']) => SiteKind::Dummy,
        (None, _) => SiteKind::Unknown,
    }
}

/// Whether a two-letter symbol is spelled as one: `Cl`, not `CL`.
fn is_spelled(letters: &str) -> bool {
    matches!(letters.as_bytes(), [first, second] if first.is_ascii_uppercase() && second.is_ascii_lowercase())
}

/// Whether the symbol in the name of an atom has one letter for certain: the name has one letter
/// and digits, or its residue's elements are known and it is one of them.
pub(in super::super) fn has_symbol_of_one_letter(name: &str, residue: &str) -> bool {
    let letters = leading_letters(name);
    if letters.len() <= 1 {
        return letters.len() == 1;
    }
    let context = NameContext {
        residue,
        ..NameContext::default()
    };
    let known = residue::elements(residue).is_some();
    let symbol = context
        .read(name)
        .atom()
        .map(|nuclide| nuclide.element.symbol());
    known && symbol.is_some_and(|symbol| symbol.len() == 1)
}
