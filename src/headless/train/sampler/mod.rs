//! Samples of a training: validation structures, relaxed or in motion by the network as it is.

mod thumbnail;

use std::path::{Path, PathBuf};

use mlipview_core::chem::Structure;
use mlipview_core::chem::format::Configuration;
use mlipview_core::files;
use mlipview_core::sim::propagate::Relaxation;
use mlipview_core::sim::task::DynamicsSettings;
use mlipview_core::sim::{Engine, Task};
use mlipview_telemetry::{Sample, SampleKind};
use mlipview_training::{Model, SampleError, Sampler, Trainer};
use serde_json::{Map, Value};

use super::super::run;
use thumbnail::thumbnail;

/// Name of the folder of samples in that of a run.
const FOLDER: &str = "samples";

/// Steps of a sample, and between its frames.
const STEPS: u64 = 100;
const STEPS_PER_FRAME: u64 = 5;

/// Kind of a sample.
#[derive(Clone, Copy)]
enum Simulation {
    Relaxation,
    Dynamics,
}

/// Relaxes validation structures and lets them move at 300 K, in turn, and writes the frames of each as
/// an extended XYZ file, and a thumbnail of the last.
pub(super) struct SimulationSampler {
    folder: PathBuf,
    structures: Vec<Structure>,
    next: usize,
}

impl SimulationSampler {
    /// A sampler that writes into the folder of a run; without validation labels it takes those of the
    /// training.
    pub(super) fn new(folder: &Path, trainer: &Trainer) -> SimulationSampler {
        let labels = trainer.labels();
        let structures = match labels.validation.is_empty() {
            true => &labels.training,
            false => &labels.validation,
        };
        SimulationSampler {
            folder: folder.join(FOLDER),
            structures: structures
                .iter()
                .map(|label| label.structure.clone())
                .collect(),
            next: 0,
        }
    }

    /// The structure and the simulation that a command asks for, or the next ones.
    fn choose(
        &mut self,
        arguments: &Map<String, Value>,
    ) -> Result<(usize, Simulation), SampleError> {
        let count = self.structures.len();
        let number = self.next;
        self.next += 1;
        let index = match arguments.get("structure") {
            None => number / 2 % count.max(1),
            Some(value) => {
                let index = value.as_u64().and_then(|index| usize::try_from(index).ok());
                index.filter(|index| *index < count).ok_or_else(|| {
                    SampleError::new(format!(
                        "invalid structure {value}: expected an index below {count}"
                    ))
                })?
            }
        };
        let simulation = match arguments.get("simulation").and_then(Value::as_str) {
            None if number.is_multiple_of(2) => Simulation::Relaxation,
            None => Simulation::Dynamics,
            Some("relaxation") => Simulation::Relaxation,
            Some("dynamics") => Simulation::Dynamics,
            Some(other) => {
                return Err(SampleError::new(format!(
                    "unknown simulation {other:?}: expected relaxation or dynamics"
                )));
            }
        };
        Ok((index, simulation))
    }
}

impl Sampler for SimulationSampler {
    fn sample(
        &mut self,
        model: &Model,
        step: u64,
        arguments: &Map<String, Value>,
    ) -> Result<Sample, SampleError> {
        let (index, simulation) = self.choose(arguments)?;
        let structure = self.structures[index].clone();
        let name = name(&structure);
        let predictor = model.predictor().map_err(SampleError::new)?;
        let engine = Engine::new(structure, Some(predictor.into_potential()), 0);
        let frames = frames(engine, simulation).map_err(SampleError::new)?;
        std::fs::create_dir_all(&self.folder).map_err(SampleError::new)?;
        let (verb, suffix) = match simulation {
            Simulation::Relaxation => ("relaxed", "relaxed"),
            Simulation::Dynamics => ("moving at 300 K:", "300K"),
        };
        let file = format!("{step:08}-{index}-{suffix}.xyz");
        let path = self.folder.join(file);
        files::write(&path.to_string_lossy(), &frames).map_err(SampleError::new)?;
        let thumbnail_path = frames
            .last()
            .and_then(|frame| thumbnail(&frame.structure))
            .map(|svg| -> Result<String, SampleError> {
                let path = path.with_extension("svg");
                std::fs::write(&path, svg).map_err(SampleError::new)?;
                Ok(path.to_string_lossy().into_owned())
            })
            .transpose()?;
        Ok(Sample {
            kind: match arguments.is_empty() {
                true => SampleKind::Default,
                false => SampleKind::Custom,
            },
            path: Some(path.to_string_lossy().into_owned()),
            prompt: Some(format!("{verb} {name}")),
            thumbnail_path,
        })
    }
}

/// The name that the structure's file gives it, or its formula.
fn name(structure: &Structure) -> String {
    let named = structure.info.get("name").and_then(|name| name.as_text());
    named.map_or_else(|| structure.formula(), str::to_owned)
}

/// The frames of a short simulation.
fn frames(mut engine: Engine, simulation: Simulation) -> anyhow::Result<Vec<Configuration>> {
    let task = match simulation {
        Simulation::Relaxation => Task::Relaxation(Relaxation::default()),
        Simulation::Dynamics => DynamicsSettings::default().task(),
    };
    let mut frames = Vec::new();
    run::run(&mut engine, task, STEPS, STEPS_PER_FRAME, |frame| {
        frames.push(frame.configuration());
        Ok(())
    })?;
    Ok(frames)
}
