//! Settings of the next training, as the section Train edits them.

use std::fmt;

use mlipview_core::files::Source;

/// The network that a training starts from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TrainingStart {
    /// The built-in parameters of nano.
    #[default]
    Nano,
    /// The built-in parameters of solid.
    Solid,
    /// Random parameters.
    Scratch,
    /// A file of parameters.
    File(String),
}

impl fmt::Display for TrainingStart {
    /// As `mlipview train --start` takes it.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            TrainingStart::Nano => "nano",
            TrainingStart::Solid => "solid",
            TrainingStart::Scratch => "scratch",
            TrainingStart::File(path) => path,
        })
    }
}

/// The name of the trained parameters where none is given: that of the labels.
pub fn default_output(labels: &str) -> String {
    format!("{}.safetensors", Source::parse(labels).stem())
}

/// Settings of a training that the window starts; all others have the defaults of `mlipview train`.
#[derive(Clone, Debug, PartialEq)]
pub struct WindowTrainingSettings {
    /// File of labels, with a selection of frames, as in `labels.xyz@::10`.
    pub labels: String,
    /// The network to start from.
    pub start: TrainingStart,
    /// Part of the labels that is not learned but measures errors, %.
    pub validation_percent: f64,
    /// How often each label is seen.
    pub epochs: u64,
    /// File for the trained parameters; "" for the name of the labels beside them.
    pub output: String,
    /// Whether to start again although there is a checkpoint.
    pub restart: bool,
}

impl Default for WindowTrainingSettings {
    fn default() -> WindowTrainingSettings {
        WindowTrainingSettings {
            labels: String::new(),
            start: TrainingStart::default(),
            validation_percent: 10.0,
            epochs: 50,
            output: String::new(),
            restart: false,
        }
    }
}
