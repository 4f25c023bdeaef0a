//! Catalog entry of the Tersoff potential, and its applicability to a structure.

use super::Tersoff;
use crate::chem::{Element, Structure};
use crate::potential::applicability::{Applicability, is_crystal};
use crate::potential::catalog::FILE;
use crate::potential::catalog::entry::{Entry, OptionSpec};
use crate::potential::parameter_file::ParameterFileError;
use crate::potential::request::Options;
use crate::potential::species::{Species, in_words};

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
        files: &["*.tersoff"],
        choices: None,
        reduced_units: None,
        applicability: Box::new(|options, structure| match build(options) {
            Ok(potential) => applicability(potential, structure),
            Err(error) => Applicability::impossible(error),
        }),
        build: Box::new(|options, _| Ok(Box::new(build(options)?))),
    }
}

fn build(options: &Options) -> Result<Tersoff, ParameterFileError> {
    match options.text(FILE) {
        None => Ok(Tersoff::new()),
        Some(path) => Tersoff::from_file(path),
    }
}

/// Suitable for crystals of silicon and carbon, and for the elements of a file.
fn applicability(mut potential: Tersoff, structure: &Structure) -> Applicability {
    let missing = potential.capabilities.missing_elements(structure);
    if !missing.is_empty() {
        return Applicability::without_parameters(missing);
    }
    let elements = Species::of(structure).elements;
    if let Err(error) = potential.prepare(&elements) {
        return Applicability::impossible(error);
    }
    if structure.is_empty() {
        return Applicability::suitable("there are no atoms");
    }
    let words = in_words(&elements);
    let fit = if potential.is_from_file {
        Applicability::suitable(format!("its file has parameters for {words}"))
    } else if is_crystal(structure) {
        Applicability::Suitable {
            reason: format!("it is made for covalent crystals of {words}"),
            caution: (elements == [Element::C])
                .then(|| "it has no attraction between layers or molecules".to_owned()),
        }
    } else {
        Applicability::Usable {
            caution: "it was fitted to crystals".to_owned(),
        }
    };
    fit.with_caution(potential.capabilities.ignored_electrons(structure))
}
