//! Reports of a trainer, also as JSON objects with the key `callback`.

use serde::{Deserialize, Serialize};

use crate::event::{LogLevel, SampleKind};
use crate::status::Status;

/// A report of a trainer: a call of [`Callbacks`](crate::Callbacks) as a value.
///
/// ```
/// use mlipview_telemetry::Callback;
///
/// let line = r#"{"callback":"progress","epoch":0,"epoch_step":3,"global_step":3,"max_step":10,"max_epoch":2}"#;
/// let Callback::Progress(progress) = line.parse()? else { panic!() };
/// assert_eq!((progress.global_step, progress.loss), (3, None));
/// # Ok::<(), mlipview_telemetry::CallbackError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "callback", rename_all = "snake_case")]
pub enum Callback {
    /// A step was taken.
    Progress(Progress),
    /// The status has changed.
    Status(StatusReport),
    /// A sample was made.
    Sample(Sample),
    /// A sample is being made.
    SampleProgress(SampleProgress),
    /// The model was validated.
    Validation(Validation),
    /// A message for the log.
    Log(LogMessage),
    /// A new training begins.
    Reset,
}

/// A text that is no report.
#[derive(Debug, thiserror::Error)]
#[error(
    "invalid report ({0}): expected a JSON object such as {{\"callback\":\"status\",\"text\":\"starting\"}}; \
     docs/training-telemetry.md lists all"
)]
pub struct CallbackError(#[from] serde_json::Error);

impl std::str::FromStr for Callback {
    type Err = CallbackError;

    fn from_str(text: &str) -> Result<Callback, CallbackError> {
        Ok(serde_json::from_str(text)?)
    }
}

/// Progress of a training after a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// Epoch, from 0.
    pub epoch: u64,
    /// Step within the epoch.
    pub epoch_step: u64,
    /// Step since the start of the training.
    pub global_step: u64,
    /// Steps of an epoch.
    pub max_step: u64,
    /// Number of epochs.
    pub max_epoch: u64,
    /// Loss of the step, if known.
    #[serde(default)]
    pub loss: Option<f64>,
    /// Learning rate, if known.
    #[serde(default)]
    pub learning_rate: Option<f64>,
}

/// A change of the status.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "StatusFields")]
pub struct StatusReport {
    /// The status.
    pub status: Status,
    /// The status in words.
    pub message: Option<String>,
    /// The reason of an error.
    pub error: Option<String>,
}

/// Fields of a status in JSON: its name, or only words.
#[derive(Deserialize)]
struct StatusFields {
    status: Option<Status>,
    text: Option<String>,
    message: Option<String>,
    error: Option<String>,
}

/// A status without its name and without words.
#[derive(Debug, thiserror::Error)]
#[error("a status needs `text` (words) or `status` (one of idle, starting, running, …)")]
struct NoStatus;

impl TryFrom<StatusFields> for StatusReport {
    type Error = NoStatus;

    fn try_from(fields: StatusFields) -> Result<StatusReport, NoStatus> {
        let of_words = fields.text.as_deref().map(StatusReport::from_words);
        let report = match (fields.status, of_words) {
            (Some(status), words) => StatusReport {
                status,
                message: words.and_then(|report| report.message),
                error: None,
            },
            (None, Some(report)) => report,
            (None, None) => return Err(NoStatus),
        };
        Ok(StatusReport {
            message: fields.message.or(report.message),
            error: fields.error.or(report.error),
            ..report
        })
    }
}

impl StatusReport {
    /// A status with a message.
    pub fn new(status: Status, message: impl Into<String>) -> StatusReport {
        StatusReport {
            status,
            message: Some(message.into()),
            error: None,
        }
    }

    /// The status that a trainer describes in [words](Status::from_words), which become its message; the
    /// words of an error are also its reason.
    pub fn from_words(text: &str) -> StatusReport {
        let status = Status::from_words(text);
        let error = (status == Status::Error).then(|| text.to_owned());
        StatusReport {
            error,
            ..StatusReport::new(status, text)
        }
    }
}

/// A sample of the model, such as a relaxed structure as a picture.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// Kind of the sample.
    #[serde(default)]
    pub kind: SampleKind,
    /// The file, absolute or relative to the training's folder; a sample without one is reported in the log
    /// only.
    #[serde(default)]
    pub path: Option<String>,
    /// Description of the sample, as in "relaxed ethanol".
    #[serde(default)]
    pub prompt: Option<String>,
    /// A small picture of it.
    #[serde(default)]
    pub thumbnail_path: Option<String>,
}

/// Progress of a sampler.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleProgress {
    /// Kind of the sample.
    #[serde(default)]
    pub kind: SampleKind,
    /// Step of the sampler.
    pub step: u64,
    /// Steps in all.
    pub max_step: u64,
}

/// Result of a validation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Validation {
    /// Step since the start of the training.
    pub step: u64,
    /// Epoch, from 0.
    pub epoch: u64,
    /// Loss on the validation set, if known.
    #[serde(default)]
    pub validation_loss: Option<f64>,
    /// Root mean square error of the force components, eV/Å.
    #[serde(default)]
    pub force_rmse: Option<f64>,
    /// Root mean square error of the energies, meV per atom.
    #[serde(default)]
    pub energy_rmse: Option<f64>,
}

/// A message for the log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogMessage {
    /// Level; info if absent.
    #[serde(default)]
    pub level: LogLevel,
    /// Text.
    pub message: String,
    /// Part of the trainer; `trainer` if absent.
    #[serde(default = "default_source")]
    pub source: String,
}

/// Source of messages that name none.
fn default_source() -> String {
    "trainer".to_owned()
}
