//! UMA in the catalog of potentials.

use std::sync::Arc;

use crate::checkpoint::Configuration;
use crate::checkpoint_cache::{CheckpointCache, OpenError};
use crate::device::{Device, DeviceError};
use crate::error::UmaError;
use crate::models::ModelKind;
use crate::potential::{Uma, UmaOptions};
use crate::precision::Precision;
use crate::preferences::Preferences;
use crate::tasks;
use mlipview_core::chem::neighbors::{TooDense, pairs};
use mlipview_core::chem::{Element, Structure, excerpt};
use mlipview_core::potential::Potential;
use mlipview_core::potential::applicability::Applicability;
use mlipview_core::potential::catalog::{CatalogError, Entry, OptionChoices, OptionSpec};
use mlipview_core::potential::request::Options;
use mlipview_core::potential::species::Species;

const NAME: &str = "uma";

/// Time of one edge of uma-s on one core, s: 0.20 to 0.22 ms in caffeine, Si₆₄ and 64 waters on a Xeon
/// (Sapphire Rapids, AVX-512), by `benches/uma.rs`.
const EDGE_TIME: f64 = 0.2e-3;

/// Active parameters of uma-s, to scale the time of larger models.
const UMA_S_PARAMETERS: f64 = 6.3e6;

/// Time of a step on the CPU beyond which other potentials are preferred, s.
const MAX_STEP_TIME: f64 = 10.0;

/// Time of a step on the CPU beyond which a caution states it, s.
const SLOW_STEP_TIME: f64 = 0.5;

