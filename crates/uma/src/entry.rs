//! UMA among the potentials that can be asked for.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::device::Device;
use super::{MOLECULES, Precision, Uma, Use};
use crate::checkpoint::{Checkpoint, Configuration};
use crate::models::Models;
use mlipview_core::chem::neighbors::pairs;
use mlipview_core::chem::{Element, Structure, excerpt};
use mlipview_core::potential::Potential;
use mlipview_core::potential::applicability::Applicability;
use mlipview_core::potential::catalog::{CatalogError, Entry, OptionChoices, OptionSpec};
use mlipview_core::potential::request::Options;
use mlipview_core::potential::species::Species;

const NAME: &str = "uma";

/// What one core takes for one edge of uma-s, s.
const TIME_OF_AN_EDGE: f64 = 0.5e-3;

/// The parameters that are at work in uma-s, which larger models are compared with.
const PARAMETERS: f64 = 6.3e6;

/// Time of a step on the CPU beyond which other potentials are preferred, s.
const LONGEST_STEP: f64 = 10.0;

/// Time of a step on the CPU beyond which a caution states it, s.
const LONG_STEP: f64 = 0.5;

/// What is taken where a request does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// The models folder; `None`: there is none.
    pub models: Option<Models>,
    /// A checkpoint, or the name of one in the folder; the first in the folder where nothing is said.
    pub model: Option<String>,
    /// The name of the task; one that fits the structure where nothing is said.
    pub task: Option<String>,
    /// What computes; the first card of NVIDIA that works, or else the processor.
    pub device: Option<Device>,
}

impl Preferences {
    /// What computes where a request does not say.
    pub fn device(&self) -> Device {
        self.device.unwrap_or_else(|| {
            let is_card = |device: &Device| matches!(device, Device::Cuda(_));
            Device::cards()
                .into_iter()
                .find(is_card)
                .unwrap_or_default()
        })
    }
}

/// The entry of the catalog.
pub fn entry(preferences: Preferences) -> Entry {
    let shelf = Arc::new(Shelf {
        preferences,
        opened: Mutex::new(None),
    });
    let (judge, clerk) = (Arc::clone(&shelf), Arc::clone(&shelf));
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
        choices: Some(Box::new(move |options| clerk.choices(options))),
        reduced_units: None,
        applicability: Box::new(move |options, structure| judge.applicability(options, structure)),
        build: Box::new(move |options, structure| shelf.build(options, structure)),
    }
}

/// The models at hand, the one that was used last opened.
struct Shelf {
    preferences: Preferences,
    opened: Mutex<Option<(PathBuf, Arc<Checkpoint>)>>,
}

