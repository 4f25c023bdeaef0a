//! Catalog entry of effective medium theory, and its applicability to a structure.

use super::Emt;
use crate::chem::{Element, Structure};
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
            capabilities.assess(structure, |elements| applicability(elements, structure))
        }),
        build: Box::new(|_, _| Ok(Box::new(Emt::new()))),
    }
}

/// Suitable for its metals with less than a quarter of H, C, N and O: adsorbates on a metal rather than
/// an oxide or a complex.
fn applicability(elements: &[Element], structure: &Structure) -> Applicability {
    let is_metal = |element: &Element| Emt::METALS.contains(element);
    let (metals, others): (Vec<Element>, Vec<Element>) =
        elements.iter().copied().partition(is_metal);
    let (metals, others) = (in_words(&metals), in_words(&others));
    let atoms = structure.elements().iter();
    let other_atoms = atoms.filter(|element| !is_metal(element)).count();
    let crude =
        format!("its description of {others} is crude: look at it, conclude nothing from it");
    if 4 * other_atoms < structure.len() {
        Applicability::Suitable {
            reason: format!("it is made for metals like {metals}"),
            caution: (other_atoms > 0).then_some(crude),
        }
    } else {
        Applicability::usable(format!("it is made for metals, and {crude}"))
    }
}
