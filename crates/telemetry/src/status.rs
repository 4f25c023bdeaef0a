//! Status of a training.

use serde::{Deserialize, Serialize};

/// Status of a training. \[11\]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// No training has started.
    #[default]
    Idle,
    /// Data and model are being prepared.
    Starting,
    /// Steps are being taken.
    Running,
    /// Waits to be resumed.
    Paused,
    /// Ends after the present step.
    Stopping,
    /// Ended before it was complete.
    Stopped,
    /// Ended by an error.
    Error,
    /// Took all steps.
    Completed,
}

/// Parts of words and the status that they mean; the first row that matches counts, so that an end wins
/// over what has ended. \[19\]
const WORDS: &[(&[&str], Status)] = &[
    (&["completed", "finished"], Status::Completed),
    (&["error", "failed"], Status::Error),
    (&["stopping", "stopped"], Status::Stopped),
    (&["paused"], Status::Paused),
    (&["starting", "loading"], Status::Starting),
    (&["training", "saving"], Status::Running),
];

impl Status {
    /// The status that a trainer describes in words; [`Status::Running`] if it has none of the known words.
    ///
    /// ```
    /// use mlipview_telemetry::Status;
    ///
    /// assert_eq!(Status::from_words("Training completed"), Status::Completed);
    /// assert_eq!(Status::from_words("epoch 3"), Status::Running);
    /// ```
    pub fn from_words(text: &str) -> Status {
        let text = text.to_lowercase();
        let is_named = |words: &[&str]| words.iter().any(|word| text.contains(word));
        let row = WORDS.iter().find(|(words, _)| is_named(words));
        row.map_or(Status::Running, |(_, status)| *status)
    }

    /// Whether a training is under way: it has started and not ended.
    pub fn is_training(self) -> bool {
        matches!(
            self,
            Status::Starting | Status::Running | Status::Paused | Status::Stopping
        )
    }

    /// The name in messages.
    pub fn name(self) -> &'static str {
        match self {
            Status::Idle => "idle",
            Status::Starting => "starting",
            Status::Running => "running",
            Status::Paused => "paused",
            Status::Stopping => "stopping",
            Status::Stopped => "stopped",
            Status::Error => "error",
            Status::Completed => "completed",
        }
    }
}
