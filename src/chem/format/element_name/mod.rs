//! The element that an atom's name stands for.
//!
//! A name alone does not tell: `CA` is the α carbon of alanine and the only atom of calcium's
//! residue, `FE1` an iron and `T1` the silicon of a zeolite. Whatever else a file says is the judge:
//! a column of elements ([`element_of_symbol`]), else the residue, the formula and the columns that
//! the name stands in ([`NameContext`]). What no judge can settle is [`Named::Unknown`].

mod formula;
mod residue;
#[cfg(test)]
mod tests;

use super::nuclide::Nuclide;
use crate::chem::Element;

pub(super) use formula::Formula;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Named {
    /// An atom of this element, or of this isotope of hydrogen.
    Atom(Nuclide),
    /// A site without matter: a massless site of a water model, a lone pair, a Drude particle, a
    /// pseudo-atom, a vacancy, an unknown atom (`X`). Readers leave it out with a note.
    Dummy,
    /// Not to be told. Readers refuse it.
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

/// The letters that a PDB file has in the two columns for the symbol, 13 and 14.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum SymbolWidth {
    /// Nobody says: names of four letters, files that do not keep to the columns, other formats.
    #[default]
    Unknown,
    /// The name starts in column 14.
    One,
    /// The name starts in column 13.
    Two,
}

/// What a file says of an atom besides its name.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct NameContext<'a> {
    /// The name of its residue; empty in files without residues (CIF, XYZ).
    pub(super) residue: &'a str,
    /// The formula of its residue or, without residues, of all.
    pub(super) formula: Option<&'a Formula>,
    /// How wide its symbol is by the columns of the name.
    pub(super) width: SymbolWidth,
}

/// The element of a stated symbol, in any case. Charges and numbers behind it are passed over:
/// `Fe3+`, `Cl-`, `O2-`, `ZN2+`, `D`, `C1`. A site of water or hydroxyl (`Wat`, `H2O`, `OH`) is its
/// oxygen.
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

