//! Catalog entry of the embedded atom method, and its applicability to a structure.

use super::Eam;
use crate::chem::Structure;
use crate::potential::applicability::Applicability;
use crate::potential::catalog::entry::Entry;
use crate::potential::species::{Species, in_words};

/// The catalog entry.
pub fn entry() -> Entry {
    Entry {
        name: "eam",
        summary: "Embedded atom method: Cu, Ag, Au, Ni, Pd, Pt, Al, Pb, Fe, Mo, Ta, W, Mg, Co, Ti, Zr and \
                  their alloys",
        source: "X. W. Zhou, R. A. Johnson, H. N. G. Wadley, Phys. Rev. B 69, 144113 (2004), \
                 doi:10.1103/PhysRevB.69.144113",
        options: &[],
        files: &[],
        choices: None,
        reduced_units: None,
        applicability: Box::new(|_, structure| applicability(structure)),
        build: Box::new(|_, _| Ok(Box::new(Eam::new()))),
    }
}

/// Suitable for its metals and their alloys, which a mixing rule describes.
fn applicability(structure: &Structure) -> Applicability {
    let capabilities = Eam::new().capabilities;
    let missing = capabilities.missing_elements(structure);
    if !missing.is_empty() {
        return Applicability::without_parameters(missing);
    }
    if structure.is_empty() {
        return Applicability::suitable("there are no atoms");
    }
    let elements = Species::of(structure).elements;
    let metals = in_words(&elements);
    let fit = Applicability::Suitable {
        reason: format!("it is made for metals like {metals}"),
        caution: (elements.len() > 1).then(|| {
            format!("it was fitted to the pure metals; pairs of {metals} follow a mixing rule")
        }),
    };
    fit.with_caution(capabilities.ignored_electrons(structure))
}
