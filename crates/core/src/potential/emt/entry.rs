//! Catalog entry of effective medium theory, and its applicability to a structure.

use super::Emt;
use crate::chem::Element;
use crate::potential::applicability::Applicability;
use crate::potential::catalog::entry::Entry;
use crate::potential::species::in_words;

/// The catalog entry.
pub fn entry() -> Entry {
    Entry {
        name: "emt",
        summary: "Effective medium theory: Al, Ni, Cu, Pd, Ag, Pt, Au and their alloys",
        source: "K. W. Jacobsen, P. Stoltze, J. K. Nørskov, Surf. Sci. 366, 394 (1996), \
                 doi:10.1016/0039-6028(96)00816-3",
        options: &[],
        choices: None,
        files: &[],
        reduced_units: None,
        applicability: Box::new(|_, structure| {
            let capabilities = Emt::new().capabilities;
            capabilities.assess(structure, applicability)
        }),
        build: Box::new(|_, _| Ok(Box::new(Emt::new()))),
    }
}

/// Suitable for its metals; usable, with a caution, with H, C, N and O.
fn applicability(elements: &[Element]) -> Applicability {
    let is_metal = |element: &Element| Emt::METALS.contains(element);
    let (metals, others): (Vec<Element>, Vec<Element>) =
        elements.iter().copied().partition(is_metal);
    if others.is_empty() {
        Applicability::suitable(format!("it is made for metals like {}", in_words(&metals)))
    } else {
        Applicability::usable(format!(
            "it is made for metals, and its description of {} is crude: look at it, conclude nothing \
             from it",
            in_words(&others)
        ))
    }
}
