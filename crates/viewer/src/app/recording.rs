//! The recording of the simulation to a file: start, stop, status and errors.

use std::path::Path;

use bevy::prelude::*;
use mlipview_recording::{Recorder, RecordingHandle, RecordingOptions, RecordingStatus};

use super::document::{DocumentRequest, FileDialogKind};
use super::notices::{Notices, Severity};
use crate::interact::action::Action;
use crate::schedule::ViewerSystems;
use crate::simulation::Simulation;

/// The running recording, if there is one, and the options of the next.
#[derive(Resource, Default)]
pub struct ActiveRecording {
    handle: Option<RecordingHandle>,
    /// Options of the next recording.
    pub options: RecordingOptions,
}

impl ActiveRecording {
    /// Status and path of the running recording.
    pub fn status(&self) -> Option<(RecordingStatus, &str)> {
        let handle = self.handle.as_ref()?;
        Some((handle.status(), handle.path()))
    }

    /// Whether a recording runs.
    pub fn is_running(&self) -> bool {
        self.handle.is_some()
    }

    /// Starts a recording in a new file, from the newest frame on; ends the running one.
    fn start(&mut self, path: &Path, simulation: &Simulation, notices: &mut Notices) {
        self.stop(notices);
        match Recorder::start(path, self.options) {
            Ok((sink, handle)) => {
                simulation.add_sink(sink);
                self.handle = Some(handle);
            }
            Err(error) => notices.post(Severity::Error, format!("Not recorded: {error}.")),
        }
    }

    /// Ends the running recording and reports it.
    fn stop(&mut self, notices: &mut Notices) {
        let Some(handle) = self.handle.take() else {
            return;
        };
        let path = handle.path().to_owned();
        match handle.stop() {
            Ok(status) => notices.post(Severity::Info, summary(&path, &status)),
            Err(error) => notices.post(Severity::Error, format!("The recording ended: {error}.")),
        }
    }
}

/// A finished recording in a sentence.
fn summary(path: &str, status: &RecordingStatus) -> String {
    let left_out = match status.left_out {
        0 => String::new(),
        count => format!("; {count} were left out, since the disk was too slow"),
    };
    let (frames, megabytes) = (status.frames, status.bytes as f64 / 1e6);
    format!("Recorded {frames} frames as {path} ({megabytes:.1} MB){left_out}.")
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<ActiveRecording>().add_systems(
        Update,
        (carry_out, watch).chain().in_set(ViewerSystems::Steer),
    );
}

fn carry_out(
    mut actions: MessageReader<Action>,
    mut requests: ParamSet<(
        MessageReader<DocumentRequest>,
        MessageWriter<DocumentRequest>,
    )>,
    mut recording: ResMut<ActiveRecording>,
    simulation: Res<Simulation>,
    mut notices: ResMut<Notices>,
) {
    for request in requests.p0().read() {
        if let DocumentRequest::Record(path) = request {
            recording.start(path, &simulation, &mut notices);
        }
    }
    for action in actions.read() {
        if *action != Action::ToggleRecording {
            continue;
        }
        if recording.is_running() {
            recording.stop(&mut notices);
        } else {
            let dialog = DocumentRequest::ShowDialog(FileDialogKind::Record);
            requests.p1().write(dialog);
        }
    }
}

/// Reports an error that has ended the recording, once.
fn watch(mut recording: ResMut<ActiveRecording>, mut notices: ResMut<Notices>) {
    let has_ended = |handle: &RecordingHandle| handle.has_ended();
    if recording.handle.as_ref().is_some_and(has_ended) {
        recording.stop(&mut notices);
    }
}
