//! A training as the command line and the window run it: prepared from arguments, run, and written.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, bail, ensure};
use mlipview_core::files::Source;
use mlipview_telemetry::{Callbacks, CommandReceiver, LogLevel, LogMessage, Status, StatusReport};
use mlipview_training::{
    Card, Ending, LossWeights, Origin, ReferenceChoice, Run, Trainer, TrainingSettings, replace,
};

use super::run_lock::RunLock;
use super::sampler::SimulationSampler;
use super::{device, labels, start};
use crate::cli::{EnergyReferenceArg, TrainingArgs};

/// Extension of the folder of a run, beside its output.
const RUN: &str = "training";

/// Name of the checkpoint in the folder of a run.
const CHECKPOINT: &str = "checkpoint.safetensors";

/// Learning rates from trained and from random parameters.
const FINE_TUNING_RATE: f64 = 1e-3;
const SCRATCH_RATE: f64 = 5e-3;

/// Most letters of a name.
const MAX_NAME: usize = 60;

/// Files of a training.
pub(crate) struct TrainingFiles {
    /// The trained parameters.
    pub(crate) output: PathBuf,
    /// Folder of checkpoint, samples and events.
    pub(crate) folder: PathBuf,
}

impl TrainingFiles {
    /// The files of arguments.
    ///
    /// # Errors
    /// If the output has another extension than .safetensors, or is not named and exists.
    pub(crate) fn of(arguments: &TrainingArgs) -> anyhow::Result<TrainingFiles> {
        let output = output(arguments)?;
        let folder = arguments.run.clone();
        let files = TrainingFiles {
            folder: folder.unwrap_or_else(|| output.with_extension(RUN)),
            output,
        };
        if arguments.output.is_none() && files.replaces_unknown() {
            bail!(
                "{} already exists: name another file with -o, or the same one to replace it",
                files.output.display()
            );
        }
        Ok(files)
    }

    /// Name of the training, in the letters that a server allows.
    pub(crate) fn name(&self) -> String {
        let stem = self.folder.file_stem().unwrap_or_default();
        let allowed = |letter: char| match letter {
            '.' | '_' | '-' => letter,
            letter if letter.is_ascii_alphanumeric() => letter,
            _ => '_',
        };
        let stem = stem.to_string_lossy();
        let name: String = stem.chars().take(MAX_NAME).map(allowed).collect();
        match name.starts_with('.') || name.is_empty() {
            true => format!("_{}", name.trim_start_matches('.')),
            false => name,
        }
    }

    /// Whether the parameters would replace a file that is not the result so far of the same training.
    pub(crate) fn replaces_unknown(&self) -> bool {
        self.output.exists() && !self.checkpoint().exists()
    }

    fn checkpoint(&self) -> PathBuf {
        self.folder.join(CHECKPOINT)
    }
}

/// A training whose labels have been read and checked.
pub(crate) struct Training<'a> {
    arguments: &'a TrainingArgs,
    files: TrainingFiles,
    trainer: Trainer,
    origin: Origin,
    /// Held until the end.
    _lock: RunLock,
}

/// The end of a training.
pub(crate) struct TrainingEnd {
    pub(crate) ending: Ending,
    /// The parameters; none if it was stopped before the first validation.
    pub(crate) written: Option<WrittenParameters>,
}

/// Parameters that have been written.
pub(crate) struct WrittenParameters {
    pub(crate) path: PathBuf,
    /// The potential that reads them.
    pub(crate) potential: &'static str,
    pub(crate) card: Card,
}

