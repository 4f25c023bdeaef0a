//! Catalog entry of the Tersoff potential, and its applicability to a structure.

use super::Tersoff;
use crate::chem::{Element, Structure};
use crate::potential::applicability::Applicability;
use crate::potential::catalog::FILE;
use crate::potential::catalog::entry::{Entry, FileKind, OptionSpec};
use crate::potential::matter::is_framework;
use crate::potential::parameter_file::ParameterFileError;
use crate::potential::request::Options;
use crate::potential::species::in_words;

/// Parameter files.
const FILES: [FileKind; 1] = [FileKind::named("*.tersoff")];

/// The catalog entry.
pub fn entry() -> Entry {
    Entry {
        name: "tersoff",
        summary: "Tersoff: silicon, carbon, silicon carbide; other covalent solids from a file",
        source: "J. Tersoff, Phys. Rev. B 39, 5566 (1989), doi:10.1103/PhysRevB.39.5566",
        options: &[OptionSpec {
            name: FILE,
            help: "path of a file *.tersoff, as LAMMPS reads it",
            default: Some("silicon and carbon"),
        }],
        files: &FILES,
        choices: None,
        reduced_units: None,
        applicability: Box::new(applicability),
        build: Box::new(|options, _| Ok(Box::new(build(options)?))),
    }
}

fn build(options: &Options) -> Result<Tersoff, ParameterFileError> {
    options
        .text(FILE)
        .map_or_else(|| Ok(Tersoff::new()), Tersoff::from_file)
}

/// Suitable for crystals of silicon and carbon, and for the elements of a file.
fn applicability(options: &Options, structure: &Structure) -> Applicability {
    let mut potential = match build(options) {
        Ok(potential) => potential,
        Err(error) => return Applicability::impossible(error),
    };
    let capabilities = potential.capabilities.clone();
    capabilities.assess(structure, |elements| {
        match potential.prepare(elements).map(|_| ()) {
            Err(error) => Applicability::impossible(error),
            Ok(()) if potential.is_from_file => Applicability::of_file(elements),
            Ok(()) if is_framework(structure) => Applicability::Suitable {
                reason: format!("it is made for covalent crystals of {}", in_words(elements)),
                caution: (elements == [Element::C])
                    .then(|| "it has no attraction between layers or molecules".to_owned()),
            },
            Ok(()) => Applicability::usable("it was fitted to crystals"),
        }
    })
}
