//! Events of a training, as clients receive them.

use serde::{Deserialize, Serialize};

use crate::status::Status;

/// An event of a training; in JSON one object with the key `type`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Number of the event, rising by one for each training. \[26\]
    pub event_id: u64,
    /// Time of the event: ISO 8601 in UTC with `Z`. \[4\]
    pub timestamp: String,
    /// Type and content.
    #[serde(flatten)]
    pub body: EventBody,
}

/// Type and content of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum EventBody {
    /// A step. \[10\]
    TrainingProgress(ProgressEvent),
    /// A change of the status. \[11\]
    TrainingStatus(StatusEvent),
    /// A sample. \[12\]
    SampleGenerated(SampleEvent),
    /// A message of the log. \[13\]
    Log(LogEvent),
    /// Load of the machine. \[14\]
    SystemStats(SystemStats),
    /// Result of a validation. \[15\]
    ValidationResult(ValidationEvent),
}

/// Progress of a training. Unknown values are `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ProgressEvent {
    /// Step within the epoch.
    pub step: u64,
    /// Epoch, from 0.
    pub epoch: u64,
    /// Step within the epoch, again.
    pub epoch_step: u64,
    /// Step since the start of the training.
    pub global_step: u64,
    /// Steps of an epoch.
    pub max_step: u64,
    /// Number of epochs.
    pub max_epoch: u64,
    /// Loss of the step.
    pub loss: Option<f64>,
    /// Learning rate.
    pub learning_rate: Option<f64>,
    /// Time to the end, s. \[18\]
    pub eta_seconds: Option<f64>,
}

/// A change of the status.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusEvent {
    /// The status.
    pub status: Status,
    /// The status in words.
    pub message: Option<String>,
    /// The reason of an error.
    pub error: Option<String>,
}

/// A sample that was made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleEvent {
    /// Name of the sample, unique in its training.
    pub sample_id: String,
    /// Its file, as the trainer gave it.
    pub path: String,
    /// Its kind.
    pub sample_type: SampleKind,
    /// Step within the epoch.
    pub step: Option<u64>,
    /// Epoch, from 0.
    pub epoch: Option<u64>,
    /// Description of the sample.
    pub prompt: Option<String>,
    /// File of a small picture.
    pub thumbnail_path: Option<String>,
}

/// Kind of a sample.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SampleKind {
    /// Requested by the trainer's settings.
    #[default]
    Default,
    /// Requested by a client.
    Custom,
}

impl SampleKind {
    /// The name in messages.
    pub fn name(self) -> &'static str {
        match self {
            SampleKind::Default => "default",
            SampleKind::Custom => "custom",
        }
    }
}

/// A message of the log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEvent {
    /// Level.
    pub level: LogLevel,
    /// Text.
    pub message: String,
    /// Part of the trainer that it comes from.
    pub source: String,
}

/// Level of a message of the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogLevel {
    /// Details.
    Debug,
    /// News.
    #[default]
    Info,
    /// A problem that the training survives.
    Warning,
    /// A failure of a part.
    Error,
    /// A failure of the training.
    Critical,
}

impl LogLevel {
    /// The name in messages.
    pub fn name(self) -> &'static str {
        match self {
            LogLevel::Debug => "debug",
            LogLevel::Info => "info",
            LogLevel::Warning => "warning",
            LogLevel::Error => "error",
            LogLevel::Critical => "critical",
        }
    }
}

/// Load of the machine: gigabytes (10⁹ bytes) with two decimals, percent with one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SystemStats {
    /// Used memory of all GPUs; `None` without a GPU that reports it.
    pub gpu_memory_used_gb: Option<f64>,
    /// Memory of all GPUs.
    pub gpu_memory_total_gb: Option<f64>,
    /// Mean load of all GPUs.
    pub gpu_utilization_percent: Option<f64>,
    /// Mean load of all cores.
    pub cpu_percent: f64,
    /// Used memory.
    pub ram_used_gb: f64,
    /// Memory.
    pub ram_total_gb: f64,
}

impl SystemStats {
    /// The values with the decimals of the wire. \[14\]
    pub fn rounded(self) -> SystemStats {
        let percent = |value: f64| (value * 10.0).round() / 10.0;
        let gigabytes = |value: f64| (value * 100.0).round() / 100.0;
        SystemStats {
            gpu_memory_used_gb: self.gpu_memory_used_gb.map(gigabytes),
            gpu_memory_total_gb: self.gpu_memory_total_gb.map(gigabytes),
            gpu_utilization_percent: self.gpu_utilization_percent.map(percent),
            cpu_percent: percent(self.cpu_percent),
            ram_used_gb: gigabytes(self.ram_used_gb),
            ram_total_gb: gigabytes(self.ram_total_gb),
        }
    }
}

/// Result of a validation. Unknown values are `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ValidationEvent {
    /// Step since the start of the training.
    pub step: u64,
    /// Epoch, from 0.
    pub epoch: u64,
    /// Loss on the validation set.
    pub validation_loss: Option<f64>,
    /// Root mean square error of the force components, eV/Å.
    pub force_rmse: Option<f64>,
    /// Root mean square error of the energies, meV per atom.
    pub energy_rmse: Option<f64>,
}
