//! Elements and isotopes, and their symbols.

use super::ParseError;
use crate::chem::{Element, Structure};

/// An element or isotope.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::chem) struct Nuclide {
    pub(super) element: Element,
    /// Isotope mass, amu; `None` for the natural abundance.
    pub(in crate::chem) mass: Option<f64>,
}

/// Mass of deuterium, amu (AME2020, M. Wang et al., Chinese Phys. C 45, 030003 (2021)).
const DEUTERIUM: f64 = 2.014_101_778;
/// Mass of tritium, amu (AME2020).
const TRITIUM: f64 = 3.016_049_281;

impl Nuclide {
    /// The nuclide of a symbol in any case; D and T are isotopes of hydrogen.
    pub(super) fn from_symbol(symbol: &str) -> Option<Nuclide> {
        let hydrogen = |mass| Nuclide {
            element: Element::H,
            mass: Some(mass),
        };
        match symbol {
            "D" | "d" => Some(hydrogen(DEUTERIUM)),
            "T" | "t" => Some(hydrogen(TRITIUM)),
            _ => Element::from_symbol(symbol).map(Nuclide::from),
        }
    }

    /// The isotope with this mass number. The mass is that number in amu, within 0.1 %; exact for the
    /// isotopes of hydrogen.
    pub(in crate::chem) fn isotope(element: Element, nucleons: u16) -> Nuclide {
        let mass = match (element, nucleons) {
            (Element::H, 1) => 1.007_825_032,
            (Element::H, 2) => DEUTERIUM,
            (Element::H, 3) => TRITIUM,
            _ => f64::from(nucleons),
        };
        Nuclide {
            element,
            mass: Some(mass),
        }
    }
}

impl From<Element> for Nuclide {
    fn from(element: Element) -> Self {
        Nuclide {
            element,
            mass: None,
        }
    }
}

/// The symbol of an atom; `D` or `T` if it has the mass of the isotope.
pub(super) fn symbol(structure: &Structure, atom: usize) -> &'static str {
    let element = structure.elements()[atom];
    let is = |isotope: f64| element == Element::H && (structure.mass(atom) - isotope).abs() < 1e-3;
    match element {
        _ if is(DEUTERIUM) => "D",
        _ if is(TRITIUM) => "T",
        _ => element.symbol(),
    }
}

/// Sets the masses of a structure if any atom is an isotope.
pub(super) fn set_isotopes(
    structure: &mut Structure,
    isotopes: &[Option<f64>],
) -> Result<(), ParseError> {
    if isotopes.iter().all(Option::is_none) {
        return Ok(());
    }
    let natural = structure.elements().iter().map(|element| element.mass());
    let masses = isotopes.iter().zip(natural);
    let masses = masses.map(|(isotope, natural)| isotope.unwrap_or(natural));
    structure
        .set_masses(Some(masses.collect()))
        .map_err(ParseError::atoms)
}
