//! Catalog entry of the embedded atom method, and its applicability to a structure.

use super::file::KINDS;
use super::{Eam, Source};
use crate::chem::Structure;
use crate::potential::applicability::Applicability;
use crate::potential::catalog::FILE;
use crate::potential::catalog::entry::{Entry, OptionSpec};
use crate::potential::parameter_file::ParameterFileError;
use crate::potential::request::Options;
use crate::potential::species::in_words;

/// The catalog entry.
pub fn entry() -> Entry {
    Entry {
        name: "eam",
        summary: "Embedded atom method: Cu, Ag, Au, Ni, Pd, Pt, Al, Pb, Fe, Mo, Ta, W, Mg, Co, Ti, Zr and \
                  their alloys; other metals from a file",
        source: "X. W. Zhou, R. A. Johnson, H. N. G. Wadley, Phys. Rev. B 69, 144113 (2004), \
                 doi:10.1103/PhysRevB.69.144113",
        options: &[OptionSpec {
            name: FILE,
            help: "path of a file *.eam.alloy, *.eam.fs or *.eam, as LAMMPS reads it",
            default: Some("built-in functions"),
        }],
        files: &KINDS,
        choices: None,
        reduced_units: None,
        applicability: Box::new(applicability),
        build: Box::new(|options, _| Ok(Box::new(build(options)?))),
    }
}

fn build(options: &Options) -> Result<Eam, ParameterFileError> {
    options
        .text(FILE)
        .map_or_else(|| Ok(Eam::new()), Eam::from_file)
}

/// Suitable for its metals and their alloys, which a mixing rule describes without a file.
fn applicability(options: &Options, structure: &Structure) -> Applicability {
    let eam = match build(options) {
        Ok(eam) => eam,
        Err(error) => return Applicability::impossible(error),
    };
    eam.capabilities.assess(structure, |elements| {
        let metals = in_words(elements);
        match eam.source {
            Source::File(_) => Applicability::of_file(elements),
            Source::Zhou => Applicability::Suitable {
                reason: format!("it is made for metals like {metals}"),
                caution: (elements.len() > 1).then(|| {
                    format!(
                        "it was fitted to the pure metals; pairs of {metals} follow a mixing rule"
                    )
                }),
            },
        }
    })
}