/// Why a request cannot be served.
#[derive(Debug, thiserror::Error)]
enum RequestError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Uma(#[from] UmaError),
    #[error(transparent)]
    Device(#[from] DeviceError),
    #[error("unknown precision {0:?}: expected single or double")]
    Precision(String),
}

/// The entry of UMA in the catalog.
pub fn entry(preferences: Preferences) -> Entry {
    let cache = Arc::new(CheckpointCache::new(preferences));
    let (for_choices, for_applicability) = (Arc::clone(&cache), Arc::clone(&cache));
    Entry {
        name: NAME,
        summary: "A large learned potential for molecules and materials of nearly all elements, from \
                  weights that you have downloaded",
        source: "B. M. Wood et al., UMA: A Family of Universal Models for Atoms (2025), \
                 arXiv:2506.23971",
        options: &[
            OptionSpec {
                name: "model",
                help: "name of an imported model",
                default: Some("first imported"),
            },
            OptionSpec {
                name: "task",
                help: "omol, omat, omc, oc20, odac …",
                default: Some("by structure"),
            },
            OptionSpec {
                name: "device",
                help: "compute device: cpu, cuda:N or wgpu",
                default: Some("cuda if present, else cpu"),
            },
            OptionSpec {
                name: "precision",
                help: "single, or double on the CPU",
                default: Some("single"),
            },
        ],
        choices: Some(Box::new(move |options| choices(&for_choices, options))),
        files: &[],
        reduced_units: None,
        applicability: Box::new(move |options, structure| {
            applicability(&for_applicability, options, structure)
        }),
        build: Box::new(move |options, structure| {
            build(&cache, options, structure).map_err(|error| CatalogError::Failed {
                potential: NAME,
                reason: error.to_string(),
            })
        }),
    }
}

/// Suitable for all elements of the model; usable where a step takes long, impossible without a
/// model.
fn applicability(
    cache: &CheckpointCache,
    options: &Options,
    structure: &Structure,
) -> Applicability {
    let elements = || Species::of(structure).elements;
    let checkpoint = match cache.open(options.text("model")) {
        Ok(checkpoint) => checkpoint,
        Err(error) => {
            return Applicability::Impossible {
                missing: elements(),
                reason: error.to_string(),
            };
        }
    };
    let configuration = checkpoint.configuration();
    let known: Vec<Element> = configuration.elements().collect();
    let missing = elements()
        .into_iter()
        .filter(|element| !known.contains(element));
    let missing: Vec<Element> = missing.collect();
    if !missing.is_empty() {
        return Applicability::without_parameters(missing);
    }
    let preferences = &cache.preferences;
    let task = match task(preferences, options, configuration, structure) {
        Ok(task) => task,
        Err(error) => {
            return Applicability::Impossible {
                missing: elements(),
                reason: error.to_string(),
            };
        }
    };
    let step = match step_time(preferences, configuration, structure) {
        Ok(step) => step,
        Err(error) => {
            return Applicability::Impossible {
                missing: Vec::new(),
                reason: error.to_string(),
            };
        }
    };
    let caution = format!("a step takes about {step:.1} s on the CPU");
    if step > MAX_STEP_TIME {
        return Applicability::Usable { caution };
    }
    Applicability::Suitable {
        reason: format!(
            "{} is imported, and its task {task} is for {}",
            configuration.model,
            tasks::matter(&task)
        ),
        caution: (step > SLOW_STEP_TIME).then_some(caution),
    }
}

/// Estimated time of a step on the CPU, s; 0 on a GPU.
fn step_time(
    preferences: &Preferences,
    configuration: &Configuration,
    structure: &Structure,
) -> Result<f64, TooDense> {
    if preferences.device() != Device::Cpu {
        return Ok(0.0);
    }
    let cell = structure.cell.as_ref();
    let edges = pairs(structure.positions(), cell, configuration.cutoff)?.len() as f64;
    let size = configuration.active_parameters() as f64 / UMA_S_PARAMETERS;
    Ok(edges * size * EDGE_TIME / rayon::current_num_threads() as f64)
}

/// The allowed values of the options. Devices are tested, if there is a model for them.
fn choices(cache: &CheckpointCache, options: &Options) -> Vec<OptionChoices> {
    let choice = |option, values| OptionChoices { option, values };
    let models = cache.preferences.models.as_ref();
    let models = models.and_then(|models| models.list_of(ModelKind::Uma).ok());
    let names = models.into_iter().flatten().map(|model| model.name);
    let mut choices = vec![choice("model", names.collect())];
    choices.retain(|choice| !choice.values.is_empty());
    if let Ok(checkpoint) = cache.open(options.text("model")) {
        let tasks = checkpoint.configuration().tasks.iter();
        choices.push(choice(
            "task",
            tasks.map(|task| task.name.clone()).collect(),
        ));
        let devices = Device::available().into_iter();
        choices.push(choice("device", devices.map(|it| it.to_string()).collect()));
        let precisions = ["single", "double"].map(str::to_owned);
        choices.push(choice("precision", precisions.into()));
    }
    choices
}

/// Builds the potential of a request, ready for a structure.
fn build(
    cache: &CheckpointCache,
    options: &Options,
    structure: &Structure,
) -> Result<Box<dyn Potential>, RequestError> {
    let checkpoint = cache.open(options.text("model"))?;
    let preferences = &cache.preferences;
    let device = match options.text("device") {
        Some(device) => device.parse()?,
        None => preferences.device(),
    };
    let precision = match options.text("precision") {
        None | Some("single") => Precision::Single,
        Some("double") => Precision::Double,
        Some(other) => return Err(RequestError::Precision(excerpt(other).into_owned())),
    };
    let task = task(preferences, options, checkpoint.configuration(), structure)?;
    let options = UmaOptions {
        task,
        device,
        precision,
    };
    let mut uma = Uma::new(checkpoint, &options)?;
    uma.prepare(structure)?;
    Ok(Box::new(uma))
}

/// The requested, the preferred or the default task.
fn task(
    preferences: &Preferences,
    options: &Options,
    configuration: &Configuration,
    structure: &Structure,
) -> Result<String, UmaError> {
    let requested = options.text("task").or(preferences.task.as_deref());
    let name = requested.unwrap_or_else(|| tasks::default_for(structure));
    Ok(tasks::find(configuration, name)?.name.clone())
}
