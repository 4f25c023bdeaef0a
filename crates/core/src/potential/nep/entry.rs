//! Catalog entry of neuroevolution potentials, and their applicability to a structure.

use super::{Nep, NepFileError};
use crate::chem::Structure;
use crate::potential::applicability::Applicability;
use crate::potential::catalog::FILE;
use crate::potential::catalog::entry::{Entry, OptionSpec};
use crate::potential::catalog::error::CatalogError;
use crate::potential::request::Options;
use crate::potential::species::Species;

/// The catalog entry.
pub fn entry() -> Entry {
    Entry {
        name: "nep",
        summary: "Neuroevolution potential: what its model file was trained on, such as NEP89 for 89 \
                  elements",
        source: "Z. Fan et al., J. Chem. Phys. 157, 114801 (2022), doi:10.1063/5.0106617; cite also the \
                 paper of the model, as for NEP89: T. Liang et al., arXiv:2504.21286",
        options: &[OptionSpec {
            name: FILE,
            help: "path of a model in the format of GPUMD's nep.txt, version 3, 4 or 5",
            default: None,
        }],
        files: &["nep*.txt"],
        choices: None,
        reduced_units: None,
        applicability: Box::new(applicability),
        build: Box::new(|options, _| Ok(Box::new(build(options)?))),
    }
}

/// Usable for the elements of the model; impossible without a model.
fn applicability(options: &Options, structure: &Structure) -> Applicability {
    if options.text(FILE).is_none() {
        return Applicability::Impossible {
            missing: Species::of(structure).elements,
            reason: "it needs a model file, as in nep:file=nep89.txt (models/README.md)".to_owned(),
        };
    }
    let capabilities = match build(options) {
        Ok(nep) => nep.capabilities,
        Err(error) => {
            return Applicability::Impossible {
                missing: Vec::new(),
                reason: error.to_string(),
            };
        }
    };
    let missing = capabilities.missing_elements(structure);
    if !missing.is_empty() {
        return Applicability::without_parameters(missing);
    }
    if structure.is_empty() {
        return Applicability::suitable("there are no atoms");
    }
    let caution = "its model file does not say whether it was trained on structures like this one";
    Applicability::Usable {
        caution: caution.to_owned(),
    }
    .with_caution(capabilities.ignored_electrons(structure))
}

fn build(options: &Options) -> Result<Nep, CatalogError> {
    let path = options.text(FILE).ok_or(CatalogError::Missing {
        potential: "nep",
        missing: FILE,
        example: "nep:file=nep89.txt",
    })?;
    Nep::from_file(path).map_err(|error| match error {
        NepFileError::File(error) => error.into(),
        NepFileError::Content { .. } => CatalogError::Failed {
            potential: "nep",
            reason: error.to_string(),
        },
    })
}
