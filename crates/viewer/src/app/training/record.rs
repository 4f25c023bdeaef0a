//! Record of a training: what it has reported, for the section Train.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use mlipview_telemetry::{
    Callbacks, CommandSender, Eta, LogLevel, LogMessage, Progress, Sample, SampleProgress, Status,
    StatusReport, SystemStats, Validation,
};

use super::curve::Curve;

/// Most samples and messages that are kept; the oldest make room.
const MAX_SAMPLES: usize = 12;
const MAX_MESSAGES: usize = 100;

/// Parameters that a training has written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrainedFile {
    /// The potential that reads them: nano or solid.
    pub potential: String,
    /// Path of the file.
    pub path: String,
}

/// How a training has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrainingOutcome {
    /// The end in words, as in "completed; wrote ethanol.safetensors".
    pub sentence: String,
    /// The trained parameters; none if it was stopped before the first validation.
    pub file: Option<TrainedFile>,
}

/// Why a training has failed, as the end of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TrainingFailure(String);

impl TrainingFailure {
    /// A failure with a reason in words.
    pub fn new(reason: impl std::fmt::Display) -> TrainingFailure {
        TrainingFailure(reason.to_string())
    }
}

/// Links to the page of a training.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrainingLinks {
    /// For people who watch.
    pub watch: String,
    /// For people who may also send commands.
    pub control: String,
}

/// Progress of a training so far.
#[derive(Clone, Debug, Default)]
pub struct TrainingProgress {
    /// Name of the training.
    pub name: String,
    /// Status, in one word and in a sentence.
    pub status: Status,
    /// The sentence.
    pub message: String,
    /// The last step.
    pub progress: Option<Progress>,
    /// Time left, s, if it is known.
    pub eta: Option<f64>,
    /// Loss of each step.
    pub loss: Curve,
    /// Loss on the validation labels.
    pub validation_loss: Curve,
    /// Root mean square error of the forces on the validation labels, eV/Å.
    pub force_rmse: Curve,
    /// Root mean square error of the energies on the validation labels, meV/atom.
    pub energy_rmse: Curve,
    /// Learning rate of each step.
    pub learning_rate: Curve,
    /// Links to it for browsers, if there is a server.
    pub links: Option<TrainingLinks>,
    /// The last samples, oldest first.
    pub samples: VecDeque<Sample>,
    /// The last messages, oldest first.
    pub messages: VecDeque<LogMessage>,
    /// Load of the machine.
    pub machine: Option<SystemStats>,
    /// How it has ended, or why it failed; `None` while it runs.
    pub outcome: Option<Result<TrainingOutcome, TrainingFailure>>,
}

/// Record of a training: receives the reports of its trainer, on any thread.
#[derive(Debug)]
pub struct TrainingRecord {
    state: Mutex<(TrainingProgress, Eta)>,
    start: Instant,
    commands: CommandSender,
}

impl TrainingRecord {
    /// A record of a training that begins now and obeys commands of a queue.
    pub fn new(name: &str, commands: CommandSender) -> TrainingRecord {
        let progress = TrainingProgress {
            name: name.to_owned(),
            status: Status::Starting,
            ..TrainingProgress::default()
        };
        TrainingRecord {
            state: Mutex::new((progress, Eta::default())),
            start: now(),
            commands,
        }
    }

    /// The progress so far.
    pub fn progress(&self) -> TrainingProgress {
        self.lock().0.clone()
    }

    /// The queue of commands to the trainer.
    pub fn commands(&self) -> CommandSender {
        self.commands.clone()
    }

    /// The last status.
    pub fn status(&self) -> Status {
        self.lock().0.status
    }

    /// How the training has ended; `None` while it runs.
    pub fn outcome(&self) -> Option<Result<TrainingOutcome, TrainingFailure>> {
        self.lock().0.outcome.clone()
    }

    /// Whether the training has ended.
    pub fn has_ended(&self) -> bool {
        self.lock().0.outcome.is_some()
    }

    /// Sets how the training has ended.
    pub fn finish(&self, outcome: Result<TrainingOutcome, TrainingFailure>) {
        let progress = &mut self.lock().0;
        if let Err(reason) = &outcome {
            progress.status = Status::Error;
            progress.message = reason.to_string();
        }
        progress.eta = None;
        progress.outcome = Some(outcome);
    }

    /// Sets the links for browsers.
    pub fn set_links(&self, links: TrainingLinks) {
        self.lock().0.links = Some(links);
    }

    /// Sets the load of the machine.
    pub fn set_machine(&self, load: SystemStats) {
        self.lock().0.machine = Some(load);
    }

    fn lock(&self) -> MutexGuard<'_, (TrainingProgress, Eta)> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }
}

impl Callbacks for TrainingRecord {
    fn on_update_train_progress(&self, progress: Progress) {
        let elapsed = self.elapsed();
        let (state, eta) = &mut *self.lock();
        state.eta = eta.on_progress(&progress, elapsed);
        state.progress = Some(progress);
        let step = progress.global_step;
        let pairs = [
            (&mut state.loss, progress.loss),
            (&mut state.learning_rate, progress.learning_rate),
        ];
        push(step, pairs);
    }

    fn on_status(&self, report: StatusReport) {
        let elapsed = self.elapsed();
        let (state, eta) = &mut *self.lock();
        eta.on_status(report.status, elapsed);
        state.status = report.status;
        state.message = report.error.or(report.message).unwrap_or_default();
    }

    fn on_sample(&self, sample: Sample) {
        add(&mut self.lock().0.samples, sample, MAX_SAMPLES);
    }

    fn on_sample_progress(&self, _: SampleProgress) {}

    fn on_validation(&self, validation: Validation) {
        let (state, _) = &mut *self.lock();
        let pairs = [
            (&mut state.validation_loss, validation.validation_loss),
            (&mut state.force_rmse, validation.force_rmse),
            (&mut state.energy_rmse, validation.energy_rmse),
        ];
        push(validation.step, pairs);
    }

    fn on_log(&self, message: LogMessage) {
        if message.level != LogLevel::Debug {
            add(&mut self.lock().0.messages, message, MAX_MESSAGES);
        }
    }

    fn reset(&self) {
        self.lock().1.reset();
    }
}

/// Adds values to curves, where they are known.
fn push<const N: usize>(step: u64, pairs: [(&mut Curve, Option<f64>); N]) {
    for (curve, value) in pairs {
        if let Some(value) = value {
            curve.push(step, value);
        }
    }
}

/// Adds an item; the oldest makes room.
fn add<T>(items: &mut VecDeque<T>, item: T, most: usize) {
    if items.len() >= most {
        items.pop_front();
    }
    items.push_back(item);
}

#[expect(
    clippy::disallowed_methods,
    reason = "the time left of a training is estimated from its rate"
)]
fn now() -> Instant {
    Instant::now()
}
