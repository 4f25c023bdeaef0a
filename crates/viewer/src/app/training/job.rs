//! The training that the window has started, if there is one, and the settings of the next.

use std::sync::Arc;

use bevy::prelude::*;
use mlipview_telemetry::{Command, CommandError, CommandReceiver, command_queue};

use super::record::{TrainingFailure, TrainingOutcome, TrainingProgress, TrainingRecord};
use super::settings::WindowTrainingSettings;

/// Starts a training on a thread of its own, which reports to the record and finishes it.
///
/// # Errors
/// If it cannot start: the reason, as the end of a sentence. What the thread finds out later is in the record.
pub type StartTraining = Box<
    dyn Fn(&WindowTrainingSettings, &Arc<TrainingRecord>, CommandReceiver) -> std::io::Result<()>
        + Send
        + Sync,
>;

/// The training of the window.
#[derive(Resource, Default)]
pub struct TrainingJob {
    /// Settings of the next training.
    pub settings: WindowTrainingSettings,
    /// Starts trainings; without it there are none.
    start: Option<StartTraining>,
    record: Option<Arc<TrainingRecord>>,
    /// Whether its end has been reported.
    is_reported: bool,
}

impl TrainingJob {
    /// Trainings that a function starts.
    pub fn started_by(start: StartTraining) -> TrainingJob {
        TrainingJob {
            start: Some(start),
            ..TrainingJob::default()
        }
    }

    /// Whether this program can train.
    pub fn is_available(&self) -> bool {
        self.start.is_some()
    }

    /// Whether a training runs.
    pub fn is_running(&self) -> bool {
        self.record
            .as_ref()
            .is_some_and(|record| !record.has_ended())
    }

    /// The progress of the last training.
    pub fn progress(&self) -> Option<TrainingProgress> {
        self.record.as_ref().map(|record| record.progress())
    }

    /// Starts a training with the present settings, unless one runs.
    pub fn start(&mut self) {
        let Some(start) = self.start.as_ref().filter(|_| !self.is_running()) else {
            return;
        };
        let (sender, commands) = command_queue();
        let record = Arc::new(TrainingRecord::new(&self.settings.labels, sender));
        if let Err(error) = start(&self.settings, &record, commands) {
            record.finish(Err(TrainingFailure::new(format!(
                "cannot start its thread: {error}"
            ))));
        }
        self.record = Some(record);
        self.is_reported = false;
    }

    /// Forgets the last training, so that the settings of the next are shown.
    pub fn dismiss(&mut self) {
        if !self.is_running() {
            self.record = None;
        }
    }

    /// Sends a command to the trainer.
    ///
    /// # Errors
    /// If it does not fit the status, or too many commands wait.
    pub fn command(&self, command: Command) -> Result<(), CommandError> {
        let record = self.record.as_ref().ok_or(CommandError::NoTrainer)?;
        command.check(record.status())?;
        record.commands().send(command)
    }

    /// The outcome of a training that has ended since the last call.
    pub(super) fn take_end(&mut self) -> Option<Result<TrainingOutcome, TrainingFailure>> {
        let record = self.record.as_ref().filter(|_| !self.is_reported)?;
        let outcome = record.outcome()?;
        self.is_reported = true;
        Some(outcome)
    }
}