impl Training<'_> {
    /// Reads the labels and the start, or the checkpoint; tells the notes about them as messages.
    ///
    /// # Errors
    /// If an argument is invalid, a file cannot be read, or no label can be learned.
    pub(crate) fn prepare<'a>(
        arguments: &'a TrainingArgs,
        files: TrainingFiles,
        callbacks: &dyn Callbacks,
    ) -> anyhow::Result<Training<'a>> {
        expect_valid(arguments)?;
        let (trainer, origin, lock) = prepare(arguments, &files, callbacks)?;
        let training = Training {
            arguments,
            files,
            trainer,
            origin,
            _lock: lock,
        };
        message(callbacks, training.summary());
        Ok(training)
    }

    /// The trainer, for the length of a progress bar.
    pub(crate) fn trainer(&self) -> &Trainer {
        &self.trainer
    }

    /// Takes the steps, obeys commands, and writes the parameters.
    ///
    /// # Errors
    /// If a step fails or a file cannot be written. The last checkpoint remains.
    pub(crate) fn run(
        self,
        callbacks: &dyn Callbacks,
        commands: CommandReceiver,
        stop: &dyn Fn() -> bool,
    ) -> anyhow::Result<TrainingEnd> {
        let end = self.steps_and_result(callbacks, commands, stop);
        callbacks.on_status(match &end {
            Ok(end) => end.ending.report(),
            Err(error) => StatusReport {
                error: Some(format!("{error:#}")),
                ..StatusReport::new(Status::Error, "failed")
            },
        });
        end
    }

    fn steps_and_result(
        mut self,
        callbacks: &dyn Callbacks,
        commands: CommandReceiver,
        stop: &dyn Fn() -> bool,
    ) -> anyhow::Result<TrainingEnd> {
        let mut sampler = SimulationSampler::new(&self.files.folder, &self.trainer);
        let samples = self.trainer.steps().checked_div(self.arguments.samples);
        let ending = Run {
            trainer: &mut self.trainer,
            checkpoint: self.files.checkpoint(),
            callbacks,
            commands,
            stop,
            sampler: &mut sampler,
            sample_interval: samples.unwrap_or(0),
        }
        .run()?;
        // Before the first validation the best parameters are those of the start.
        if self.trainer.counters().best.is_none() {
            return Ok(TrainingEnd {
                ending,
                written: None,
            });
        }
        let (model, card) = self.trainer.result(self.origin)?;
        replace(&self.files.output, &model.to_bytes())?;
        Ok(TrainingEnd {
            ending,
            written: Some(WrittenParameters {
                path: self.files.output,
                potential: model.potential_name(),
                card,
            }),
        })
    }

    fn summary(&self) -> String {
        let labels = self.trainer.labels();
        format!(
            "learns {} structures and measures errors on {}; from {}, {} epochs of {} steps",
            labels.training.len(),
            labels.validation.len(),
            self.arguments.start,
            self.trainer.settings().epochs,
            self.trainer.steps_per_epoch()
        )
    }
}

impl TrainingEnd {
    /// The ending in words.
    pub(crate) fn outcome(&self) -> &'static str {
        match self.ending {
            _ if self.written.is_none() => {
                "stopped before the first validation, without parameters; the same settings continue"
            }
            Ending::Completed => "completed",
            Ending::EarlyStopped => "stopped early: the validation loss has not become smaller",
            Ending::Stopped => "stopped; the same settings continue",
        }
    }
}

impl WrittenParameters {
    /// Errors on the validation labels in words, if there are such labels.
    pub(crate) fn errors(&self) -> Option<String> {
        self.card.validation.map(|scores| {
            format!(
                "errors on {} validation structures: forces {:.4} eV/Å (of {:.3}), energies {:.2} meV/atom",
                scores.frames, scores.force_rmse, scores.force_rms, scores.energy_rmse
            )
        })
    }
}

