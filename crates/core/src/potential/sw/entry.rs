//! Catalog entry of the Stillinger–Weber potential, and its applicability to a structure.

use super::StillingerWeber;
use crate::chem::Structure;
use crate::potential::applicability::Applicability;
use crate::potential::catalog::FILE;
use crate::potential::catalog::entry::{Entry, FileKind, OptionSpec};
use crate::potential::matter::is_framework;
use crate::potential::parameter_file::ParameterFileError;
use crate::potential::request::Options;
use crate::potential::species::in_words;

/// Parameter files.
const FILES: [FileKind; 1] = [FileKind::named("*.sw")];

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
        files: &FILES,
        choices: None,
        reduced_units: None,
        applicability: Box::new(applicability),
        build: Box::new(|options, _| Ok(Box::new(build(options)?))),
    }
}

fn build(options: &Options) -> Result<StillingerWeber, ParameterFileError> {
    options.text(FILE).map_or_else(
        || Ok(StillingerWeber::silicon()),
        StillingerWeber::from_file,
    )
}

/// Suitable for crystals of silicon, and for the elements of a file.
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
            Ok(()) if is_framework(structure) => Applicability::suitable(format!(
                "it is made for crystals of {}",
                in_words(elements)
            )),
            Ok(()) => Applicability::usable("it was fitted to the crystal and the melt"),
        }
    })
}
