//! Parameters of systems that need to know whether the document has unsaved changes.

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::saved_contents::SavedContents;
use crate::app::script::EditedScript;
use crate::app::session::LiveFrame;
use mlipview_core::script::Script;

/// Takes the opened atoms as saved once they are on screen.
pub(super) fn follow(live: LiveFrame, mut saved: ResMut<SavedContents>) {
    saved.bypass_change_detection().on_frame(&live.get());
}

/// Whether the document has unsaved changes.
#[derive(SystemParam)]
pub struct UnsavedChanges<'w> {
    live: LiveFrame<'w>,
    script: Res<'w, EditedScript>,
    saved: Res<'w, SavedContents>,
}

impl UnsavedChanges<'_> {
    /// Whether the structure or the script has changed since the document was opened or saved.
    pub fn any(&self) -> bool {
        self.saved.differ(&self.live.get(), self.script.script())
    }

    /// Number of the newest frame, and the script, to tell whether they have changed.
    pub(super) fn state(&self) -> (u64, Script) {
        (self.live.get().number, self.script.script().clone())
    }
}
