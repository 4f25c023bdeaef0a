//! Quitting, which asks about unsaved changes.

use bevy::prelude::*;
use bevy::window::WindowCloseRequested;

use super::changes::UnsavedChanges;
use crate::app::document::{Document, DocumentRequest, FileDialogKind};
use crate::interact::action::Action;
use crate::schedule::ViewerSystems;
use mlipview_recording::is_session;

/// Rendered frames after which a request to save has opened its dialog or started its job.
const MAX_START_FRAMES: u32 = 3;

/// Quitting, which asks about unsaved changes.
#[derive(Resource, Default)]
pub struct Quit {
    /// Whether to ask; without a window nobody could answer.
    asks: bool,
    state: QuitState,
}

/// State of quitting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum QuitState {
    /// Nobody wants to quit.
    #[default]
    None,
    /// The question is shown.
    Question,
    /// The session is being saved; then the program quits. The number of rendered frames since then.
    Saving(u32),
}

/// Answer to the question about unsaved changes.
#[derive(Message, Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuitAnswer {
    /// Save the session, then quit.
    Save,
    /// Quit without saving.
    Discard,
    /// Do not quit.
    Cancel,
}

impl Quit {
    /// Quitting where somebody can answer.
    pub fn with_question() -> Quit {
        Quit {
            asks: true,
            ..Quit::default()
        }
    }

    /// Whether the question is shown.
    pub fn shows_question(&self) -> bool {
        self.state == QuitState::Question
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Quit>()
        .add_message::<QuitAnswer>()
        .add_message::<WindowCloseRequested>()
        .add_systems(
            Update,
            (ask, answer, finish).chain().in_set(ViewerSystems::Steer),
        );
}

/// Quits, or asks first.
fn ask(
    mut actions: MessageReader<Action>,
    mut closed: MessageReader<WindowCloseRequested>,
    mut quit: ResMut<Quit>,
    mut exits: MessageWriter<AppExit>,
    changes: UnsavedChanges,
) {
    let closed = closed.read().count() > 0;
    let wanted = actions.read().any(|action| *action == Action::Quit) || closed;
    if !wanted {
        return;
    }
    if quit.asks && changes.any() {
        quit.state = QuitState::Question;
    } else {
        exits.write(AppExit::Success);
    }
}

/// Carries out the answer.
fn answer(
    mut answers: MessageReader<QuitAnswer>,
    mut quit: ResMut<Quit>,
    mut exits: MessageWriter<AppExit>,
    mut requests: MessageWriter<DocumentRequest>,
    document: Res<Document>,
) {
    for answer in answers.read() {
        quit.state = match answer {
            QuitAnswer::Save => {
                requests.write(save_request(&document));
                QuitState::Saving(0)
            }
            QuitAnswer::Discard => {
                exits.write(AppExit::Success);
                QuitState::None
            }
            QuitAnswer::Cancel => QuitState::None,
        };
    }
}

/// Saves an opened session in its place, and asks for the path of any other document.
fn save_request(document: &Document) -> DocumentRequest {
    let path = document.path.as_deref();
    let session = path.filter(|path| is_session(&path.to_string_lossy()));
    match session {
        Some(path) => DocumentRequest::SaveSession(path.to_path_buf()),
        None => DocumentRequest::ShowDialog(FileDialogKind::SaveSession),
    }
}

/// Quits when the session is saved; stays when the dialog was canceled or saving failed.
fn finish(
    mut quit: ResMut<Quit>,
    mut exits: MessageWriter<AppExit>,
    document: Res<Document>,
    changes: UnsavedChanges,
) {
    let QuitState::Saving(frames) = quit.state else {
        return;
    };
    if document.is_busy() {
        return;
    }
    quit.state = QuitState::Saving(frames + 1);
    if !changes.any() {
        exits.write(AppExit::Success);
        quit.state = QuitState::None;
    } else if frames > MAX_START_FRAMES {
        quit.state = QuitState::None;
    }
}
