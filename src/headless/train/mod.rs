//! The command `mlipview train`: trains or fine-tunes nano or solid.

mod device;
mod labels;
mod progress;
mod sampler;
mod start;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use mlipview_telemetry::command_queue;
use mlipview_training::{
    Card, Ending, LossWeights, Origin, ReferenceChoice, Run, Trainer, TrainingSettings, replace,
};
use serde_json::json;

use super::exit_code::{DONE, INTERRUPTED};
use super::interrupt;
use crate::cli::{EnergyReferenceArg, TrainArgs};
use progress::ProgressReport;
use sampler::SimulationSampler;

/// Name of the checkpoint in the folder of a run.
const CHECKPOINT: &str = "checkpoint.safetensors";

/// Learning rates from trained and from random parameters.
const FINE_TUNING_RATE: f64 = 1e-3;
const SCRATCH_RATE: f64 = 5e-3;

pub(super) fn run(arguments: &TrainArgs) -> anyhow::Result<u8> {
    let output = output(arguments)?;
    let folder = arguments
        .run
        .clone()
        .unwrap_or_else(|| output.with_extension("training"));
    let device = device::open(&arguments.device)?;
    let report = ProgressReport::new(arguments.format.json);
    report.message("reading labels");
    let read = labels::read(arguments)?;
    let mut model = start::model(&arguments.start, &read, arguments.seed)?;
    let prepared = labels::prepare(&mut model, read, reference(arguments), arguments)?;
    for note in &prepared.notes {
        report.message(&format!("note: {note}"));
    }
    let checkpoint = folder.join(CHECKPOINT);
    let mut trainer = if checkpoint.exists() && !arguments.restart {
        let bytes = fs::read(&checkpoint)
            .with_context(|| format!("cannot read {}", checkpoint.display()))?;
        let trainer = Trainer::resume(&bytes, prepared.sets, settings(arguments), device)
            .with_context(|| checkpoint.display().to_string())?;
        report.message(&format!(
            "continues from step {} of {}",
            trainer.counters().steps,
            checkpoint.display()
        ));
        trainer
    } else {
        Trainer::new(model, prepared.sets, settings(arguments), device)
    };
    report.message(&summary(&trainer, arguments));
    report.begin(&trainer);
    let steps = trainer.steps();
    let (_commands, received) = command_queue();
    let mut sampler = SimulationSampler::new(&folder, &trainer);
    let ending = Run {
        trainer: &mut trainer,
        checkpoint: checkpoint.clone(),
        callbacks: &report,
        commands: received,
        stop: &interrupt::requested,
        sampler: &mut sampler,
        sample_interval: steps.checked_div(arguments.samples).unwrap_or(0),
    }
    .run()?;
    let origin = Origin {
        start: arguments.start.clone(),
        files: arguments.labels.clone(),
        method: arguments.method.clone(),
        energy_reference_fitted: prepared.reference_fitted,
    };
    let (model, card) = trainer.result(origin)?;
    replace(&output, &model.to_bytes())?;
    let name = model.potential_name();
    finish(&report, &output, name, ending, &card);
    Ok(match ending {
        Ending::Stopped => INTERRUPTED,
        Ending::Completed | Ending::EarlyStopped => DONE,
    })
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
    if path.exists() {
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
        patience: arguments.patience,
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
