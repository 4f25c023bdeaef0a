//! What is open: its name, its file, its potential; and how it comes from and goes to the disk.
//!
//! Reading, writing and choosing a potential happen beside the window's thread, as `work`; the
//! window asks after them once per rendered frame. What goes wrong becomes a notice, and leaves what
//! was there as it was.

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

pub use jobs::{Outcome, Work};
pub use mlipview_core::files::Source;
pub use pictures::{Snapshot, Veil};
pub use potential_choice::{Choice, Described};
pub use suitability::Judgement;

/// How many things that were open before are remembered.
pub const RECENT: usize = 8;

/// A dialog that is closed within this time, seconds, or within so many rendered frames where these
/// take long, was never there: the desktop has none.
const NO_DIALOG: f64 = 0.7;
const NO_DIALOG_FRAMES: u32 = 3;

/// What a file is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To open it.
    Open,
    /// To save the structure.
    Save,
    /// To save the samples of a run, as a table.
    SaveTable,
    /// To save a picture.
    SavePicture,
}

impl Purpose {
    /// What a dialog for it is called.
    pub fn title(self) -> &'static str {
        match self {
            Purpose::Open => "Open a structure",
            Purpose::Save => "Save the structure",
            Purpose::SaveTable => "Save the run as a table",
            Purpose::SavePicture => "Save a picture",
        }
    }
}

/// What is open, and what is being done to it.
#[derive(Resource, Default)]
pub struct Document {
    /// What it is called.
    pub name: String,
    /// The file that it came from or was saved to last.
    pub path: Option<PathBuf>,
    /// What was open before, the newest first; at most [`RECENT`].
    pub recent: Vec<Source>,
    /// What is under way beside the window.
    pub work: Work,
    /// For what a path is to be typed, because the desktop has no dialog, and why.
    pub typing: Option<Purpose>,
    dialog: Option<Asked>,
}

/// A dialog that is open.
struct Asked {
    purpose: Purpose,
    answer: bevy::tasks::Task<Option<PathBuf>>,
    /// Seconds since the program began.
    since: f64,
    /// For how many rendered frames.
    frames: u32,
}

/// Requests to the document.
#[derive(Message, Clone, Debug, PartialEq)]
pub enum Request {
    /// Asks the person for a file, by the desktop's dialog.
    Ask(Purpose),
    /// Opens something in place of what is there.
    Open(Source),
    /// Writes the structure to a file, in the format that its name stands for.
    Save(PathBuf),
    /// Writes the samples of the run to a file.
    SaveTable(PathBuf),
    /// Draws a picture without panels and writes it to a file.
    SavePicture(PathBuf),
    /// Gives up what is under way.
    Cancel,
}

impl Document {
    /// A document that is open already.
    pub fn of(source: Source) -> Document {
        Document {
            name: source.title(),
            path: source.path().map(Path::to_path_buf),
            recent: vec![source],
            ..Document::default()
        }
    }

    /// Begins to open what someone else knows how to read, beside the window's thread; why it cannot
    /// be read is told in the window.
    pub fn open(
        &mut self,
        source: Source,
        catalog: Arc<potential::Catalog>,
        request: potential::Request,
        read: impl FnOnce() -> Result<Configuration, String> + Send + 'static,
    ) {
        open::begin_reading(&mut self.work, source, catalog, request, |_| {
            Ok((read()?, None))
        });
    }

    /// The name to offer for a file, with this at its end.
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
        self.recent.truncate(RECENT);
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Document>()
        .init_resource::<Snapshot>()
        .init_resource::<Veil>()
        .add_message::<Request>()
        .add_message::<FileDragAndDrop>()
        .add_plugins((potential_choice::plugin, pictures::plugin))
        .add_systems(
            Update,
            (take_actions, take_dropped, take_answer, carry_out, finish)
                .chain()
                .in_set(ViewerSystems::Steer),
        );
}

/// What was asked for without saying where.
fn take_actions(mut actions: MessageReader<Action>, mut requests: MessageWriter<Request>) {
    for action in actions.read() {
        let purpose = match action {
            Action::Open => Purpose::Open,
            Action::Save => Purpose::Save,
            Action::SavePicture => Purpose::SavePicture,
            _ => continue,
        };
        requests.write(Request::Ask(purpose));
    }
}