impl Shelf {
    /// Suitable for all elements of the model; usable where a step takes long, impossible without a
    /// model.
    fn applicability(&self, options: &Options, structure: &Structure) -> Applicability {
        let elements = || Species::of(structure).elements;
        let unavailable = |reason: String| Applicability::Impossible {
            missing: elements(),
            reason,
        };
        let checkpoint = match self.checkpoint(options.text("model")) {
            Ok(checkpoint) => checkpoint,
            Err(reason) => return unavailable(reason),
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
        match (
            self.task(options.text("task"), configuration, structure),
            self.step_time(configuration, structure),
        ) {
            (Err(reason), _) => unavailable(reason),
            (_, Err(reason)) => Applicability::Impossible {
                missing: Vec::new(),
                reason,
            },
            (Ok(task), Ok(step)) => {
                let takes = format!("a step takes about {step:.1} s on the CPU");
                if step > LONGEST_STEP {
                    return Applicability::Usable { caution: takes };
                }
                Applicability::Suitable {
                    reason: format!(
                        "{} is imported, and its task {task} is for {}",
                        configuration.model,
                        whom(&task)
                    ),
                    caution: (step > LONG_STEP).then_some(takes),
                }
            }
        }
    }

    /// Estimated time of a step on the CPU, s; 0 on a GPU.
    fn step_time(
        &self,
        configuration: &Configuration,
        structure: &Structure,
    ) -> Result<f64, String> {
        if self.preferences.device() != Device::Processor {
            return Ok(0.0);
        }
        let cell = structure.cell.as_ref();
        let edges = pairs(structure.positions(), cell, configuration.cutoff);
        let edges = edges.map_err(|error| error.to_string())?.len() as f64;
        let size = configuration.active_parameters() as f64 / PARAMETERS;
        Ok(edges * size * TIME_OF_AN_EDGE / rayon::current_num_threads() as f64)
    }

    /// The allowed values of the options. Devices are tested, if there is a model for them.
    fn choices(&self, options: &Options) -> Vec<OptionChoices> {
        let choice = |option, values| OptionChoices { option, values };
        let models = self.preferences.models.as_ref();
        let models = models.and_then(|models| models.list().ok());
        let names = models.into_iter().flatten().map(|model| model.name);
        let mut choices = vec![choice("model", names.collect())];
        choices.retain(|choice| !choice.values.is_empty());
        if let Ok(checkpoint) = self.checkpoint(options.text("model")) {
            let tasks = checkpoint.configuration().tasks.iter();
            choices.push(choice(
                "task",
                tasks.map(|task| task.name.clone()).collect(),
            ));
            let devices = Device::that_work().into_iter();
            choices.push(choice("device", devices.map(|it| it.to_string()).collect()));
            let precisions = ["single", "double"].map(str::to_owned);
            choices.push(choice("precision", precisions.into()));
        }
        choices
    }

    fn build(
        &self,
        options: &Options,
        structure: &Structure,
    ) -> Result<Box<dyn Potential>, CatalogError> {
        let failed = |reason: String| CatalogError::Failed {
            potential: NAME,
            reason,
        };
        let checkpoint = self.checkpoint(options.text("model")).map_err(failed)?;
        let configuration = checkpoint.configuration();
        let device = match options.text("device") {
            Some(device) => device
                .parse::<Device>()
                .map_err(|error| failed(error.to_string()))?,
            None => self.preferences.device(),
        };
        let precision = match options.text("precision") {
            None | Some("single") => Precision::Single,
            Some("double") => Precision::Double,
            Some(other) => {
                return Err(failed(format!(
                    "precision={} is neither single nor double",
                    excerpt(other)
                )));
            }
        };
        let task = self
            .task(options.text("task"), configuration, structure)
            .map_err(failed)?;
        let how = Use {
            task,
            device,
            precision,
        };
        let mut uma = Uma::new(checkpoint, &how).map_err(|error| failed(error.to_string()))?;
        uma.prepare(structure)
            .map_err(|error| failed(error.to_string()))?;
        Ok(Box::new(uma))
    }

    /// The checkpoint of a name in the folder. What the program was started with may be anywhere on
    /// the disk; what comes with a request, perhaps from the network, is a name and never a path.
    fn checkpoint(&self, name: Option<&str>) -> Result<Arc<Checkpoint>, String> {
        let path = match (name, &self.preferences.model) {
            (Some(name), _) => self.in_folder(Some(name))?,
            (None, Some(model)) if Path::new(model).exists() => PathBuf::from(model),
            (None, model) => self.in_folder(model.as_deref())?,
        };
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((last, checkpoint)) = &*opened
            && *last == path
        {
            return Ok(Arc::clone(checkpoint));
        }
        let checkpoint = Checkpoint::open(&path);
        let checkpoint = checkpoint.map_err(|error| format!("{}: {error}", path.display()))?;
        let checkpoint = Arc::new(checkpoint);
        *opened = Some((path, Arc::clone(&checkpoint)));
        Ok(checkpoint)
    }

    fn in_folder(&self, name: Option<&str>) -> Result<PathBuf, String> {
        let none = "no model is there: models/README.md says how to obtain one, and `mlipview model \
                    import FILE` puts it in place";
        let models = self.preferences.models.as_ref().ok_or(none)?;
        let found = match name {
            Some(name) => models.find(name).map_err(|error| error.to_string())?,
            None => {
                let models = models.list().map_err(|error| error.to_string())?;
                models.into_iter().next().ok_or(none)?
            }
        };
        Ok(found.path)
    }

    /// The task that was asked for, or one that fits.
    fn task(
        &self,
        asked: Option<&str>,
        configuration: &Configuration,
        structure: &Structure,
    ) -> Result<String, String> {
        let asked = asked.or(self.preferences.task.as_deref());
        let task = asked.unwrap_or_else(|| task_for(structure));
        let task = super::task(configuration, task).map_err(|error| error.to_string())?;
        Ok(task.name.clone())
    }
}

/// Molecules where nothing repeats; molecular crystals where everything is of carbon, hydrogen and
/// their usual company; else inorganic crystals. Surfaces and frameworks must be asked for.
fn task_for(structure: &Structure) -> &'static str {
    if !structure
        .cell
        .as_ref()
        .is_some_and(|cell| cell.is_periodic())
    {
        return MOLECULES;
    }
    let elements = structure.elements();
    let organic = [
        "H", "C", "N", "O", "F", "S", "Cl", "P", "Br", "I", "B", "Si",
    ];
    let is_organic = |element: &Element| organic.contains(&element.symbol());
    if elements.iter().all(is_organic) && elements.iter().any(|element| element.symbol() == "H") {
        "omc"
    } else {
        "omat"
    }
}

fn whom(task: &str) -> &'static str {
    match task {
        MOLECULES => "molecules",
        "omc" => "molecular crystals",
        "omat" => "inorganic crystals",
        _ => "what you have asked for",
    }
}
