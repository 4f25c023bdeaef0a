//! The open document: its name, file and potential; opening and saving.
//!
//! Reading, writing and choosing a potential run as `jobs` on tasks, polled once per rendered
//! frame. Failures become notices and leave the document unchanged.

mod jobs;
mod open;
mod pictures;
pub mod potential_choice;
mod save;
mod suitability;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use bevy::prelude::*;
use bevy::window::FileDragAndDrop;

use super::notices::{Notices, Severity};
use crate::interact::action::Action;
use crate::scene::displayed::Scene;
use crate::schedule::ViewerSystems;
use crate::simulation::Simulation;
use crate::third_party::dialog;
use mlipview_core::chem::format::{Compression, Configuration};
use mlipview_core::potential;

pub use jobs::{Jobs, Outcome};
pub use mlipview_core::files::Source;
pub use pictures::{HidePanels, Snapshot};
pub use potential_choice::{PotentialChoice, PotentialDescription};
pub use suitability::PotentialSuitability;

/// Maximum number of recently opened documents.
pub const MAX_RECENT: usize = 8;

/// A file dialog that closes within this time (s) or number of rendered frames means that the
/// desktop has no dialogs.
const MIN_DIALOG_TIME: f64 = 0.7;
const MIN_DIALOG_FRAMES: u32 = 3;

/// Purpose of a file dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileDialogKind {
    /// Open a structure.
    Open,
    /// Save the structure.
    Save,
    /// Save the samples of a run as a table.
    SaveTable,
    /// Save a picture.
    SavePicture,
}

impl FileDialogKind {
    /// Title of the dialog.
    pub fn title(self) -> &'static str {
        match self {
            FileDialogKind::Open => "Open a structure",
            FileDialogKind::Save => "Save the structure",
            FileDialogKind::SaveTable => "Save the run as a table",
            FileDialogKind::SavePicture => "Save a picture",
        }
    }
}

/// The open document and its jobs.
#[derive(Resource, Default)]
pub struct Document {
    /// Display name.
    pub name: String,
    /// File that it was read from or last saved to.
    pub path: Option<PathBuf>,
    /// Recently opened sources, newest first; at most [`MAX_RECENT`].
    pub recent: Vec<Source>,
    /// Running jobs.
    pub jobs: Jobs,
    /// The path that is to be typed, because the desktop has no file dialog.
    pub typing: Option<FileDialogKind>,
    dialog: Option<OpenDialog>,
}

/// An open file dialog.
struct OpenDialog {
    kind: FileDialogKind,
    answer: bevy::tasks::Task<Option<PathBuf>>,
    /// When it was opened, seconds since program start.
    since: f64,
    /// Rendered frames since it was opened.
    frames: u32,
}

/// A request to the document.
#[derive(Message, Clone, Debug, PartialEq)]
pub enum DocumentRequest {
    /// Shows a file dialog.
    AskPath(FileDialogKind),
    /// Opens a source in place of the document.
    Open(Source),
    /// Writes the structure, in the format of the file name.
    Save(PathBuf),
    /// Writes the samples of the run as a table.
    SaveTable(PathBuf),
    /// Writes a picture without panels.
    SavePicture(PathBuf),
    /// Cancels running jobs.
    Cancel,
}

impl Document {
    /// A document that is already open.
    pub fn of(source: Source) -> Document {
        Document {
            name: source.title(),
            path: source.path().map(Path::to_path_buf),
            recent: vec![source],
            ..Document::default()
        }
    }

    /// Opens a structure with a custom reader, on a task; read errors become notices.
    pub fn open(
        &mut self,
        source: Source,
        catalog: Arc<potential::Catalog>,
        request: potential::Request,
        read: impl FnOnce() -> Result<Configuration, String> + Send + 'static,
    ) {
        open::begin_reading(&mut self.jobs, source, catalog, request, |_| {
            Ok((read()?, None))
        });
    }

    /// Default name of a file, with this extension.
    pub fn offered(&self, end: &str) -> String {
        let stem = self.name.split('@').next().unwrap_or_default();
        let stem = Compression::split(stem).0;
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
        let stem: String = stem
            .chars()
            .map(|each| {
                if each.is_alphanumeric() || "-_".contains(each) {
                    each
                } else {
                    '-'
                }
            })
            .collect();
        let stem = stem.trim_matches('-');
        let stem = if stem.is_empty() { "structure" } else { stem };
        format!("{stem}{end}")
    }

    fn remember(&mut self, source: Source) {
        self.recent.retain(|other| *other != source);
        self.recent.insert(0, source);
        self.recent.truncate(MAX_RECENT);
    }
}

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
            Action::SavePicture => FileDialogKind::SavePicture,
            _ => continue,
        };
        requests.write(DocumentRequest::AskPath(kind));
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

impl FileDialogKind {
    /// The request for a path.
    pub fn request(self, path: PathBuf) -> DocumentRequest {
        match self {
            FileDialogKind::Open => DocumentRequest::Open(Source::file(&path)),
            FileDialogKind::Save => DocumentRequest::Save(path),
            FileDialogKind::SaveTable => DocumentRequest::SaveTable(path),
            FileDialogKind::SavePicture => DocumentRequest::SavePicture(path),
        }
    }

    /// Extension of its files.
    pub fn extension(self) -> &'static str {
        match self {
            FileDialogKind::Open | FileDialogKind::Save => ".xyz",
            FileDialogKind::SaveTable => ".csv",
            FileDialogKind::SavePicture => ".png",
        }
    }
}

fn carry_out(
    mut requests: MessageReader<DocumentRequest>,
    mut document: ResMut<Document>,
    mut snapshot: ResMut<Snapshot>,
    scene: Res<Scene>,
    mut choice: ResMut<PotentialChoice>,
    history: Res<super::history::History>,
    time: Res<Time<Real>>,
) {
    for request in requests.read() {
        match request.clone() {
            DocumentRequest::AskPath(kind) => {
                let offered = document.offered(kind.extension());
                document.dialog = Some(OpenDialog {
                    kind,
                    answer: match kind {
                        FileDialogKind::Open => dialog::choose_to_open(),
                        _ => dialog::choose_to_save(kind.title(), &offered),
                    },
                    since: time.elapsed_secs_f64(),
                    frames: 0,
                });
            }
            DocumentRequest::Open(source) => {
                // A potential requested by name applies to the first document only.
                let potential = if document.name.is_empty() {
                    choice.request().clone()
                } else {
                    potential_choice::automatic()
                };
                let catalog = Arc::clone(choice.catalog());
                open::begin(&mut document.jobs, source, catalog, potential, &scene.frame);
            }
            DocumentRequest::Save(path) => save::structure(&mut document.jobs, path, &scene.frame),
            DocumentRequest::SaveTable(path) => {
                save::table(&mut document.jobs, path, history.table());
            }
            DocumentRequest::SavePicture(path) => snapshot.request(path),
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
                pending_view.set(done.ticket);
            }
            Outcome::Saved {
                path,
                what,
                is_structure,
            } => {
                notices.post(
                    Severity::Info,
                    format!("Saved {what} as {}.", path.display()),
                );
                if is_structure {
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

/// File name without its folder.
fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}
