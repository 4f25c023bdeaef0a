//! Trainings that the window starts: each on a thread of its own, also seen by the browsers of the server.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use anyhow::bail;
use mlipview_core::files;
use mlipview_telemetry::{Callbacks, CommandReceiver};
use mlipview_viewer::app::training::{
    TrainedFile, TrainingFailure, TrainingJob, TrainingOutcome, TrainingRecord,
    WindowTrainingSettings, default_output,
};

use super::training_service::TrainingService;
use crate::cli::TrainingArgs;
use crate::headless::train::training::{Training, TrainingFiles};

/// The trainings of a window. Dropping it stops the one that runs, which writes its checkpoint.
pub(super) struct WindowTrainings {
    is_closing: Arc<AtomicBool>,
    running: Arc<Mutex<Option<JoinHandle<()>>>>,
    service: TrainingService,
}

impl WindowTrainings {
    /// Trainings that a service shows to browsers.
    pub(super) fn new(service: TrainingService) -> WindowTrainings {
        WindowTrainings {
            is_closing: Arc::default(),
            running: Arc::default(),
            service,
        }
    }

    /// The resource of the window that starts them.
    pub(super) fn job(&self) -> TrainingJob {
        let (is_closing, running) = (Arc::clone(&self.is_closing), Arc::clone(&self.running));
        let service = self.service.clone();
        TrainingJob::started_by(Box::new(move |settings, record, commands| {
            let run = Running {
                settings: settings.clone(),
                record: Arc::clone(record),
                service: service.clone(),
                is_closing: Arc::clone(&is_closing),
            };
            let thread = thread::Builder::new().name("training".to_owned());
            let thread = thread.spawn(move || run.run(commands))?;
            *lock(&running) = Some(thread);
            Ok(())
        }))
    }
}

