//! A run: takes the steps of a trainer, reports them, obeys commands and writes checkpoints.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use mlipview_telemetry::{
    Callbacks, Command, CommandReceiver, LogLevel, LogMessage, Progress, Sample, Status,
    StatusReport, Validation,
};
use serde_json::{Map, Value};

use crate::files::{self, WriteError};
use crate::gradient::GradientError;
use crate::model::Model;
use crate::trainer::Trainer;

/// Time between checkpoints.
const CHECKPOINT_INTERVAL: Duration = Duration::from_secs(30);

/// How often a paused run looks whether it shall stop.
const PAUSE_INTERVAL: Duration = Duration::from_millis(100);

/// The source of log messages.
const SOURCE: &str = "trainer";

/// Why a run has ended before its end.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// A step failed.
    #[error(transparent)]
    Step(#[from] GradientError),
    /// A checkpoint cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// How a run has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// All steps are done.
    Completed,
    /// The validation loss has not become smaller for long enough.
    EarlyStopped,
    /// It was asked to stop; it continues from its checkpoint.
    Stopped,
}

impl Ending {
    /// The last status of a training.
    pub fn report(self) -> StatusReport {
        match self {
            Ending::Stopped => StatusReport::new(Status::Stopped, "stopped"),
            Ending::Completed => StatusReport::new(Status::Completed, "all steps are done"),
            Ending::EarlyStopped => StatusReport::new(
                Status::Completed,
                "the validation loss has not become smaller: stopped early",
            ),
        }
    }
}

/// Why a sample cannot be made.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct SampleError(String);

impl SampleError {
    /// An error with a reason in words.
    pub fn new(reason: impl std::fmt::Display) -> SampleError {
        SampleError(reason.to_string())
    }
}

/// Makes samples of a network in training, such as relaxed structures.
pub trait Sampler {
    /// Makes a sample; `arguments` are those of the command, or empty.
    ///
    /// # Errors
    /// If it cannot be made; the training goes on.
    fn sample(
        &mut self,
        model: &Model,
        step: u64,
        arguments: &Map<String, Value>,
    ) -> Result<Sample, SampleError>;
}

/// A run of a trainer.
pub struct Run<'a> {
    /// The trainer.
    pub trainer: &'a mut Trainer,
    /// The checkpoint, written every 30 s and at the end; other processes see whole files only.
    pub checkpoint: PathBuf,
    /// Receives the reports.
    pub callbacks: &'a dyn Callbacks,
    /// Commands of clients.
    pub commands: CommandReceiver,
    /// Whether to end after the present step, as after Ctrl-C.
    pub stop: &'a dyn Fn() -> bool,
    /// Makes samples.
    pub sampler: &'a mut dyn Sampler,
    /// Steps between samples; 0: only when a client asks.
    pub sample_interval: u64,
}

impl Run<'_> {
    /// Takes steps until the training is complete or stopped. The caller reports the
    /// [end](Ending::report), once it has written the result, and errors.
    ///
    /// # Errors
    /// If a step or a checkpoint fails. The last checkpoint remains.
    pub fn run(&mut self) -> Result<Ending, RunError> {
        self.status(Status::Running, "training");
        self.steps()
    }

    fn steps(&mut self) -> Result<Ending, RunError> {
        let mut written = now();
        let start = self.trainer.counters().steps;
        while !self.trainer.is_complete() {
            if self.obey()? {
                // Without a step an older checkpoint, which the user may still want, stays.
                if self.trainer.counters().steps > start {
                    self.write()?;
                }
                return Ok(Ending::Stopped);
            }
            let report = self.trainer.step()?;
            self.report(report.step, report.loss, report.learning_rate);
            if self.trainer.is_validation_due() {
                self.validate()?;
            }
            let steps = self.trainer.counters().steps;
            if self.sample_interval > 0 && steps.is_multiple_of(self.sample_interval) {
                self.sample(&Map::new());
            }
            if written.elapsed() > CHECKPOINT_INTERVAL {
                self.write()?;
                written = now();
            }
        }
        self.write()?;
        let is_early = self.trainer.counters().steps < self.trainer.steps();
        Ok(match is_early {
            true => Ending::EarlyStopped,
            false => Ending::Completed,
        })
    }

    /// Obeys all commands that have come; returns whether to stop. Waits while the run is paused.
    fn obey(&mut self) -> Result<bool, RunError> {
        let mut is_paused = false;
        loop {
            if (self.stop)() {
                self.status(Status::Stopping, "stopping after this step");
                return Ok(true);
            }
            let command = match is_paused {
                true => self.commands.next_within(PAUSE_INTERVAL),
                false => self.commands.try_next(),
            };
            match command {
                None if is_paused => {}
                None => return Ok(false),
                Some(Command::Pause) => {
                    is_paused = true;
                    self.write()?;
                    self.status(Status::Paused, "paused");
                }
                Some(Command::Resume) => {
                    is_paused = false;
                    self.status(Status::Running, "training");
                }
                Some(Command::Stop) => {
                    self.status(Status::Stopping, "stopping after this step");
                    return Ok(true);
                }
                Some(Command::Sample(arguments)) => self.sample(&arguments),
                Some(Command::Checkpoint) => {
                    self.write()?;
                    let name = self.checkpoint.display();
                    self.log(LogLevel::Info, format!("wrote {name}"));
                }
                Some(Command::SetLearningRate(rate)) => {
                    self.trainer.set_learning_rate(rate);
                    self.log(LogLevel::Info, format!("the learning rate is {rate:e}"));
                }
            }
        }
    }

    fn report(&self, step: u64, loss: f64, learning_rate: f64) {
        let per_epoch = self.trainer.steps_per_epoch();
        self.callbacks.on_update_train_progress(Progress {
            epoch: step / per_epoch,
            epoch_step: step % per_epoch + 1,
            global_step: step + 1,
            max_step: per_epoch,
            max_epoch: self.trainer.settings().epochs,
            loss: Some(loss),
            learning_rate: Some(learning_rate),
        });
    }

    fn validate(&mut self) -> Result<(), RunError> {
        let (scores, is_best) = self.trainer.validate()?;
        let steps = self.trainer.counters().steps;
        let epoch = (steps - 1) / self.trainer.steps_per_epoch();
        self.callbacks.on_validation(Validation {
            step: steps,
            epoch,
            validation_loss: Some(scores.loss),
            force_rmse: Some(scores.force_rmse),
            energy_rmse: Some(scores.energy_rmse),
        });
        if is_best {
            let message = format!(
                "best so far: forces {:.4} eV/Å, energies {:.2} meV/atom",
                scores.force_rmse, scores.energy_rmse
            );
            self.log(LogLevel::Debug, message);
        }
        Ok(())
    }

    fn sample(&mut self, arguments: &Map<String, Value>) {
        let model = self.trainer.averaged();
        let step = self.trainer.counters().steps;
        match self.sampler.sample(&model, step, arguments) {
            Ok(sample) => self.callbacks.on_sample(sample),
            Err(error) => self.log(LogLevel::Warning, format!("no sample: {error}")),
        }
    }

    fn write(&self) -> Result<(), WriteError> {
        files::replace(&self.checkpoint, &self.trainer.checkpoint())
    }

    fn status(&self, status: Status, message: &str) {
        self.callbacks.on_status(StatusReport::new(status, message));
    }

    fn log(&self, level: LogLevel, message: String) {
        self.callbacks.on_log(LogMessage {
            level,
            message,
            source: SOURCE.to_owned(),
        });
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "only checkpoints depend on the time, and steps do not depend on checkpoints"
)]
fn now() -> Instant {
    Instant::now()
}
