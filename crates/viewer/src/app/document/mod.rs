//! The open document: its name, file and potential; opening and saving.
//!
//! Reading, writing and choosing a potential run as `jobs` on tasks, polled once per rendered
//! frame. Failures become notices and leave the document unchanged.

mod jobs;
mod open;
mod opened;
mod pictures;
pub mod potential_choice;
mod read;
mod save;
mod save_plot;
mod state;
mod structure_key;
mod suitability;

use std::sync::Arc;

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;
use bevy::window::FileDragAndDrop;

use super::history::History;
use super::notices::{Notices, Severity};
use super::session::{RestoreParams, SessionParams};
use super::unsaved::SavedContents;
use crate::interact::action::Action;
use crate::scene::displayed::Scene;
use crate::schedule::ViewerSystems;
use crate::simulation::Simulation;
use crate::third_party::dialog::{self, FileFilter};
use mlipview_recording::is_session;
use state::{OpenDialog, name_of};

pub use jobs::{Jobs, Outcome, poll};
pub use mlipview_core::files::Source;
pub use pictures::{HidePanels, Snapshot};
pub use potential_choice::{ChoiceError, PotentialChoice, PotentialDescription};
pub use read::{OpenError, Read};
pub use state::{Document, DocumentRequest, FileDialogKind, MAX_RECENT};
pub use suitability::PotentialSuitability;

/// A file dialog that closes within this time (s) or number of rendered frames means that the
/// desktop has no dialogs.
const MIN_DIALOG_TIME: f64 = 0.7;
const MIN_DIALOG_FRAMES: u32 = 3;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Document>()
        .init_resource::<Snapshot>()
        .init_resource::<HidePanels>()
        .add_message::<DocumentRequest>()
        .add_message::<FileDragAndDrop>()
        .add_plugins((potential_choice::plugin, pictures::plugin))
        .add_systems(
            Update,
            (
                receive_actions,
                receive_dropped,
                receive_path,
                carry_out,
                finish,
            )
                .chain()
                .in_set(ViewerSystems::Steer),
        );
}

/// Actions without a path open a dialog.
fn receive_actions(
    mut actions: MessageReader<Action>,
    mut requests: MessageWriter<DocumentRequest>,
) {
    for action in actions.read() {
        let kind = match action {
            Action::Open => FileDialogKind::Open,
            Action::Save => FileDialogKind::Save,
            Action::SaveSession => FileDialogKind::SaveSession,
            Action::SavePicture => FileDialogKind::SavePicture,
            _ => continue,
        };
        requests.write(DocumentRequest::ShowDialog(kind));
    }
}

/// Opens the first file dropped on the window.
fn receive_dropped(
    mut drops: MessageReader<FileDragAndDrop>,
    mut requests: MessageWriter<DocumentRequest>,
    mut notices: ResMut<Notices>,
) {
    let dropped = drops.read().filter_map(|drop| match drop {
        FileDragAndDrop::DroppedFile { path_buf, .. } => Some(path_buf),
        _ => None,
    });
    let mut dropped = dropped.peekable();
    if let Some(path) = dropped.next() {
        requests.write(DocumentRequest::Open(Source::file(path)));
    }
    let more = dropped.count();
    if more > 0 {
        notices.post(
            Severity::Warning,
            format!(
                "Only one structure can be open: the first file is opened, {more} are ignored."
            ),
        );
    }
}

/// Turns the path from a dialog into a request.
fn receive_path(
    mut document: ResMut<Document>,
    mut requests: MessageWriter<DocumentRequest>,
    time: Res<Time<Real>>,
) {
    let document = document.bypass_change_detection();
    let Some(dialog) = &mut document.dialog else {
        return;
    };
    dialog.frames += 1;
    let Some(answer) = jobs::poll(&mut dialog.answer) else {
        return;
    };
    let is_quick = dialog.frames <= MIN_DIALOG_FRAMES;
    let (kind, waited) = (dialog.kind, time.elapsed_secs_f64() - dialog.since);
    document.dialog = None;
    match answer {
        Some(path) => {
            requests.write(kind.request(path));
        }
        None if waited < MIN_DIALOG_TIME || is_quick => document.typing = Some(kind),
        None => {}
    }
}

/// Everything that can be saved.
#[derive(SystemParam)]
struct DocumentContents<'w> {
    scene: Res<'w, Scene>,
    history: Res<'w, History>,
}

