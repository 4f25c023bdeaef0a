//! Elements from atom names.
//!
//! Names alone are ambiguous: `CA` is the α carbon of alanine or a calcium ion, `FE1` an iron and `T1`
//! the silicon of a zeolite. The context decides: an element column ([`element_of_symbol`]), else the
//! residue, the formula and the columns of the name ([`NameContext`]). Ambiguous names are
//! [`Named::Unknown`].

mod atom_name;
mod formula;
mod label;
mod residue;
#[cfg(test)]
mod tests;

use super::nuclide::Nuclide;
use crate::chem::Element;

pub(super) use atom_name::has_symbol_of_one_letter;
pub(super) use formula::Formula;

/// Meaning of a name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Named {
    /// An atom of this element, or of this isotope of hydrogen.
    Atom(Nuclide),
    /// A site that is not an atom: a massless site of a water model, a lone pair, a Drude particle, a
    /// pseudo-atom, a vacancy, an unknown atom (`X`). Readers omit it with a note.
    Dummy,
    /// Ambiguous; an error of readers.
    Unknown,
}

impl Named {
    /// The nuclide, if it is an atom.
    pub(super) fn atom(self) -> Option<Nuclide> {
        match self {
            Named::Atom(nuclide) => Some(nuclide),
            Named::Dummy | Named::Unknown => None,
        }
    }

    fn or_unknown(nuclide: Option<Nuclide>) -> Named {
        nuclide.map_or(Named::Unknown, Named::Atom)
    }
}

impl From<Element> for Named {
    fn from(element: Element) -> Self {
        Named::Atom(element.into())
    }
}

/// Number of letters in the symbol columns of a PDB file, 13 and 14.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum SymbolWidth {
    /// Unknown: names of four letters, files that ignore the columns, other formats.
    #[default]
    Unknown,
    /// The name starts in column 14.
    One,
    /// The name starts in column 13.
    Two,
}

/// Context of an atom name in its file.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct NameContext<'a> {
    /// The name of its residue; empty in files without residues (CIF, XYZ).
    pub(super) residue: &'a str,
    /// The formula of its residue or, without residues, of all.
    pub(super) formula: Option<&'a Formula>,
    /// Width of its symbol by the columns of the name.
    pub(super) width: SymbolWidth,
}

/// The element of a stated symbol, ignoring case and trailing charges and numbers: `Fe3+`, `Cl-`, `O2-`,
/// `ZN2+`, `D`, `C1`. A site of water or hydroxyl (`Wat`, `H2O`, `OH`) is its oxygen.
pub(super) fn element_of_symbol(symbol: &str) -> Named {
    let letters = leading_letters(symbol);
    match Nuclide::from_symbol(letters) {
        _ if is_water_word(symbol) => Element::O.into(),
        Some(nuclide) => Named::Atom(nuclide),
        None if is_dummy_word(letters) => Named::Dummy,
        None if letters.eq_ignore_ascii_case("OH") => Element::O.into(),
        None => Named::Unknown,
    }
}

impl NameContext<'_> {
    /// The element of a name: in a residue by the conventions of PDB files, else as a label, which
    /// starts with a symbol.
    pub(super) fn read(&self, name: &str) -> Named {
        let name = name.trim_start_matches(|first: char| !first.is_ascii_alphabetic());
        if self.residue.is_empty() {
            label::read(name, self.formula)
        } else {
            atom_name::read(name, self)
        }
    }
}

/// Elements whose symbols in capitals are not names of carbon, nitrogen and other organic atoms.
fn is_unmistakable(element: Element) -> bool {
    matches!(
        element.symbol(),
        "Cl" | "Br" | "Si" | "Se" | "Fe" | "Ni" | "Cu" | "Pd" | "Pt" | "Ir" | "Yb"
    )
}

/// Elements that do not occur in residues of several atoms: helium, neon, einsteinium and beyond.
fn is_implausible(element: Element) -> bool {
    matches!(element.number(), 2 | 10 | 99..)
}

fn is_water_word(word: &str) -> bool {
    let letters = leading_letters(word).to_ascii_uppercase();
    let formula = word
        .get(..3)
        .is_some_and(|start| start.eq_ignore_ascii_case("H2O"));
    formula || matches!(&*letters, "WAT" | "WATER" | "HOH" | "AQ" | "AQUA")
}

/// Words for sites that are not atoms: unknown and ghost atoms, lone pairs, sites of water models, dummies
/// around metal ions, cell vectors, vacancies.
fn is_dummy_word(letters: &str) -> bool {
    let upper = letters.to_ascii_uppercase();
    let words = [
        "X", "XX", "XXX", "UNX", "DU", "DUM", "DM", "BQ", "GH", "LP", "LPA", "LPB", "EP", "EPW",
        "MW", "TV", "VAC",
    ];
    words.contains(&&*upper)
}

fn leading_letters(text: &str) -> &str {
    let end = text.find(|letter: char| !letter.is_ascii_alphabetic());
    &text[..end.unwrap_or(text.len())]
}

/// The nuclide of the first letters, where they are a symbol.
fn symbol(letters: &str, length: usize) -> Option<Nuclide> {
    letters.get(..length).and_then(Nuclide::from_symbol)
}
