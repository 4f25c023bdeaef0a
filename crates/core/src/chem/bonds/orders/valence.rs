//! Valences for double and triple bonds.

use crate::chem::Element;

/// Elements that form covalent bonds. For the others, metals and noble gases, the valences of the table
/// are oxidation states and do not count bonds.
const COVALENT: [Element; 18] = [
    Element::H,
    Element::B,
    Element::C,
    Element::N,
    Element::O,
    Element::F,
    Element::SI,
    Element::P,
    Element::S,
    Element::CL,
    Element::GE,
    Element::AS,
    Element::SE,
    Element::BR,
    Element::SB,
    Element::TE,
    Element::I,
    Element::AT,
];

/// Valence of a neutral atom: the smallest of its common [valences](Element::valences); `None` for
/// metals and noble gases.
pub(in crate::chem) fn covalent_valence(element: Element) -> Option<u8> {
    let covalent = COVALENT.contains(&element);
    covalent.then(|| element.valences().first().copied())?
}

/// Free valences of an atom with `used` bonds.
///
/// Sulfur with three or four neighbors has four or six bonds (sulfoxide, sulfone), phosphorus with four
/// five (phosphate), chlorine with more than one three, five or seven (perchlorate), and so have the
/// elements below them.
pub(super) fn free_valences(element: Element, used: u32) -> u8 {
    let valence = match element.number() {
        16 | 34 | 52 if used == 3 => 4,
        16 | 34 | 52 if used > 3 => 6,
        15 | 33 | 51 if used > 3 => 5,
        17 | 35 | 53 if used > 1 => 2 * used - 1,
        _ => covalent_valence(element).map_or(0, u32::from),
    };
    valence.saturating_sub(used) as u8
}

/// Whether an atom may have several double bonds without being linear.
pub(super) fn is_hypervalent(element: Element, used: u32) -> bool {
    matches!(element.number(), 15..=17 | 33..=35 | 51..=53)
        && covalent_valence(element).is_some_and(|valence| used > u32::from(valence))
}

/// Valence of the cation: nitrogen four as in the nitro group and pyridinium, oxygen three as in ozone
/// and pyrylium.
pub(super) fn charged_valence(element: Element) -> Option<u32> {
    match element {
        Element::N => Some(4),
        Element::O => Some(3),
        _ => None,
    }
}
