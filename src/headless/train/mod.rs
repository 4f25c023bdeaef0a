//! The command `mlipview train`: trains or fine-tunes nano or solid.

mod device;
mod labels;
mod progress;
#[cfg(feature = "server")]
pub(crate) mod reports;
mod run_lock;
mod sampler;
#[cfg(feature = "server")]
mod service;
mod start;
pub(crate) mod training;

use mlipview_telemetry::{Callbacks, command_queue};
use mlipview_training::Ending;
use serde_json::json;

use super::exit_code::{DONE, INTERRUPTED};
use super::interrupt;
use crate::cli::TrainArgs;
use progress::ProgressReport;
use training::{Training, TrainingEnd, TrainingFiles};

pub(super) fn run(arguments: &TrainArgs) -> anyhow::Result<u8> {
    let report = ProgressReport::new(arguments.format.json);
    let end = train(arguments, &report)?;
    print(&report, &end);
    Ok(match end.ending {
        Ending::Stopped => INTERRUPTED,
        Ending::Completed | Ending::EarlyStopped => DONE,
    })
}

/// Prepares and runs a training; serves its progress if the arguments ask for it.
fn train(arguments: &TrainArgs, report: &ProgressReport) -> anyhow::Result<TrainingEnd> {
    let files = TrainingFiles::of(&arguments.training)?;
    #[cfg(feature = "server")]
    let (name, folder) = (files.name(), files.folder.clone());
    let training = Training::prepare(&arguments.training, files, report)?;
    let (sender, commands) = command_queue();
    #[cfg(feature = "server")]
    let service = service::Service::start(arguments, &name, &folder, sender)?;
    #[cfg(not(feature = "server"))]
    let _sender = sender;
    #[cfg(feature = "server")]
    let both = service.as_ref().map(|service| reports::Both {
        user: report,
        server: service.callbacks(),
        folder: &folder,
    });
    #[cfg(feature = "server")]
    let callbacks: &dyn Callbacks = both.as_ref().map_or(report, |both| both);
    #[cfg(not(feature = "server"))]
    let callbacks: &dyn Callbacks = report;
    report.begin(training.trainer());
    training.run(callbacks, commands, &interrupt::requested)
}

fn print(report: &ProgressReport, end: &TrainingEnd) {
    let outcome = end.outcome();
    let Some(written) = &end.written else {
        return report.outcome(outcome, &json!({ "outcome": outcome }));
    };
    let (path, potential) = (written.path.display(), written.potential);
    let errors = written.errors().map(|errors| format!("\n{errors}"));
    let sentence = format!(
        "{outcome}; wrote {path}, for --potential {potential}:file={path}{}",
        errors.unwrap_or_default()
    );
    report.outcome(
        &sentence,
        &json!({
            "outcome": outcome,
            "output": written.path,
            "potential": potential,
            "card": written.card,
        }),
    );
}