/// The trainer at its start, or at its checkpoint; and the lock on the folder of the run.
fn prepare(
    arguments: &TrainingArgs,
    files: &TrainingFiles,
    callbacks: &dyn Callbacks,
) -> anyhow::Result<(Trainer, Origin, RunLock)> {
    let device = device::open(&arguments.device)?;
    message(callbacks, "reading labels");
    let read = labels::read(arguments)?;
    let mut model = start::model(&arguments.start, &read, arguments.seed)?;
    let prepared = labels::prepare(&mut model, read, reference(arguments), arguments)?;
    for note in &prepared.notes {
        message(callbacks, format!("note: {note}"));
    }
    let origin = Origin {
        start: arguments.start.clone(),
        files: arguments.labels.clone(),
        method: arguments.method.clone(),
        energy_reference_fitted: prepared.reference_fitted,
    };
    let lock = RunLock::of(&files.folder)?;
    let checkpoint = files.checkpoint();
    if arguments.restart || !checkpoint.exists() {
        let trainer = Trainer::new(model, prepared.sets, settings(arguments), device);
        return Ok((trainer, origin, lock));
    }
    let name = checkpoint.display();
    let bytes = fs::read(&checkpoint).with_context(|| format!("cannot read {name}"))?;
    let trainer = Trainer::resume(&bytes, &model, prepared.sets, settings(arguments), device)
        .with_context(|| name.to_string())?;
    let steps = trainer.counters().steps;
    message(callbacks, format!("continues from step {steps} of {name}"));
    Ok((trainer, origin, lock))
}

/// Reports a message for the log.
fn message(callbacks: &dyn Callbacks, text: impl Into<String>) {
    callbacks.on_log(LogMessage {
        level: LogLevel::Info,
        message: text.into(),
        source: "train".to_owned(),
    });
}

/// Checks the numbers of the arguments.
///
/// # Errors
/// If a rate is not positive, or a weight is negative or all are zero.
fn expect_valid(arguments: &TrainingArgs) -> anyhow::Result<()> {
    if let Some(rate) = arguments.learning_rate {
        ensure!(
            rate.is_finite() && rate > 0.0,
            "invalid --learning-rate {rate}: expected a positive number"
        );
    }
    let weights = [
        ("--force-weight", arguments.force_weight),
        ("--energy-weight", arguments.energy_weight),
        ("--stress-weight", arguments.stress_weight),
        ("--charge-weight", arguments.charge_weight),
    ];
    for (name, weight) in weights {
        ensure!(
            weight.is_finite() && weight >= 0.0,
            "invalid {name} {weight}: expected a number of at least 0"
        );
    }
    ensure!(
        weights.iter().any(|(_, weight)| *weight > 0.0),
        "all weights of the loss are 0: expected at least one above 0"
    );
    Ok(())
}

/// Path of the trained parameters.
fn output(arguments: &TrainingArgs) -> anyhow::Result<PathBuf> {
    if let Some(path) = &arguments.output {
        if path
            .extension()
            .is_none_or(|extension| extension != "safetensors")
        {
            bail!(
                "cannot write {}: expected a name that ends in .safetensors",
                path.display()
            );
        }
        return Ok(path.clone());
    }
    let first = arguments.labels.first().map_or("", String::as_str);
    Ok(PathBuf::from(format!(
        "{}.safetensors",
        Source::parse(first).stem()
    )))
}

fn settings(arguments: &TrainingArgs) -> TrainingSettings {
    let rate = match arguments.start.as_str() {
        start::SCRATCH => SCRATCH_RATE,
        _ => FINE_TUNING_RATE,
    };
    TrainingSettings {
        seed: arguments.seed,
        epochs: arguments.epochs,
        atoms_per_batch: arguments.batch,
        learning_rate: arguments.learning_rate.unwrap_or(rate),
        weights: LossWeights {
            forces: arguments.force_weight,
            energy: arguments.energy_weight,
            stress: arguments.stress_weight,
            charges: arguments.charge_weight,
        },
        early_stopping: arguments.early_stopping,
    }
}

fn reference(arguments: &TrainingArgs) -> ReferenceChoice {
    match (arguments.energy_reference, arguments.start.as_str()) {
        (EnergyReferenceArg::Auto, start::SCRATCH) | (EnergyReferenceArg::Fit, _) => {
            ReferenceChoice::Fit
        }
        (EnergyReferenceArg::Auto, _) => ReferenceChoice::Auto,
        (EnergyReferenceArg::Keep, _) => ReferenceChoice::Keep,
    }
}
