//! The training of nano or solid beside the window: its settings, its progress, and commands to it.
//!
//! The program trains on a thread of its own and reports to the [`TrainingRecord`], which the section Train
//! shows. Nothing here computes.

mod curve;
mod job;
mod record;
mod settings;

use bevy::prelude::*;

pub use curve::Curve;
pub use job::{StartTraining, TrainingJob};
pub use record::{
    TrainedFile, TrainingFailure, TrainingLinks, TrainingOutcome, TrainingProgress, TrainingRecord,
};
pub use settings::{TrainingStart, WindowTrainingSettings, default_output};

use super::document::DocumentRequest;
use super::notices::{Notices, Severity};
use crate::schedule::ViewerSystems;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<TrainingJob>().add_systems(
        Update,
        (select_labels, report_end).in_set(ViewerSystems::Steer),
    );
}

/// Takes the file of labels that a dialog has selected.
fn select_labels(mut requests: MessageReader<DocumentRequest>, mut job: ResMut<TrainingJob>) {
    for request in requests.read() {
        match request {
            DocumentRequest::SelectLabels(path) => {
                job.settings.labels = path.display().to_string();
            }
            DocumentRequest::SelectNetwork(path) => {
                job.settings.start = TrainingStart::File(path.display().to_string());
            }
            _ => {}
        }
    }
}

/// Posts a notice when a training ends.
fn report_end(mut job: ResMut<TrainingJob>, mut notices: ResMut<Notices>) {
    match job.bypass_change_detection().take_end() {
        Some(Ok(outcome)) => {
            notices.post(Severity::Info, format!("Training {}.", outcome.sentence));
        }
        Some(Err(reason)) => notices.post(Severity::Error, format!("Training failed: {reason}.")),
        None => {}
    }
}