/// Whether the symbol in the name of an atom has one letter for certain: the name has one letter
/// and digits, or its residue's elements are known and it is one of them.
pub(super) fn has_symbol_of_one_letter(name: &str, residue: &str) -> bool {
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

impl NameContext<'_> {
    /// What a name stands for: in a residue by the conventions of PDB files, else as a label, which
    /// starts with a symbol.
    pub(super) fn read(&self, name: &str) -> Named {
        let name = name.trim_start_matches(|first: char| !first.is_ascii_alphabetic());
        if self.residue.is_empty() {
            self.read_label(name)
        } else {
            self.read_atom_name(name)
        }
    }

    /// `C12A`, `Cl1`, `OW`, `FE2`, `Wat1`, `T1`.
    fn read_label(&self, label: &str) -> Named {
        let letters = leading_letters(label);
        let (one, two) = (symbol(letters, 1), symbol(letters, 2));
        if is_water_word(label) {
            return Element::O.into();
        }
        if is_dummy_word(letters) {
            return Named::Dummy;
        }
        match self.formula {
            Some(formula) => label_by_formula(letters, one, two, formula),
            None => Named::or_unknown(label_alone(letters, one, two)),
        }
    }

    fn read_atom_name(&self, name: &str) -> Named {
        let letters = leading_letters(name);
        let residue = self.residue.to_ascii_uppercase();
        if let Some(ion) = ion(name, letters, &residue) {
            return ion.into();
        }
        let upper = letters.to_ascii_uppercase();
        if residue::is_water(&residue) {
            return water_site(name, &upper);
        }
        let known = match self.formula {
            Some(formula) => Some(Composition::Formula(formula)),
            None => residue::elements(&residue).map(Composition::Known),
        };
        match known {
            _ if is_dummy_word(letters) => Named::Dummy,
            Some(composition) => atom_of_known_residue(&upper, composition),
            None => Named::or_unknown(self.atom_of_other_residue(letters)),
        }
    }

    /// An atom of a residue of which nothing is known: mostly of ligands.
    fn atom_of_other_residue(&self, letters: &str) -> Option<Nuclide> {
        let (one, two) = (symbol(letters, 1), symbol(letters, 2));
        // No T: what is tritium is said to be so in the column of elements.
        let one = one.filter(|_| !letters.starts_with('T'));
        let (Some(one), Some(two)) = (one, two) else {
            return one.or(two);
        };
        let is_two = is_spelled(letters)
            || is_unmistakable(two.element)
            || self.width == SymbolWidth::Two && !is_implausible(two.element);
        Some(if is_two { two } else { one })
    }
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

/// The ion of a residue that is named as its only atom is, or of a name that has a charge:
/// `SOD` of `SOD`, `ZN` of `ZN2`, `Cl-`.
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
fn water_site(name: &str, letters: &str) -> Named {
    match letters {
        "OM" | "DOH" | "DO" => Named::Dummy,
        "D" => Named::or_unknown(Nuclide::from_symbol("D")),
        _ if letters.starts_with('O') => Element::O.into(),
        _ if letters.starts_with('H') => Element::H.into(),
        "M" | "MW" | "IW" | "L" | "Q" => Named::Dummy,
        _ if is_dummy_word(leading_letters(name)) => Named::Dummy,
        _ => Named::Unknown,
    }
}

/// An atom of a residue whose elements are known; `letters` in capitals.
fn atom_of_known_residue(letters: &str, composition: Composition<'_>) -> Named {
    let nuclides = [symbol(letters, 2), symbol(letters, 1)];
    let mut nuclides = nuclides.into_iter().flatten();
    let in_residue = nuclides.find(|nuclide| composition.has(nuclide.element));
    match (in_residue, letters.as_bytes()) {
        // Drude particles are named after their atoms, deuterium after its position.
        (_, [b'D', b'C' | b'N' | b'O' | b'S', ..]) => Named::Dummy,
        (Some(_), [b'T', ..]) => Named::Unknown,
        (Some(nuclide), _) => Named::Atom(nuclide),
        // Pseudo-atoms of NMR, lone pairs, the O and N of ASX and GLX that are not told apart.
        (None, [b'Q' | b'X', ..] | [b'L', b'P', ..] | [b'A', b'D' | b'E']) => Named::Dummy,
        (None, _) => Named::Unknown,
    }
}

fn label_by_formula(
    letters: &str,
    one: Option<Nuclide>,
    two: Option<Nuclide>,
    formula: &Formula,
) -> Named {
    let is_tritium = letters.starts_with(['T', 't']);
    let one = one.filter(|_| !is_tritium || formula.has_tritium());
    let in_formula = |nuclide: &Nuclide| formula.has(nuclide.element);
    if let Some(nuclide) = two.filter(in_formula).or(one.filter(in_formula)) {
        return Named::Atom(nuclide);
    }
    match one {
        None if letters == "T" => formula.tetrahedral().map_or(Named::Unknown, Named::from),
        Some(_) if letters == "W" && formula.has(Element::O) => Element::O.into(),
        // Formulas often leave out hydrogens.
        Some(nuclide) if nuclide.element == Element::H => Named::Atom(nuclide),
        _ => Named::Unknown,
    }
}

fn label_alone(letters: &str, one: Option<Nuclide>, two: Option<Nuclide>) -> Option<Nuclide> {
    let lower = |at: usize| {
        letters
            .as_bytes()
            .get(at)
            .is_some_and(u8::is_ascii_lowercase)
    };
    // A word such as `Oct` is no symbol, and T is a tetrahedral site more often than tritium.
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

/// Elements whose symbols in capitals are no names of atoms of carbon, nitrogen and so on.
fn is_unmistakable(element: Element) -> bool {
    matches!(
        element.symbol(),
        "Cl" | "Br" | "Si" | "Se" | "Fe" | "Ni" | "Cu" | "Pd" | "Pt" | "Ir" | "Yb"
    )
}

/// Elements that no residue of several atoms has: helium, neon, einsteinium and what follows.
fn is_implausible(element: Element) -> bool {
    matches!(element.number(), 2 | 10 | 99..)
}

/// Whether a two-letter symbol is spelled as one: `Cl`, not `CL`.
fn is_spelled(letters: &str) -> bool {
    matches!(letters.as_bytes(), [first, second] if first.is_ascii_uppercase() && second.is_ascii_lowercase())
}

fn is_water_word(word: &str) -> bool {
    let letters = leading_letters(word).to_ascii_uppercase();
    let formula = word
        .get(..3)
        .is_some_and(|start| start.eq_ignore_ascii_case("H2O"));
    formula || matches!(&*letters, "WAT" | "WATER" | "HOH" | "AQ" | "AQUA")
}

/// Words for sites without matter: unknown and ghost atoms, lone pairs, the sites of water models,
/// vectors of cells, vacancies.
fn is_dummy_word(letters: &str) -> bool {
    let upper = letters.to_ascii_uppercase();
    let words = [
        "X", "XX", "XXX", "UNX", "DU", "DUM", "BQ", "GH", "LP", "LPA", "LPB", "EP", "EPW", "MW",
        "TV", "VAC",
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
