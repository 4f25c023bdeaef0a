//! Automatic saving of unsaved changes, for the case of a crash.

use std::io;
use std::sync::Arc;
use std::time::Duration;

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
use mlipview_core::script::Script;

/// Between two savings passes at least this multiple of the time that one takes.
const MIN_PAUSE: u32 = 20;

/// Automatic saving of unsaved changes.
#[derive(Resource)]
pub struct Autosave {
    /// Time between two savings [default: 60 s]. Sessions that take over 3 s to write are saved
    /// less often.
    pub interval: Duration,
    slot: Option<Arc<SessionSlot>>,
    writing: Option<Writing>,
    /// Number of the frame, and the script, that were saved last.
    last: Option<(u64, Script)>,
    /// When to save next; times are since program start.
    next: Duration,
    has_failed: bool,
}

/// A session that is being written.
struct Writing {
    since: Duration,
    task: Task<io::Result<()>>,
}

impl Default for Autosave {
    fn default() -> Autosave {
        Autosave {
            interval: Duration::from_secs(60),
            slot: None,
            writing: None,
            last: None,
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
        self.last = None;
    }

    /// Starts to write.
    fn start(
        &mut self,
        folder: &AutosaveFolder,
        contents: SessionContents,
        now: Duration,
    ) -> io::Result<()> {
        let slot = match &self.slot {
            Some(slot) => slot,
            None => self.slot.insert(Arc::new(folder.create()?)),
        };
        let slot = Arc::clone(slot);
        let task = async move {
            let text = contents.text(slot.path()).map_err(io::Error::other)?;
            slot.write(&contents.title, &text)
        };
        self.writing = Some(Writing {
            since: now,
            task: IoTaskPool::get().spawn(task),
        });
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
    let Some(writing) = &mut autosave.bypass_change_detection().writing else {
        return;
    };
    let Some(written) = poll(&mut writing.task) else {
        return;
    };
    let duration = time.elapsed() - writing.since;
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
    } else if is_due && autosave.last.as_ref() != Some(&changes.state()) {
        autosave.last = Some(changes.state());
        let contents = params.contents(&document, &choice);
        if let Err(error) = autosave.start(&folder, contents, time.elapsed()) {
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
