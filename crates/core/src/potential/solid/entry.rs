//! Catalog entry of solid, and its applicability to a structure.

use super::{ParametersError, Solid};
use crate::chem::Structure;
use crate::potential::Evaluation;
use crate::potential::applicability::{Applicability, assess_evaluated, displaced};
use crate::potential::catalog::FILE;
use crate::potential::catalog::entry::{Entry, OptionSpec};
use crate::potential::catalog::error::CatalogError;
use crate::potential::matter::{Matter, MatterKind};
use crate::potential::request::Options;
use crate::potential::species::{Species, in_words};

/// Mean expected force error of displaced atoms from which there is a caution, eV/Å: twice that of rutile.
const LARGE_MEAN_ERROR: f64 = 0.7;

/// The catalog entry.
pub fn entry() -> Entry {
    Entry {
        name: "solid",
        summary: "A small learned potential: crystals, surfaces and melts of H to Pu, without noble \
                  gases, Po, At, Fr and Ra",
        source: "Learned from TensorNet-MatPES-r2SCAN-v2025.1: A. D. Kaplan et al., A Foundational \
                 Potential Energy Surface Dataset for Materials (2025), arXiv:2503.04070",
        options: &[OptionSpec {
            name: FILE,
            help: "path of other parameters, which `mlipview train` has written",
            default: Some("built in"),
        }],
        files: &[],
        choices: None,
        reduced_units: None,
        applicability: Box::new(applicability),
        build: Box::new(|options, _| {
            let built = requested(options);
            Ok(Box::new(built.map_err(|error| CatalogError::Failed {
                potential: "solid",
                reason: error.to_string(),
            })?))
        }),
    }
}

/// The potential of a request: with the built-in parameters, or those of the file that it names.
fn requested(options: &Options) -> Result<Solid, ParametersError> {
    options
        .text(FILE)
        .map_or_else(|| Ok(Solid::new()), Solid::from_file)
}

/// Suitable for solids, with a caution if they contain molecules or its expected errors are large;
/// usable for molecules, where nothing else is.
///
/// Expected errors grow with the forces, which vanish in a relaxed crystal: they are those of displaced
/// atoms.
fn applicability(options: &Options, structure: &Structure) -> Applicability {
    let mut solid = match requested(options) {
        Ok(solid) => solid,
        Err(error) => return Applicability::impossible(error),
    };
    assess_evaluated(&mut solid, &displaced(structure), |evaluation| {
        let matter = match Matter::of(structure) {
            Ok(matter) => matter.kind(),
            Err(error) => return Applicability::impossible(error),
        };
        let suitable = Applicability::Suitable {
            reason: reason(structure, evaluation),
            caution: large_errors(evaluation),
        };
        match matter {
            MatterKind::Solid => suitable,
            MatterKind::Both => suitable.and_caution(MOLECULES),
            MatterKind::Molecules => suitable.with_caution(Some(ONLY_MOLECULES.to_owned())),
        }
    })
}

const MOLECULES: &str = "it has learned crystals; molecules in or on them are less accurate";
const ONLY_MOLECULES: &str = "it has learned crystals, and these are molecules: bonds may be wrong";

/// As in "it has learned crystals with O and Ti, with an expected force error of 0.2 eV/Å in motion".
fn reason(structure: &Structure, evaluation: &Evaluation) -> String {
    let elements = in_words(&Species::of(structure).elements);
    let errors = evaluation.expected_force_errors();
    let expected = errors.map_or(String::new(), |errors| {
        format!(
            ", with an expected force error of {:.1} eV/Å in motion",
            errors.mean
        )
    });
    format!("it has learned crystals with {elements}{expected}")
}

/// A caution for large expected errors.
fn large_errors(evaluation: &Evaluation) -> Option<String> {
    let errors = evaluation.expected_force_errors()?;
    (errors.mean > LARGE_MEAN_ERROR)
        .then(|| "with errors this large, trust shapes and motion in outline only".to_owned())
}
