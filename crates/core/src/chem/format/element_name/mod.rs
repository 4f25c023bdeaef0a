//! Elements from atom names.
//!
//! Names alone are ambiguous: `CA` is the α carbon of alanine or a calcium ion, `FE1` an iron and `T1`
//! the silicon of a zeolite. The context decides: an element column ([`element_of_symbol`]), else the
//! residue, the formula and the columns of the name ([`NameContext`]). Ambiguous names are
//! [`SiteKind::Unknown`].

mod atom_name;
mod context;
mod formula;
mod label;
mod residue;
mod site_kind;
#[cfg(test)]
mod tests;
mod words;

use super::nuclide::Nuclide;
use crate::chem::Element;

pub(super) use atom_name::has_symbol_of_one_letter;
pub(super) use context::{NameContext, SymbolWidth};
pub(super) use formula::Formula;
pub(super) use site_kind::SiteKind;
use words::{is_dummy_word, is_water_word, leading_letters};

/// The element of a stated symbol, ignoring case and trailing charges and numbers: `Fe3+`, `Cl-`, `O2-`,
/// `ZN2+`, `D`, `C1`. A site of water or hydroxyl (`Wat`, `H2O`, `OH`) is its oxygen.
pub(super) fn element_of_symbol(symbol: &str) -> SiteKind {
    let letters = leading_letters(symbol);
    match Nuclide::from_symbol(letters) {
        _ if is_water_word(symbol) => Element::O.into(),
        Some(nuclide) => SiteKind::Atom(nuclide),
        None if is_dummy_word(letters) => SiteKind::Dummy,
        None if letters.eq_ignore_ascii_case("OH") => Element::O.into(),
        None => SiteKind::Unknown,
    }
}

impl NameContext<'_> {
    /// The element of a name: in a residue by the conventions of PDB files, else as a label, which
    /// starts with a symbol.
    pub(super) fn read(&self, name: &str) -> SiteKind {
        let name = name.trim_start_matches(|first: char| !first.is_ascii_alphabetic());
        if self.residue.is_empty() {
            label::read(name, self.formula)
        } else {
            atom_name::read(name, self)
        }
    }
}
