//! Chemical elements and their properties.

mod table;

use std::fmt;

pub use table::Element;
use table::{ElementRow, ROWS};

impl Element {
    /// Number of elements.
    pub const COUNT: usize = ROWS.len();

    /// The element with an atomic number; `None` outside 1–118.
    pub const fn from_number(number: u8) -> Option<Element> {
        if number >= 1 && number as usize <= Element::COUNT {
            Some(Element(number))
        } else {
            None
        }
    }

    /// The element with a symbol, ignoring case ("Cu", "CU", "cu"); `None` for unknown symbols.
    pub fn from_symbol(symbol: &str) -> Option<Element> {
        let index = symbol_index(symbol.as_bytes())?;
        Element::from_number(NUMBER_OF_SYMBOL[index])
    }

    /// All elements, hydrogen to oganesson.
    pub fn all() -> impl Iterator<Item = Element> {
        (1..=Element::COUNT as u8).map(Element)
    }

    /// Atomic number, 1–118.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Symbol, as in "Cu".
    pub fn symbol(self) -> &'static str {
        self.row().symbol
    }

    /// English name in IUPAC spelling, as in "Copper", "Aluminium", "Sulfur".
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// Standard atomic weight, amu: the terrestrial average over isotopes; for elements without one, the
    /// mass number of the longest-lived isotope.
    pub fn mass(self) -> f64 {
        self.row().mass
    }

    /// Covalent radius, Å: half the length of a single bond between two of its atoms; of carbon sp³, of
    /// manganese, iron and cobalt low spin.
    pub fn covalent_radius(self) -> f64 {
        self.row().covalent_radius
    }

    /// Van der Waals radius, Å: half the contact distance of two nonbonded atoms.
    pub fn van_der_waals_radius(self) -> f64 {
        self.row().van_der_waals_radius
    }

    /// Color in the Jmol scheme, sRGB bytes.
    pub fn color(self) -> [u8; 3] {
        let [_, red, green, blue] = self.row().color.to_be_bytes();
        [red, green, blue]
    }

    /// Common valences of the neutral atom, ascending: sums of bond orders. Empty for elements without
    /// known compounds.
    ///
    /// An atom is saturated at the smallest valence that its bonds do not exceed: carbon at 4, sulfur
    /// at 2 in H₂S, at 6 in H₂SO₄. For metals these are the common oxidation states, which do not
    /// limit the coordination number.
    pub fn valences(self) -> &'static [u8] {
        self.row().valences
    }

    /// Largest of the common [`valences`](Self::valences): 1 for hydrogen, 4 for carbon, 6 for sulfur;
    /// 0 if none is known.
    pub fn max_valence(self) -> u8 {
        self.valences().last().copied().unwrap_or(0)
    }

    /// Whether it is a metal: neither a nonmetal nor a metalloid (B, Si, Ge, As, Sb, Te)
    /// (R. E. Vernon, J. Chem. Educ. 90, 1703 (2013)).
    pub fn is_metal(self) -> bool {
        !matches!(self.0, 1 | 2 | 5..=10 | 14..=18 | 32..=36 | 51..=54 | 85 | 86 | 117 | 118)
    }

    fn row(self) -> &'static ElementRow {
        &ROWS[usize::from(self.0) - 1]
    }
}

impl fmt::Display for Element {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.symbol())
    }
}

impl fmt::Debug for Element {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.symbol())
    }
}

/// Atomic numbers by [`symbol_index`]; 0 for unknown symbols. A single look-up, since files have
/// millions of symbols.
static NUMBER_OF_SYMBOL: [u8; 26 * 27] = {
    let mut numbers = [0; 26 * 27];
    let mut index = 0;
    while index < ROWS.len() {
        if let Some(symbol) = symbol_index(ROWS[index].symbol.as_bytes()) {
            numbers[symbol] = index as u8 + 1;
        }
        index += 1;
    }
    numbers
};

/// Index of one or two letters in [`NUMBER_OF_SYMBOL`]; `None` for anything else.
const fn symbol_index(symbol: &[u8]) -> Option<usize> {
    match symbol {
        [first] if first.is_ascii_alphabetic() => Some(letter(*first) * 27),
        [first, second] if first.is_ascii_alphabetic() && second.is_ascii_alphabetic() => {
            Some(letter(*first) * 27 + 1 + letter(*second))
        }
        _ => None,
    }
}

/// Position of a letter in the alphabet, 0–25.
const fn letter(byte: u8) -> usize {
    (byte.to_ascii_lowercase() - b'a') as usize
}