impl Drop for WindowTrainings {
    fn drop(&mut self) {
        self.is_closing.store(true, Ordering::SeqCst);
        if let Some(thread) = lock(&self.running).take() {
            // A panic is in the record already.
            let _ = thread.join();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A training on its thread.
struct Running {
    settings: WindowTrainingSettings,
    record: Arc<TrainingRecord>,
    service: TrainingService,
    is_closing: Arc<AtomicBool>,
}

impl Drop for Running {
    fn drop(&mut self) {
        if !self.record.has_ended() {
            let reason = "its thread has failed inside the program; report this as a bug";
            self.record.finish(Err(TrainingFailure::new(reason)));
        }
    }
}

impl Running {
    fn run(self, commands: CommandReceiver) {
        let outcome = self.train(commands);
        let failed = |error: anyhow::Error| TrainingFailure::new(format!("{error:#}"));
        self.record.finish(outcome.map_err(failed));
    }

    fn train(&self, commands: CommandReceiver) -> anyhow::Result<TrainingOutcome> {
        let record: &TrainingRecord = &self.record;
        let arguments = arguments(&self.settings)?;
        let files = TrainingFiles::of(&arguments)?;
        let (name, folder) = (files.name(), files.folder.clone());
        let training = Training::prepare(&arguments, files, record)?;
        self.service.measure_machine(&self.record)?;
        let is_closing = || self.is_closing.load(Ordering::SeqCst);
        let run = |callbacks: &dyn Callbacks| training.run(callbacks, commands, &is_closing);
        let end = self.service.run(&name, &folder, record, run)?;
        let outcome = end.outcome();
        let Some(written) = end.written else {
            return Ok(TrainingOutcome {
                sentence: outcome.to_owned(),
                file: None,
            });
        };
        let path = written.path.display().to_string();
        let errors = written.errors().map(|errors| format!("; {errors}"));
        Ok(TrainingOutcome {
            sentence: format!("{outcome}; wrote {path}{}", errors.unwrap_or_default()),
            file: Some(TrainedFile {
                potential: written.potential.to_owned(),
                path,
            }),
        })
    }
}

/// The arguments of settings.
///
/// # Errors
/// If there are no labels, or the parameters would replace a file that is not named.
fn arguments(settings: &WindowTrainingSettings) -> anyhow::Result<TrainingArgs> {
    let labels = settings.labels.trim();
    if labels.is_empty() {
        bail!("no file of labels is selected");
    }
    let defaults = TrainingArgs::of(labels);
    Ok(TrainingArgs {
        start: settings.start.to_string(),
        validation: settings.validation_percent / 100.0,
        epochs: settings.epochs.max(1),
        output: Some(output(labels, &settings.output)?),
        restart: settings.restart,
        ..defaults
    })
}

/// The file of the parameters: as named, or with the name of the labels; beside the labels.
fn output(labels: &str, named: &str) -> anyhow::Result<PathBuf> {
    let (labels, _) = files::split(labels);
    let labels = Path::new(labels);
    let folder = labels.parent().unwrap_or(Path::new(""));
    let named = named.trim();
    if !named.is_empty() {
        let name = named.strip_suffix(".safetensors").unwrap_or(named);
        return Ok(folder.join(format!("{name}.safetensors")));
    }
    let path = folder.join(default_output(&labels.display().to_string()));
    let files = TrainingFiles {
        folder: path.with_extension("training"),
        output: path,
    };
    if files.replaces_unknown() {
        bail!(
            "{} already exists: type a name for the parameters in Save as, also to replace it",
            files.output.display()
        );
    }
    Ok(files.output)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_written_beside_their_labels_and_replace_nothing_unnamed() {
        let folder = tempfile::tempdir().unwrap();
        let labels = folder.path().join("ethanol.xyz");
        let labels = format!("{}@::2", labels.display());
        let expected = folder.path().join("ethanol.safetensors");
        assert_eq!(output(&labels, "").unwrap(), expected);
        assert_eq!(
            output(&labels, "mine").unwrap(),
            folder.path().join("mine.safetensors")
        );
        std::fs::write(&expected, "of somebody").unwrap();
        assert!(output(&labels, "").is_err());
        assert_eq!(output(&labels, "ethanol.safetensors").unwrap(), expected);
        // With its checkpoint it is the result so far.
        let run = folder.path().join("ethanol.training");
        std::fs::create_dir(&run).unwrap();
        std::fs::write(run.join("checkpoint.safetensors"), "").unwrap();
        assert_eq!(output(&labels, "").unwrap(), expected);
    }

    /// A record of a training of water, and its commands.
    fn started(trainings: &WindowTrainings, folder: &Path, epochs: u64) -> TrainingJob {
        let labels = folder.join("water.xyz");
        std::fs::write(&labels, LABELS).unwrap();
        let mut job = trainings.job();
        job.settings.labels = labels.display().to_string();
        job.settings.epochs = epochs;
        job.settings.validation_percent = 50.0;
        job.start();
        job
    }

    /// Two structures with energies and forces of nano.
    const LABELS: &str = "3\nProperties=species:S:1:pos:R:3:forces:R:3 energy=-137.93\n\
        O 0 0 0.119 0 0 0.3\nH 0 0.763 -0.477 0 0.1 -0.15\nH 0 -0.763 -0.477 0 -0.1 -0.15\n\
        3\nProperties=species:S:1:pos:R:3:forces:R:3 energy=-137.91\n\
        O 0 0 0.139 0 0 0.5\nH 0 0.773 -0.477 0 0.2 -0.25\nH 0 -0.773 -0.477 0 -0.2 -0.25\n";

    #[test]
    fn a_training_of_the_window_writes_its_parameters() {
        let folder = tempfile::tempdir().unwrap();
        let trainings = WindowTrainings::new(TrainingService::default());
        let job = started(&trainings, folder.path(), 2);
        let running = lock(&trainings.running).take();
        running.unwrap().join().unwrap();
        let progress = job.progress().unwrap();
        let outcome = progress.outcome.unwrap().unwrap();
        assert!(
            outcome.sentence.starts_with("completed"),
            "{}",
            outcome.sentence
        );
        let file = outcome.file.unwrap();
        assert_eq!(file.potential, "nano");
        assert!(Path::new(&file.path).exists());
        assert_eq!(progress.loss.points().len(), 2);
    }

    #[test]
    fn closing_the_window_stops_its_training_which_keeps_a_checkpoint() {
        let folder = tempfile::tempdir().unwrap();
        let trainings = WindowTrainings::new(TrainingService::default());
        let job = started(&trainings, folder.path(), 100_000);
        while job.progress().unwrap().loss.points().is_empty() {
            thread::yield_now();
        }
        drop(trainings);
        assert!(!job.is_running());
        let outcome = job.progress().unwrap().outcome.unwrap().unwrap();
        assert!(outcome.sentence.contains("the same settings continue"));
        assert!(
            folder
                .path()
                .join("water.training/checkpoint.safetensors")
                .exists()
        );
    }

    #[test]
    fn a_training_that_is_stopped_before_its_first_validation_writes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let labels = folder.path().join("water.xyz");
        std::fs::write(&labels, LABELS).unwrap();
        let settings = WindowTrainingSettings {
            labels: labels.display().to_string(),
            ..WindowTrainingSettings::default()
        };
        let arguments = arguments(&settings).unwrap();
        let files = TrainingFiles::of(&arguments).unwrap();
        let training = Training::prepare(&arguments, files, &()).unwrap();
        let (_sender, commands) = mlipview_telemetry::command_queue();
        let end = training.run(&(), commands, &|| true).unwrap();
        assert!(end.written.is_none());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
