//! Sessions of processes that ended without saving, which the user restores or discards.

use std::io;
use std::time::SystemTime;

use bevy::prelude::*;
use bevy::tasks::{IoTaskPool, Task};

use super::autosave::Autosave;
use super::folder::{AbandonedSession, AutosaveFolder};
use crate::app::document::{Document, DocumentRequest, poll};
use crate::app::notices::{Notices, Severity};
use crate::schedule::ViewerSystems;

/// Sessions that can be restored.
#[derive(Resource, Default)]
pub struct Recovery {
    /// The sessions, newest first.
    pub sessions: Vec<AbandonedSession>,
    scan: Option<Task<io::Result<Vec<AbandonedSession>>>>,
    restoring: Option<AbandonedSession>,
}

impl Recovery {
    /// Starts to open a session of the list; the others stay in their folder for the next start.
    pub fn restore(&mut self, index: usize) -> Option<DocumentRequest> {
        let session = (index < self.sessions.len()).then(|| self.sessions.swap_remove(index))?;
        self.sessions.clear();
        let path = session.slot.path().to_path_buf();
        self.restoring = Some(session);
        Some(DocumentRequest::Restore(path))
    }

    /// Removes a session of the list.
    pub fn discard(&mut self, index: usize) {
        if index < self.sessions.len() {
            self.sessions.remove(index).slot.remove();
        }
    }

    /// Leaves all of them for the next start.
    pub fn postpone(&mut self) {
        self.sessions.clear();
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Recovery>()
        .add_systems(Startup, scan.run_if(resource_exists::<AutosaveFolder>))
        .add_systems(Update, (list, adopt).in_set(ViewerSystems::Show));
}

/// Starts to look for sessions.
#[expect(
    clippy::disallowed_methods,
    reason = "the user sees how old the sessions are"
)]
fn scan(folder: Res<AutosaveFolder>, mut recovery: ResMut<Recovery>) {
    let folder = folder.clone();
    let task = async move { folder.abandoned(SystemTime::now()) };
    recovery.scan = Some(IoTaskPool::get().spawn(task));
}

/// Takes the found sessions.
fn list(mut recovery: ResMut<Recovery>, mut notices: ResMut<Notices>) {
    let Some(task) = &mut recovery.bypass_change_detection().scan else {
        return;
    };
    match poll(task) {
        None => return,
        Some(Ok(sessions)) => recovery.sessions = sessions,
        Some(Err(error)) => notices.post(
            Severity::Warning,
            format!("Cannot look for sessions to restore: {error}."),
        ),
    }
    recovery.scan = None;
}

/// Saves a restored session to its file from now on; one that could not be opened stays there.
fn adopt(mut recovery: ResMut<Recovery>, mut autosave: ResMut<Autosave>, document: Res<Document>) {
    let path = document.restored_from.as_deref();
    let is_open = |session: &mut AbandonedSession| path == Some(session.slot.path());
    if let Some(session) = recovery
        .bypass_change_detection()
        .restoring
        .take_if(is_open)
    {
        autosave.adopt(session.slot);
    }
}
