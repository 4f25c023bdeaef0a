//! Bridge from the reports of a trainer to events: throttle, time to the end, status and log.

use std::time::Duration;

use serde::Serialize;

use crate::callback::{Callback, LogMessage, Progress, Sample, SampleProgress, StatusReport};
use crate::eta::Eta;
use crate::event::{
    Event, EventBody, LogEvent, LogLevel, ProgressEvent, SampleEvent, StatusEvent, SystemStats,
    ValidationEvent,
};
use crate::status::Status;
use crate::throttle::Throttle;
use crate::timestamp::Moment;

/// Minimum interval between two events of progress. \[17\]
pub const PROGRESS_INTERVAL: Duration = Duration::from_millis(100);

/// Maximum length of a text in an event, bytes; the rest is cut off.
pub const MAX_TEXT: usize = 8 << 10;

/// Makes events of reports. It has no clock: callers pass the time, and call [`Bridge::on_time`] at
/// [`Bridge::deadline`].
#[derive(Debug)]
pub struct Bridge {
    next_event_id: u64,
    progress: Throttle<ProgressEvent>,
    eta: Eta,
    /// The last progress, throttled or not.
    last: Option<Progress>,
    state: TrainingState,
}

/// State of a training, as `GET /api/ws/status` has it. \[24\]
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct TrainingState {
    /// The status.
    pub status: Status,
    /// Whether a training is under way: starting, running, paused or stopping.
    pub is_training: bool,
    /// Step within the epoch.
    pub current_step: Option<u64>,
    /// Epoch, from 0.
    pub current_epoch: Option<u64>,
    /// The last known loss.
    pub last_loss: Option<f64>,
    /// The last known learning rate.
    pub last_lr: Option<f64>,
}

impl Bridge {
    /// A bridge whose first event gets this number.
    pub fn new(next_event_id: u64) -> Bridge {
        Bridge {
            next_event_id,
            progress: Throttle::new(PROGRESS_INTERVAL),
            eta: Eta::default(),
            last: None,
            state: TrainingState::default(),
        }
    }

    /// The present state.
    pub fn state(&self) -> TrainingState {
        self.state
    }

    /// Handles a report, and returns the events that it makes.
    pub fn on_callback(&mut self, callback: Callback, now: Moment) -> Vec<Event> {
        let bodies = match callback {
            Callback::Progress(progress) => self.on_progress(progress, now.elapsed),
            Callback::Status(report) => self.on_status(report, now.elapsed),
            Callback::Sample(sample) => self.on_sample(sample),
            Callback::SampleProgress(progress) => vec![sampler_log(progress)],
            Callback::Validation(validation) => {
                vec![EventBody::ValidationResult(ValidationEvent {
                    step: validation.step,
                    epoch: validation.epoch,
                    validation_loss: finite(validation.validation_loss),
                    force_rmse: finite(validation.force_rmse),
                    energy_rmse: finite(validation.energy_rmse),
                })]
            }
            Callback::Log(message) => vec![log(message)],
            Callback::Reset => {
                self.reset();
                Vec::new()
            }
        };
        let events = bodies.into_iter().map(|body| self.event(body, now));
        events.collect()
    }

    /// The event of a measurement of the machine's load.
    pub fn on_stats(&mut self, stats: SystemStats, now: Moment) -> Event {
        self.event(EventBody::SystemStats(stats.rounded()), now)
    }

    /// The progress that has waited, if its time has come. \[17\]
    pub fn on_time(&mut self, now: Moment) -> Option<Event> {
        let progress = self.progress.take_due(now.elapsed)?;
        Some(self.event(EventBody::TrainingProgress(progress), now))
    }

    /// The time at which [`Bridge::on_time`] is due; `None` if nothing waits.
    pub fn deadline(&self) -> Option<Duration> {
        self.progress.deadline()
    }

    fn event(&mut self, body: EventBody, now: Moment) -> Event {
        let event_id = self.next_event_id;
        self.next_event_id += 1;
        Event {
            event_id,
            timestamp: now.timestamp(),
            body,
        }
    }

