//! The command `mlipview train`: trains or fine-tunes nano or solid.

mod device;
mod labels;
mod progress;
#[cfg(feature = "server")]
mod reports;
mod sampler;
#[cfg(feature = "server")]
mod service;
mod start;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use mlipview_telemetry::{Callbacks, command_queue};
use mlipview_training::{
    Card, Ending, LossWeights, Origin, ReferenceChoice, Run, Trainer, TrainingSettings, replace,
};
use serde_json::json;

use super::exit_code::{DONE, INTERRUPTED};
use super::interrupt;
use crate::cli::{EnergyReferenceArg, TrainArgs};
use progress::ProgressReport;
use sampler::SimulationSampler;

/// Extension of the folder of a run, beside its output.
const RUN: &str = "training";

/// Name of the checkpoint in the folder of a run.
const CHECKPOINT: &str = "checkpoint.safetensors";

/// Learning rates from trained and from random parameters.
const FINE_TUNING_RATE: f64 = 1e-3;
const SCRATCH_RATE: f64 = 5e-3;

pub(super) fn run(arguments: &TrainArgs) -> anyhow::Result<u8> {
    expect_valid(arguments)?;
    let output = output(arguments)?;
    let folder = arguments.run.clone();
    let folder = folder.unwrap_or_else(|| output.with_extension(RUN));
    let report = ProgressReport::new(arguments.format.json);
    let (mut trainer, origin) = prepare(arguments, &folder, &report)?;
    report.message(&summary(&trainer, arguments));
    let ending = take_steps(&mut trainer, arguments, &folder, &report)?;
    let (model, card) = trainer.result(origin)?;
    replace(&output, &model.to_bytes())?;
    finish(&report, &output, model.potential_name(), ending, &card);
    Ok(match ending {
        Ending::Stopped => INTERRUPTED,
        Ending::Completed | Ending::EarlyStopped => DONE,
    })
}

/// The trainer at its start, or at its checkpoint.
fn prepare(
    arguments: &TrainArgs,
    folder: &Path,
    report: &ProgressReport,
) -> anyhow::Result<(Trainer, Origin)> {
    let device = device::open(&arguments.device)?;
    report.message("reading labels");
    let files = labels::read(arguments)?;
    let mut model = start::model(&arguments.start, &files, arguments.seed)?;
    let prepared = labels::prepare(&mut model, files, reference(arguments), arguments)?;
    for note in &prepared.notes {
        report.message(&format!("note: {note}"));
    }
    let origin = Origin {
        start: arguments.start.clone(),
        files: arguments.labels.clone(),
        method: arguments.method.clone(),
        energy_reference_fitted: prepared.reference_fitted,
    };
    let checkpoint = folder.join(CHECKPOINT);
    if arguments.restart || !checkpoint.exists() {
        let trainer = Trainer::new(model, prepared.sets, settings(arguments), device);
        return Ok((trainer, origin));
    }
    let name = checkpoint.display();
    let bytes = fs::read(&checkpoint).with_context(|| format!("cannot read {name}"))?;
    let trainer = Trainer::resume(&bytes, prepared.sets, settings(arguments), device)
        .with_context(|| name.to_string())?;
    let steps = trainer.counters().steps;
    report.message(&format!("continues from step {steps} of {name}"));
    Ok((trainer, origin))
}

/// Takes the steps of a training; serves its progress if the arguments ask for it.
fn take_steps(
    trainer: &mut Trainer,
    arguments: &TrainArgs,
    folder: &Path,
    report: &ProgressReport,
) -> anyhow::Result<Ending> {
    let (_sender, commands) = command_queue();
    let mut sampler = SimulationSampler::new(folder, trainer);
    #[cfg(feature = "server")]
    let service = {
        let name = folder.file_stem().unwrap_or_default().to_string_lossy();
        service::Service::start(arguments, &name, folder)?
    };
    #[cfg(feature = "server")]
    let both = service.as_ref().map(|service| reports::Both {
        user: report,
        server: service.callbacks(),
        folder,
    });
    #[cfg(feature = "server")]
    let (callbacks, commands): (&dyn Callbacks, _) = match (&both, &service) {
        (Some(both), Some(service)) => (both, service.commands()),
        _ => (report, commands),
    };
    #[cfg(not(feature = "server"))]
    let callbacks: &dyn Callbacks = report;
    report.begin(trainer);
    let samples = trainer.steps().checked_div(arguments.samples);
    let ending = Run {
        trainer,
        checkpoint: folder.join(CHECKPOINT),
        callbacks,
        commands,
        stop: &interrupt::requested,
        sampler: &mut sampler,
        sample_interval: samples.unwrap_or(0),
    }
    .run();
    Ok(ending?)
}

/// Checks the numbers of the arguments.
///
/// # Errors
/// If a rate is not positive, or a weight is negative or all are zero.
fn expect_valid(arguments: &TrainArgs) -> anyhow::Result<()> {
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
fn output(arguments: &TrainArgs) -> anyhow::Result<PathBuf> {
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
    let (first, _) = mlipview_core::files::split(first);
    let stem = Path::new(first).file_stem().unwrap_or_default();
    let path = PathBuf::from(stem).with_extension("safetensors");
    // Beside a checkpoint it is the result so far, and this command continues.
    if path.exists() && !path.with_extension(RUN).join(CHECKPOINT).exists() {
        bail!(
            "{} already exists: name another file with -o, or the same one to replace it",
            path.display()
        );
    }
    Ok(path)
}

fn settings(arguments: &TrainArgs) -> TrainingSettings {
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

fn reference(arguments: &TrainArgs) -> ReferenceChoice {
    match (arguments.energy_reference, arguments.start.as_str()) {
        (EnergyReferenceArg::Auto, start::SCRATCH) | (EnergyReferenceArg::Fit, _) => {
            ReferenceChoice::Fit
        }
        (EnergyReferenceArg::Auto, _) => ReferenceChoice::Auto,
        (EnergyReferenceArg::Keep, _) => ReferenceChoice::Keep,
    }
}

fn summary(trainer: &Trainer, arguments: &TrainArgs) -> String {
    let labels = trainer.labels();
    format!(
        "learns {} structures and measures errors on {}; from {}, {} epochs of {} steps",
        labels.training.len(),
        labels.validation.len(),
        arguments.start,
        trainer.settings().epochs,
        trainer.steps_per_epoch()
    )
}

fn finish(report: &ProgressReport, output: &Path, potential: &str, ending: Ending, card: &Card) {
    let path = output.display();
    let outcome = match ending {
        Ending::Completed => "completed",
        Ending::EarlyStopped => "stopped early: the validation loss has not become smaller",
        Ending::Stopped => "stopped; the same command continues",
    };
    let errors = card.validation.map_or_else(String::new, |scores| {
        format!(
            "\nerrors on {} validation structures: forces {:.4} eV/Å (of {:.3}), energies {:.2} meV/atom",
            scores.frames, scores.force_rmse, scores.force_rms, scores.energy_rmse
        )
    });
    let sentence =
        format!("{outcome}; wrote {path}, for --potential {potential}:file={path}{errors}");
    report.outcome(
        &sentence,
        &json!({ "outcome": outcome, "output": output, "potential": potential, "card": card }),
    );
}