/// Files that are dropped on the window: the first is opened.
fn take_dropped(
    mut drops: MessageReader<FileDragAndDrop>,
    mut requests: MessageWriter<Request>,
    mut notices: ResMut<Notices>,
) {
    let dropped = drops.read().filter_map(|drop| match drop {
        FileDragAndDrop::DroppedFile { path_buf, .. } => Some(path_buf),
        _ => None,
    });
    let mut dropped = dropped.peekable();
    if let Some(path) = dropped.next() {
        requests.write(Request::Open(Source::file(path)));
    }
    let more = dropped.count();
    if more > 0 {
        notices.say(
            Severity::Warning,
            format!("One structure is open at a time: the first file is opened, {more} are not."),
        );
    }
}

/// What the person chose in a dialog becomes a request.
fn take_answer(
    mut document: ResMut<Document>,
    mut requests: MessageWriter<Request>,
    time: Res<Time<Real>>,
) {
    let document = document.bypass_change_detection();
    let Some(asked) = &mut document.dialog else {
        return;
    };
    asked.frames += 1;
    let Some(answer) = jobs::poll(&mut asked.answer) else {
        return;
    };
    let is_quick = asked.frames <= NO_DIALOG_FRAMES;
    let (purpose, waited) = (asked.purpose, time.elapsed_secs_f64() - asked.since);
    document.dialog = None;
    match answer {
        Some(path) => {
            requests.write(purpose.request(path));
        }
        None if waited < NO_DIALOG || is_quick => document.typing = Some(purpose),
        None => {}
    }
}

impl Purpose {
    /// What is asked for with a path.
    pub fn request(self, path: PathBuf) -> Request {
        match self {
            Purpose::Open => Request::Open(Source::file(&path)),
            Purpose::Save => Request::Save(path),
            Purpose::SaveTable => Request::SaveTable(path),
            Purpose::SavePicture => Request::SavePicture(path),
        }
    }

    /// The end of the names of files for it.
    pub fn extension(self) -> &'static str {
        match self {
            Purpose::Open | Purpose::Save => ".xyz",
            Purpose::SaveTable => ".csv",
            Purpose::SavePicture => ".png",
        }
    }
}

fn carry_out(
    mut requests: MessageReader<Request>,
    mut document: ResMut<Document>,
    mut snapshot: ResMut<Snapshot>,
    scene: Res<Scene>,
    mut choice: ResMut<Choice>,
    history: Res<super::history::History>,
    time: Res<Time<Real>>,
) {
    for request in requests.read() {
        match request.clone() {
            Request::Ask(purpose) => {
                let offered = document.offered(purpose.extension());
                document.dialog = Some(Asked {
                    purpose,
                    answer: match purpose {
                        Purpose::Open => dialog::choose_to_open(),
                        _ => dialog::choose_to_save(purpose.title(), &offered),
                    },
                    since: time.elapsed_secs_f64(),
                    frames: 0,
                });
            }
            Request::Open(source) => {
                // What was asked for by name was for what is open, or for the first to be opened.
                let potential = if document.name.is_empty() {
                    choice.request().clone()
                } else {
                    potential_choice::automatic()
                };
                let catalog = Arc::clone(choice.catalog());
                open::begin(&mut document.work, source, catalog, potential, &scene.frame);
            }
            Request::Save(path) => save::structure(&mut document.work, path, &scene.frame),
            Request::SaveTable(path) => {
                save::table(&mut document.work, path, history.table());
            }
            Request::SavePicture(path) => snapshot.ask(path),
            Request::Cancel => {
                document.work.cancel();
                choice.give_up();
            }
        }
    }
}

/// What was under way and has ended.
fn finish(
    mut document: ResMut<Document>,
    mut choice: ResMut<Choice>,
    mut notices: ResMut<Notices>,
    mut looked_at: ResMut<pictures::LookedAt>,
    simulation: Res<Simulation>,
    time: Res<Time<Real>>,
) {
    for outcome in document
        .bypass_change_detection()
        .work
        .ended(time.elapsed_secs_f64())
    {
        match outcome {
            Outcome::Opened(opened) => {
                let done = open::show(*opened, &mut document, &mut choice, &simulation);
                for (severity, text) in done.said {
                    notices.say(severity, text);
                }
                looked_at.when(done.ticket);
            }
            Outcome::Saved {
                path,
                what,
                is_structure,
            } => {
                notices.say(
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
            Outcome::Failed(reason) => notices.say(Severity::Error, reason),
        }
    }
}

/// What a file is called, without its folder.
fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}
