//! Catalog entry of the Stillinger–Weber potential, and its applicability to a structure.

use super::StillingerWeber;
use crate::chem::Structure;
use crate::potential::applicability::{Applicability, is_crystal};
use crate::potential::catalog::FILE;
use crate::potential::catalog::entry::{Entry, OptionSpec};
use crate::potential::parameter_file::ParameterFileError;
use crate::potential::request::Options;
use crate::potential::species::{Species, in_words};

/// The catalog entry.
pub fn entry() -> Entry {
    Entry {
        name: "sw",
        summary: "Stillinger-Weber: silicon; other tetrahedral solids from a file",
        source: "F. H. Stillinger, T. A. Weber, Phys. Rev. B 31, 5262 (1985), \
                 doi:10.1103/PhysRevB.31.5262",
        options: &[OptionSpec {
            name: FILE,
            help: "path of a file *.sw, as LAMMPS reads it",
            default: Some("silicon"),
        }],
        files: &["*.sw"],
        choices: None,
        reduced_units: None,
        applicability: Box::new(|options, structure| match build(options) {
            Ok(potential) => applicability(potential, structure),
            Err(error) => Applicability::impossible(error),
        }),
        build: Box::new(|options, _| Ok(Box::new(build(options)?))),
    }
}

fn build(options: &Options) -> Result<StillingerWeber, ParameterFileError> {
    match options.text(FILE) {
        None => Ok(StillingerWeber::silicon()),
        Some(path) => StillingerWeber::from_file(path),
    }
}

/// Suitable for crystals of silicon, and for the elements of a file.
fn applicability(mut potential: StillingerWeber, structure: &Structure) -> Applicability {
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
    let elements = in_words(&elements);
    let fit = if potential.is_from_file {
        Applicability::suitable(format!("its file has parameters for {elements}"))
    } else if is_crystal(structure) {
        Applicability::suitable(format!("it is made for crystals of {elements}"))
    } else {
        Applicability::Usable {
            caution: "it was fitted to the crystal and the melt".to_owned(),
        }
    };
    fit.with_caution(potential.capabilities.ignored_electrons(structure))
}