    fn on_progress(&mut self, progress: Progress, now: Duration) -> Vec<EventBody> {
        let (loss, learning_rate) = (finite(progress.loss), finite(progress.learning_rate));
        self.last = Some(progress);
        self.state.current_step = Some(progress.epoch_step);
        self.state.current_epoch = Some(progress.epoch);
        self.state.last_loss = loss.or(self.state.last_loss);
        self.state.last_lr = learning_rate.or(self.state.last_lr);
        let event = ProgressEvent {
            step: progress.epoch_step,
            epoch: progress.epoch,
            epoch_step: progress.epoch_step,
            global_step: progress.global_step,
            max_step: progress.max_step,
            max_epoch: progress.max_epoch,
            loss,
            learning_rate,
            eta_seconds: self.eta.on_progress(&progress, now),
        };
        let passed = self.progress.offer(event, now);
        passed
            .map(EventBody::TrainingProgress)
            .into_iter()
            .collect()
    }

    /// The status, and the log of it. \[20\]
    fn on_status(&mut self, report: StatusReport, now: Duration) -> Vec<EventBody> {
        self.state.status = report.status;
        self.state.is_training = report.status.is_training();
        self.eta.on_status(report.status, now);
        let name = report.status.name().to_owned();
        let message = report.message.map(cut);
        let event = StatusEvent {
            status: report.status,
            message: message.clone(),
            error: report.error.map(cut),
        };
        let log = LogEvent {
            level: LogLevel::Info,
            message: message.unwrap_or(name),
            source: "trainer".to_owned(),
        };
        vec![EventBody::TrainingStatus(event), EventBody::Log(log)]
    }

    /// The sample, and the log of it; only a warning in the log without a path. \[20\] \[21\]
    fn on_sample(&mut self, sample: Sample) -> Vec<EventBody> {
        let kind = sample.kind.name();
        let prompt = sample.prompt.map(cut);
        let subject = prompt.as_deref().unwrap_or("no description");
        let Some(path) = sample.path.filter(|path| !path.is_empty()) else {
            let message = format!("a {kind} sample ({subject}) has no file");
            return vec![sampler(LogLevel::Warning, message)];
        };
        let path = cut(path);
        let message = format!("{kind} sample ({subject}): {path}");
        let event = SampleEvent {
            sample_id: format!("sample_{}", self.next_event_id),
            path,
            sample_type: sample.kind,
            step: self.last.map(|last| last.epoch_step),
            epoch: self.last.map(|last| last.epoch),
            prompt,
            thumbnail_path: sample.thumbnail_path.map(cut),
        };
        let log = sampler(LogLevel::Info, message);
        vec![EventBody::SampleGenerated(event), log]
    }

    fn reset(&mut self) {
        self.eta.reset();
        self.last = None;
        self.state.current_step = None;
        self.state.current_epoch = None;
        self.state.last_loss = None;
        self.state.last_lr = None;
    }
}

fn sampler_log(progress: SampleProgress) -> EventBody {
    let SampleProgress {
        kind,
        step,
        max_step,
    } = progress;
    let message = format!("{} sample: step {step} of {max_step}", kind.name());
    sampler(LogLevel::Debug, message)
}

fn sampler(level: LogLevel, message: String) -> EventBody {
    EventBody::Log(LogEvent {
        level,
        message,
        source: "sampler".to_owned(),
    })
}

fn log(message: LogMessage) -> EventBody {
    EventBody::Log(LogEvent {
        level: message.level,
        message: cut(message.message),
        source: cut(message.source),
    })
}

/// A number that JSON can express.
fn finite(value: Option<f64>) -> Option<f64> {
    value.filter(|value| value.is_finite())
}

/// The start of a text, up to [`MAX_TEXT`].
fn cut(mut text: String) -> String {
    text.truncate(text.floor_char_boundary(MAX_TEXT));
    text
}
