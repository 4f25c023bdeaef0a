//! The elements: an atomic number that looks things up in a table.

mod table;

use std::fmt;

use table::{ROWS, Row};

/// A chemical element: an atomic number from 1 to 118. All else about it is a table look-up.
///
/// Each has a constant named by its symbol in capitals: `Element::H`, `Element::CU`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Element(u8);

impl Element {
    /// How many elements there are.
    pub const COUNT: usize = ROWS.len();

    /// The element of an atomic number; `None` outside 1–118.
    pub const fn from_number(number: u8) -> Option<Element> {
        if number >= 1 && number as usize <= Element::COUNT {
            Some(Element(number))
        } else {
            None
        }
    }

    /// The element of a symbol, in any case ("Cu", "CU", "cu"); `None` if there is no such symbol.
    pub fn from_symbol(symbol: &str) -> Option<Element> {
        let place = symbol_place(symbol.as_bytes())?;
        Element::from_number(NUMBER_OF_SYMBOL[place])
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

    /// English name in IUPAC's spelling, as in "Copper", "Aluminium", "Sulfur".
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// Standard atomic weight, amu: the mean over the isotopes found on Earth. Elements that have
    /// no such mean have the mass number of their longest-lived isotope.
    pub fn mass(self) -> f64 {
        self.row().mass
    }

    /// Covalent radius, Å: half the length of a single bond between two of its atoms. Carbon's is
    /// that of sp³, those of manganese, iron and cobalt are of low spin.
    pub fn covalent_radius(self) -> f64 {
        self.row().covalent_radius
    }

    /// Van der Waals radius, Å: half the distance at which two of its atoms touch without a bond.
    pub fn van_der_waals_radius(self) -> f64 {
        self.row().van_der_waals_radius
    }

    /// Color in the Jmol scheme, sRGB bytes.
    pub fn color(self) -> [u8; 3] {
        let [_, red, green, blue] = self.row().color.to_be_bytes();
        [red, green, blue]
    }

    /// The usual valences, smallest first: how many bonds (a double one counting twice) the neutral
    /// atom has in common compounds. Empty where no chemistry is known.
    ///
    /// An atom is complete at the smallest of them that its bonds do not exceed: carbon at 4, sulfur
    /// at 2 in H₂S, at 6 in H₂SO₄. For metals they are the common oxidation states, which say
    /// nothing about how many neighbors they have.
    pub fn valences(self) -> &'static [u8] {
        self.row().valences
    }

    /// The largest of the usual [`valences`](Self::valences): 1 for hydrogen, 4 for carbon, 6 for
    /// sulfur; 0 where none is known.
    pub fn max_valence(self) -> u8 {
        self.valences().last().copied().unwrap_or(0)
    }

    /// Whether it is a metal: neither a nonmetal nor one of the metalloids B, Si, Ge, As, Sb and Te
    /// (R. E. Vernon, J. Chem. Educ. 90, 1703 (2013)).
    pub fn is_metal(self) -> bool {
        !matches!(self.0, 1 | 2 | 5..=10 | 14..=18 | 32..=36 | 51..=54 | 85 | 86 | 117 | 118)
    }

    fn row(self) -> &'static Row {
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

/// Atomic numbers by [`symbol_place`]; 0 where no element is. A file of a million atoms asks for a
/// million symbols, so the answer is one look-up.
static NUMBER_OF_SYMBOL: [u8; 26 * 27] = {
    let mut numbers = [0; 26 * 27];
    let mut index = 0;
    while index < ROWS.len() {
        if let Some(place) = symbol_place(ROWS[index].symbol.as_bytes()) {
            numbers[place] = index as u8 + 1;
        }
        index += 1;
    }
    numbers
};

/// Where one or two letters stand in [`NUMBER_OF_SYMBOL`]; `None` for anything else.
const fn symbol_place(symbol: &[u8]) -> Option<usize> {
    match symbol {
        [first] if first.is_ascii_alphabetic() => Some(letter(*first) * 27),
        [first, second] if first.is_ascii_alphabetic() && second.is_ascii_alphabetic() => {
            Some(letter(*first) * 27 + 1 + letter(*second))
        }
        _ => None,
    }
}

/// A letter's place in the alphabet, 0–25.
const fn letter(byte: u8) -> usize {
    (byte.to_ascii_lowercase() - b'a') as usize
}
