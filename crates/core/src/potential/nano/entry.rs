//! Catalog entry of nano, and its applicability to a structure.

use super::{Nano, ParametersError};
use crate::chem::Structure;
use crate::potential::applicability::{Applicability, assess_evaluated};
use crate::potential::catalog::FILE;
use crate::potential::catalog::entry::{Entry, OptionSpec};
use crate::potential::catalog::error::CatalogError;
use crate::potential::matter::{Matter, MatterKind};
use crate::potential::request::Options;
use crate::potential::species::{Species, in_words};
use crate::potential::{Evaluation, LARGE_FORCE_ERROR};

/// Mean expected force error beyond which a structure is outside the training domain, eV/Å. Transition
/// states of molecules and C60 are below it; silicates and diamond are above.
const OUT_OF_DOMAIN: f64 = 1.1;

/// The catalog entry.
pub fn entry() -> Entry {
    Entry {
        name: "nano",
        summary: "A small learned potential: molecules of H, B, C, N, O, F, Si, P, S, Cl, Br, I and \
                  their ions",
        source: "Learned from GFN2-xTB: C. Bannwarth, S. Ehlert, S. Grimme, J. Chem. Theory Comput. \
                 15, 1652 (2019), doi:10.1021/acs.jctc.8b01176",
        options: &[OptionSpec {
            name: FILE,
            help: "path of other parameters, which `mlipview train` has written",
            default: Some("built in"),
        }],
        choices: None,
        files: &[],
        reduced_units: None,
        applicability: Box::new(applicability),
        build: Box::new(|options, _| {
            let built = requested(options);
            Ok(Box::new(built.map_err(|error| CatalogError::Failed {
                potential: "nano",
                reason: error.to_string(),
            })?))
        }),
    }
}

/// The potential of a request: with the built-in parameters, or those of the file that it names.
fn requested(options: &Options) -> Result<Nano, ParametersError> {
    options
        .text(FILE)
        .map_or_else(|| Ok(Nano::new()), Nano::from_file)
}

/// Suitable for molecules and ions within the training domain; usable, with the expected force errors
/// as a caution, for all other structures of its elements.
fn applicability(options: &Options, structure: &Structure) -> Applicability {
    let mut nano = match requested(options) {
        Ok(nano) => nano,
        Err(error) => return Applicability::impossible(error),
    };
    let domain = nano.domain().to_vec();
    assess_evaluated(&mut nano, structure, |evaluation| {
        let matter = match Matter::of(structure) {
            Ok(matter) => matter,
            Err(error) => return Applicability::impossible(error),
        };
        let mut elements = Species::of(structure).elements;
        let suitable = Applicability::Suitable {
            reason: format!("it has learned molecules of {}", in_words(&elements)),
            caution: odd_electrons(structure).or_else(|| uncertain_atoms(structure, evaluation)),
        };
        elements.retain(|element| !domain.contains(element));
        suitable
            .with_caution(
                (!elements.is_empty())
                    .then(|| format!("it has learned little of {}", in_words(&elements))),
            )
            .with_caution(out_of_domain(&matter, evaluation))
    })
}

/// A caution for an odd number of electrons, which is no closed shell.
fn odd_electrons(structure: &Structure) -> Option<String> {
    let numbers = structure.elements().iter();
    let protons: i64 = numbers.map(|element| i64::from(element.number())).sum();
    let electrons = protons - i64::from(structure.charge);
    (electrons % 2 != 0)
        .then(|| "the number of electrons is odd, and it has learned closed shells only".to_owned())
}

/// A caution with the atoms of the largest expected force errors, if those are large.
fn uncertain_atoms(structure: &Structure, evaluation: &Evaluation) -> Option<String> {
    let errors = evaluation.force_errors.as_deref().unwrap_or_default();
    let mut order: Vec<usize> = (0..errors.len()).collect();
    order.sort_by(|one, other| errors[*other].total_cmp(&errors[*one]));
    order.truncate(3);
    order.retain(|atom| errors[*atom] > LARGE_FORCE_ERROR);
    let name = |atom: &usize| format!("{} {atom}", structure.elements()[*atom].symbol());
    let names: Vec<String> = order.iter().map(name).collect();
    order.first().map(|worst| {
        format!(
            "the surroundings of {} are unlike most that it has learned; forces there may be off by \
             {:.1} eV/Å",
            names.join(", "),
            errors[*worst]
        )
    })
}

/// A caution for a framework, and for molecules, sheets and solids with molecules that are unlike the
/// molecules of the training set.
fn out_of_domain(matter: &Matter, evaluation: &Evaluation) -> Option<String> {
    if matter.kind() == MatterKind::Solid && matter.is_framework {
        return Some("it has learned molecules, and this is a framework of bonds".to_owned());
    }
    // Many molecules do not make up for a solid that is outside the domain.
    let errors = evaluation.force_errors.as_deref()?;
    let mean = [false, true]
        .map(|in_solid| {
            let part = errors.iter().zip(&matter.in_solid);
            let part = part.filter(|(_, is)| **is == in_solid);
            let (count, sum) = part.fold((0, 0.0), |(count, sum), (error, _)| {
                (count + 1, sum + error)
            });
            sum / f64::max(f64::from(count), 1.0)
        })
        .into_iter()
        .fold(0.0, f64::max);
    (mean > OUT_OF_DOMAIN).then(|| format!("on average its forces may be off by {mean:.1} eV/Å"))
}
