//! The catalog entry of learning during a simulation.

use std::sync::Arc;

use mlipview_core::chem::Structure;
use mlipview_core::potential::catalog::{AUTO, CatalogError, Entry, OptionChoices, OptionSpec};
use mlipview_core::potential::request::{Options, RequestError};
use mlipview_core::potential::species::Species;
use mlipview_core::potential::{
    Applicability, Catalog, Nano, Potential, Request, Solid, parameter_file,
};

use super::potential::{Learning, LearningSettings};
use super::student::StudentSettings;
use crate::initial::NetworkSizes;
use crate::model::Model;

/// Name in requests.
const NAME: &str = "learn";

/// Names and defaults of the options.
const TEACHER: &str = "teacher";
const STUDENT: &str = "student";
const ERROR: &str = "error";
const EVERY: &str = "every";
const LABELS: &str = "labels";
const SEED: &str = "seed";
const DEFAULT_ERROR: f64 = 0.1;
const DEFAULT_EVERY: f64 = 100.0;

/// The student of random parameters.
const SCRATCH: &str = "scratch";

/// Students that need no file.
const STUDENTS: [&str; 3] = ["nano", "solid", SCRATCH];

/// A caution for energies, which change with the potential that answers.
const CAUTION: &str = "energies jump where teacher and student take turns: use a thermostat";

/// Learning rates of trained and of random parameters.
const TRAINED_RATE: f64 = 1e-3;
const RANDOM_RATE: f64 = 5e-3;

/// The entry `learn`: a potential of `teachers` teaches nano, solid or a new network.
pub fn entry(teachers: Arc<Catalog>) -> Entry {
    let known = Arc::clone(&teachers);
    Entry {
        name: NAME,
        summary: "nano or solid learns from another potential while the simulation runs",
        source: "On-the-fly learning: J. Vandermause et al., npj Comput. Mater. 6, 20 (2020), \
                 doi:10.1038/s41524-020-0283-z; cite the teacher",
        options: &[
            OptionSpec {
                name: TEACHER,
                help: "the potential that teaches, as in uma or \"uma:task=omol,model=uma-s-1p1\"",
                default: None,
            },
            OptionSpec {
                name: STUDENT,
                help: "the network that learns: nano, solid, scratch, or a file of parameters",
                default: Some("nano for molecules of its elements, else solid"),
            },
            OptionSpec {
                name: ERROR,
                help: "force error with which the student answers, eV/Å",
                default: Some("0.1"),
            },
            OptionSpec {
                name: EVERY,
                help: "most steps between two checks by the teacher",
                default: Some("100"),
            },
            OptionSpec {
                name: LABELS,
                help: "extended XYZ file to which the teacher's answers are appended",
                default: Some("none"),
            },
            OptionSpec {
                name: SEED,
                help: "seed of the student's training",
                default: Some("0"),
            },
        ],
        files: &[],
        choices: Some(Box::new(|_| {
            let values = STUDENTS.map(str::to_owned).to_vec();
            vec![OptionChoices {
                option: STUDENT,
                values,
            }]
        })),
        reduced_units: None,
        applicability: Box::new(move |options, structure| {
            applicability(&known, options, structure)
        }),
        build: Box::new(move |options, structure| build(&teachers, options, structure)),
    }
}

/// As well as its teacher, with a caution; without a teacher it cannot start.
fn applicability(teachers: &Catalog, options: &Options, structure: &Structure) -> Applicability {
    let Some(teacher) = options.text(TEACHER) else {
        return Applicability::Impossible {
            // So that the automatic choice does not count it as a potential with parameters.
            missing: Species::of(structure).elements,
            reason: "it needs a teacher, as in learn:teacher=uma".to_owned(),
        };
    };
    let request = match teacher.parse::<Request>() {
        Ok(request) => request,
        Err(error) => return Applicability::impossible(error),
    };
    let assessed = match teachers.entry(&request.name) {
        Some(entry) => (entry.applicability)(&request.options, structure),
        None if request.name == AUTO => match teachers.provide(&request, structure) {
            Ok(chosen) => Applicability::suitable(chosen.reason).with_caution(chosen.caution),
            Err(error) => Applicability::impossible(error),
        },
        None => Applicability::impossible(format!("unknown teacher {teacher:?}")),
    };
    assessed.with_caution(Some(CAUTION.to_owned()))
}

fn build(
    teachers: &Catalog,
    options: &Options,
    structure: &Structure,
) -> Result<Box<dyn Potential>, CatalogError> {
    let failed = |reason: String| CatalogError::Failed {
        potential: NAME,
        reason,
    };
    let said = |error: &dyn std::error::Error| failed(error.to_string());
    let teacher = options.text(TEACHER);
    let teacher =
        teacher.ok_or_else(|| failed("it needs a teacher, as in learn:teacher=uma".into()))?;
    let request: Request = teacher
        .parse()
        .map_err(|error: RequestError| said(&error))?;
    let teacher = teachers.provide(&request, structure)?.potential;
    let number = |name: &'static str, default: f64| -> Result<f64, CatalogError> {
        let found = options.number(name).map_err(|error| said(&error))?;
        let found = found.unwrap_or(default);
        match found > 0.0 || name == SEED && found >= 0.0 {
            true => Ok(found),
            false => Err(failed(format!(
                "invalid value {name}={found}: expected a positive number"
            ))),
        }
    };
    let name = options
        .text(STUDENT)
        .unwrap_or_else(|| usual_student(structure));
    let seed = number(SEED, 0.0)? as u64;
    let model = student(name, structure, seed)?;
    let settings = LearningSettings {
        error: number(ERROR, DEFAULT_ERROR)?,
        every: number(EVERY, DEFAULT_EVERY)? as u64,
        labels: options.text(LABELS).map(str::to_owned),
        student: StudentSettings {
            seed,
            rate: match name {
                SCRATCH => RANDOM_RATE,
                _ => TRAINED_RATE,
            },
        },
    };
    let learning = Learning::start(teacher, model, &settings).map_err(|error| said(&error))?;
    Ok(Box::new(learning))
}

/// nano where it has learned all elements and there is no periodic cell, else solid.
fn usual_student(structure: &Structure) -> &'static str {
    let nano = Nano::new();
    let is_known = structure
        .elements()
        .iter()
        .all(|element| nano.domain().contains(element));
    let is_periodic = structure
        .cell
        .as_ref()
        .is_some_and(|cell| cell.is_periodic());
    match is_known && !is_periodic {
        true => "nano",
        false => "solid",
    }
}

/// The network of a name.
fn student(name: &str, structure: &Structure, seed: u64) -> Result<Model, CatalogError> {
    let failed = |error: &dyn std::error::Error| CatalogError::Failed {
        potential: NAME,
        reason: format!("student {name}: {error}"),
    };
    let model = match name {
        "nano" => Model::read(Nano::BUILT_IN),
        "solid" => Model::read(Solid::BUILT_IN),
        SCRATCH => {
            let mut elements = structure.elements().to_vec();
            elements.sort_unstable_by_key(|element| element.number());
            elements.dedup();
            Model::random(&elements, NetworkSizes::default(), seed)
        }
        path => {
            let bytes = parameter_file::read(path).map_err(|error| failed(&error))?;
            Model::read(&bytes)
        }
    };
    model.map_err(|error| failed(&error))
}
