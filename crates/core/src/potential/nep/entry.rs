//! Catalog entry of neuroevolution potentials, and their applicability to a structure.

use std::sync::Arc;

use super::imported::{ImportedModel, ListModels};
use super::{Nep, NepFileError, file};
use crate::chem::{Structure, excerpt};
use crate::potential::applicability::{Applicability, assess_evaluated};
use crate::potential::catalog::entry::{Entry, FileContent, FileKind, OptionChoices, OptionSpec};
use crate::potential::catalog::error::CatalogError;
use crate::potential::catalog::{FILE, listed};
use crate::potential::matter::{Matter, MatterKind};
use crate::potential::request::Options;
use crate::potential::species::{Species, in_words};

/// Name of the entry.
pub(in crate::potential) const NAME: &str = "nep";

/// The option with the name of an imported model.
const MODEL: &str = "model";

/// Model files, which begin with their version: nep4, nep4_zbl.
const FILES: [FileKind; 3] = [model_file("nep3"), model_file("nep4"), model_file("nep5")];

const fn model_file(start: &'static str) -> FileKind {
    FileKind {
        name: "*.txt",
        content: FileContent::Start(start),
    }
}

const UNSTATED: &str =
    "its model file does not say whether it was trained on structures like this one";

/// The catalog entry, with the models that the user has imported.
pub fn entry(imported: ListModels) -> Entry {
    let imported = Arc::new(imported);
    let (for_choices, for_applicability) = (Arc::clone(&imported), Arc::clone(&imported));
    Entry {
        name: NAME,
        summary: "Neuroevolution potential: what its model file was trained on, such as NEP89 for 89 \
                  elements",
        source: "Z. Fan et al., J. Chem. Phys. 157, 114801 (2022), doi:10.1063/5.0106617; cite also the \
                 paper of the model, as for NEP89: T. Liang et al., arXiv:2504.21286",
        options: &[
            OptionSpec {
                name: FILE,
                help: "path of a model in the format of GPUMD's nep.txt, version 3, 4 or 5",
                default: None,
            },
            OptionSpec {
                name: MODEL,
                help: "name of a model imported by `mlipview model import nep89.txt`",
                default: Some("the first with the elements of the structure"),
            },
        ],
        files: &FILES,
        choices: Some(Box::new(move |_| choices(&for_choices()))),
        reduced_units: None,
        applicability: Box::new(move |options, structure| {
            applicability(&for_applicability(), options, structure)
        }),
        build: Box::new(move |options, structure| {
            Ok(Box::new(build(&imported(), options, structure)?))
        }),
    }
}

/// The names of the imported models, if there are any.
fn choices(imported: &[ImportedModel]) -> Vec<OptionChoices> {
    let names = imported.iter().map(|model| model.name.clone());
    let names = OptionChoices {
        option: MODEL,
        values: names.collect(),
    };
    Vec::from_iter((!names.values.is_empty()).then_some(names))
}

/// Suitable for solids of the elements of an imported model, and usable for other structures of the
/// elements of a model; impossible without one.
fn applicability(
    imported: &[ImportedModel],
    options: &Options,
    structure: &Structure,
) -> Applicability {
    let mut nep = match build(imported, options, structure) {
        Ok(nep) => nep,
        Err(error) => {
            return Applicability::Impossible {
                missing: Species::of(structure).elements,
                reason: match error {
                    CatalogError::Failed { reason, .. } => reason,
                    error => error.to_string(),
                },
            };
        }
    };
    let is_imported = options.text(FILE).is_none();
    let (file, elements) = (nep.file_name.clone(), Species::of(structure).elements);
    assess_evaluated(&mut nep, structure, |_| match Matter::of(structure) {
        Err(error) => Applicability::impossible(error),
        Ok(matter) if is_imported && matter.kind() != MatterKind::Molecules => {
            Applicability::Suitable {
                reason: format!(
                    "its file {file} is imported and has parameters for {}",
                    in_words(&elements)
                ),
                caution: Some(UNSTATED.to_owned()),
            }
        }
        Ok(_) => Applicability::usable(UNSTATED),
    })
}

/// The potential of a request: of a file, of an imported model, or else of the first imported model with
/// the elements of the structure.
fn build(
    imported: &[ImportedModel],
    options: &Options,
    structure: &Structure,
) -> Result<Nep, CatalogError> {
    let failed = |reason: String| CatalogError::Failed {
        potential: NAME,
        reason,
    };
    let path = match (options.text(FILE), options.text(MODEL)) {
        (Some(_), Some(_)) => return Err(failed("give a file or a model, not both".to_owned())),
        (Some(path), None) => path,
        (None, Some(name)) => {
            let model = imported.iter().find(|model| model.name == name);
            let model = model.ok_or_else(|| {
                let known = listed(imported.iter().map(|model| model.name.as_str()));
                failed(format!(
                    "no NEP model {:?} is imported; imported: {known}",
                    excerpt(name)
                ))
            })?;
            &model.path
        }
        (None, None) => {
            let model = first_with_elements(imported, structure);
            let model = model.ok_or_else(|| failed(NO_MODEL.to_owned()))?;
            &model.path
        }
    };
    Nep::from_file(path).map_err(|error| match error {
        NepFileError::File(error) => error.into(),
        NepFileError::Content { .. } => failed(error.to_string()),
    })
}

const NO_MODEL: &str = "it needs a model file, as in nep:file=nep89.txt, or an imported one, by `mlipview \
                        model import nep89.txt`; models/README.md says where to get it";

/// The first model with all elements of a structure, else the first.
fn first_with_elements<'a>(
    imported: &'a [ImportedModel],
    structure: &Structure,
) -> Option<&'a ImportedModel> {
    if imported.len() < 2 {
        return imported.first();
    }
    let elements = Species::of(structure).elements;
    let has_all = |model: &&ImportedModel| {
        let known = file::elements(&model.path);
        known.is_ok_and(|known| elements.iter().all(|element| known.contains(element)))
    };
    imported.iter().find(has_all).or(imported.first())
}
