//! Actions of the buttons of the section Train.

use mlipview_telemetry::Command;

use crate::app::document::DocumentRequest;
use crate::app::training::TrainedFile;

/// Action of a button.
pub(super) enum TrainingAction {
    /// Starts a training.
    Start,
    /// Shows the settings of the next training.
    Dismiss,
    /// Sends a command to the trainer.
    Command(Command),
    /// Computes with the trained parameters.
    Use(TrainedFile),
    /// Opens a file or a dialog.
    Request(DocumentRequest),
}