fn carry_out(
    mut requests: MessageReader<DocumentRequest>,
    mut document: ResMut<Document>,
    contents: DocumentContents,
    session_params: SessionParams,
    mut choice: ResMut<PotentialChoice>,
    time: Res<Time<Real>>,
) {
    let DocumentContents { scene, history } = contents;
    for request in requests.read() {
        match request.clone() {
            DocumentRequest::ShowDialog(kind) => {
                let file_name = document.default_file_name(kind.extension());
                document.dialog = Some(OpenDialog {
                    kind,
                    answer: match kind {
                        FileDialogKind::Open | FileDialogKind::OpenLabels => {
                            dialog::choose_to_open(kind.title(), FileFilter::Structures)
                        }
                        FileDialogKind::OpenPotential => {
                            dialog::choose_to_open(kind.title(), FileFilter::All)
                        }
                        FileDialogKind::OpenNetwork => {
                            dialog::choose_to_open(kind.title(), FileFilter::Networks)
                        }
                        _ => dialog::choose_to_save(kind.title(), &file_name),
                    },
                    since: time.elapsed_secs_f64(),
                    frames: 0,
                });
            }
            DocumentRequest::Open(source) => {
                // A parameter file changes the potential, not the structure.
                let path = source.path();
                if let Some(request) = path.and_then(|it| choice.catalog().request_of_file(it)) {
                    choice.set_request(request, scene.frame.structure());
                    continue;
                }
                // A potential requested by name applies to the first document only.
                let potential = if document.name.is_empty() {
                    choice.request().clone()
                } else {
                    potential_choice::automatic()
                };
                let catalog = Arc::clone(choice.catalog());
                open::begin(&mut document.jobs, source, catalog, potential, &scene.frame);
            }
            DocumentRequest::Restore(path) => {
                let catalog = Arc::clone(choice.catalog());
                open::begin_session(&mut document.jobs, path, true, catalog);
            }
            DocumentRequest::Save(path) if is_session(&path.to_string_lossy()) => {
                let contents = session_params.contents(&document, &choice);
                save::session(&mut document.jobs, path, contents);
            }
            DocumentRequest::SaveSession(path) => {
                let contents = session_params.contents(&document, &choice);
                save::session(&mut document.jobs, path, contents);
            }
            DocumentRequest::Save(path) => save::structure(&mut document.jobs, path, &scene.frame),
            DocumentRequest::SaveTable(path) => {
                save::table(&mut document.jobs, path, history.table());
            }
            DocumentRequest::SavePicture(_)
            | DocumentRequest::Record(_)
            | DocumentRequest::SaveMovie(_)
            | DocumentRequest::SelectLabels(_)
            | DocumentRequest::SelectNetwork(_)
            | DocumentRequest::SavePlotTable(_)
            | DocumentRequest::SavePlotPicture(_) => {}
            DocumentRequest::Cancel => {
                document.jobs.cancel();
                choice.cancel();
            }
        }
    }
}

/// Handles jobs that have ended.
fn finish(
    mut document: ResMut<Document>,
    mut choice: ResMut<PotentialChoice>,
    mut notices: ResMut<Notices>,
    mut pending_view: ResMut<pictures::PendingView>,
    simulation: Res<Simulation>,
    (mut restore, mut saved_contents): (RestoreParams, ResMut<SavedContents>),
    time: Res<Time<Real>>,
) {
    for outcome in document
        .bypass_change_detection()
        .jobs
        .ended(time.elapsed_secs_f64())
    {
        match outcome {
            Outcome::Opened(opened) => {
                let done = open::show(*opened, &mut document, &mut choice, &simulation);
                for (severity, text) in done.notices {
                    notices.post(severity, text);
                }
                let Some(ticket) = done.ticket else { continue };
                let script = done
                    .session
                    .as_ref()
                    .map(|(session, _)| session.script.clone());
                match (&document.restored_from, script) {
                    (Some(_), _) => saved_contents.on_restored(),
                    (None, script) => saved_contents.on_opened(ticket, script.unwrap_or_default()),
                }
                match done.session {
                    Some((session, ids)) => restore.apply(&session, ids),
                    None => restore.forget(),
                }
                pending_view.set((!done.has_view).then_some(ticket));
            }
            Outcome::Saved {
                path,
                what,
                contents,
            } => {
                notices.post(
                    Severity::Info,
                    format!("Saved {what} as {}.", path.display()),
                );
                if let Some(contents) = contents {
                    saved_contents.on_saved(contents.frame, contents.script);
                    document.restored_from = None;
                    document.name = name_of(&path);
                    simulation.set_title(&document.name);
                    document.remember(Source::file(&path));
                    document.path = Some(path);
                }
            }
            Outcome::Failed(reason) => notices.post(Severity::Error, reason),
        }
    }
}
