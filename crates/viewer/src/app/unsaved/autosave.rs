//! Automatic saving of unsaved changes, for the case of a crash.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bevy::prelude::*;
use bevy::tasks::{IoTaskPool, Task};

use super::changes::UnsavedChanges;
use super::folder::AutosaveFolder;
use super::saved_contents::SavedContents;
use super::slot::SessionSlot;
use crate::app::document::{Document, PotentialChoice, poll};
use crate::app::notices::{Notices, Severity};
use crate::app::session::{SessionContents, SessionParams};
use crate::schedule::ViewerSystems;

/// Between two savings passes at least this multiple of the time that one takes.
const MIN_PAUSE: u32 = 20;

/// Automatic saving of unsaved changes.
#[derive(Resource)]
pub struct Autosave {
    /// Time between two savings [default: 60 s]. Sessions that take over 3 s to write are saved
    /// less often.
    pub interval: Duration,
    slot: Option<Arc<SessionSlot>>,
    writing: Option<Task<(Duration, io::Result<()>)>>,
    /// Number of the frame that was saved last.
    frame: Option<u64>,
    next: Duration,
    has_failed: bool,
}

impl Default for Autosave {
    fn default() -> Autosave {
        Autosave {
            interval: Duration::from_secs(60),
            slot: None,
            writing: None,
            frame: None,
            next: Duration::ZERO,
            has_failed: false,
        }
    }
}

impl Autosave {
    /// Continues to save to the file of a restored session.
    pub(super) fn adopt(&mut self, slot: SessionSlot) {
        self.remove();
        self.slot = Some(Arc::new(slot));
    }

    /// Removes the saved session: it is saved elsewhere, or not wanted.
    fn remove(&mut self) {
        if let Some(slot) = self.slot.take() {
            slot.remove();
        }
        self.frame = None;
    }

    /// Starts to write.
    fn start(&mut self, folder: &AutosaveFolder, contents: SessionContents) -> io::Result<()> {
        let slot = match &self.slot {
            Some(slot) => slot,
            None => self.slot.insert(Arc::new(folder.create()?)),
        };
        let slot = Arc::clone(slot);
        let task = async move {
            let start = Instant::now();
            let text = contents.text(slot.path()).map_err(io::Error::other);
            let written = text.and_then(|text| slot.write(&contents.title, &text));
            (start.elapsed(), written)
        };
        self.writing = Some(IoTaskPool::get().spawn(task));
        Ok(())
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Autosave>()
        .add_systems(
            Update,
            (finish, save)
                .chain()
                .in_set(ViewerSystems::Show)
                .run_if(resource_exists::<AutosaveFolder>),
        )
        .add_systems(Last, remove_at_exit);
}

/// Handles the end of a saving.
fn finish(mut autosave: ResMut<Autosave>, time: Res<Time<Real>>, mut notices: ResMut<Notices>) {
    let Some(task) = &mut autosave.bypass_change_detection().writing else {
        return;
    };
    let Some((duration, written)) = poll(task) else {
        return;
    };
    autosave.writing = None;
    let pause = autosave.interval.max(duration * MIN_PAUSE);
    autosave.next = time.elapsed() + pause;
    report(&mut autosave, written, &mut notices);
}

/// Reports the first of several failures.
fn report(autosave: &mut Autosave, written: io::Result<()>, notices: &mut Notices) {
    if let (Err(error), false) = (&written, autosave.has_failed) {
        let text = format!(
            "Automatic saving failed: {error}. A crash would lose the unsaved changes: save the \
             session yourself."
        );
        notices.post(Severity::Warning, text);
    }
    autosave.has_failed = written.is_err();
}

/// Saves unsaved changes when it is time, and removes the file when there are none.
fn save(
    mut autosave: ResMut<Autosave>,
    folder: Res<AutosaveFolder>,
    changes: UnsavedChanges,
    saved: Res<SavedContents>,
    (document, choice, params): (Res<Document>, Res<PotentialChoice>, SessionParams),
    time: Res<Time<Real>>,
    mut notices: ResMut<Notices>,
) {
    let autosave = autosave.bypass_change_detection();
    let is_due = time.elapsed() >= autosave.next && autosave.writing.is_none();
    if !is_due && !saved.is_changed() {
        return;
    }
    if !changes.any() {
        autosave.remove();
    } else if is_due && autosave.frame != Some(changes.frame_number()) {
        autosave.frame = Some(changes.frame_number());
        let contents = params.contents(&document, &choice);
        if let Err(error) = autosave.start(&folder, contents) {
            report(autosave, Err(error), &mut notices);
        }
    }
    if is_due {
        autosave.next = time.elapsed() + autosave.interval;
    }
}

/// A program that ends as it should leaves nothing to restore.
fn remove_at_exit(mut exits: MessageReader<AppExit>, mut autosave: ResMut<Autosave>) {
    if exits.read().any(|exit| *exit == AppExit::Success) {
        autosave.remove();
    }
}
