//! Unsaved changes: told apart from the saved document, asked about at quitting, saved automatically
//! and restored after a crash.

mod autosave;
mod changes;
mod folder;
mod quit;
mod recovery;
mod saved_contents;
mod slot;

pub use autosave::Autosave;
pub use changes::UnsavedChanges;
pub use folder::{AbandonedSession, AutosaveFolder};
pub use quit::{Quit, QuitAnswer};
pub use recovery::Recovery;
pub use saved_contents::SavedContents;

use bevy::prelude::*;

use crate::schedule::ViewerSystems;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<SavedContents>()
        .add_systems(Update, changes::follow.in_set(ViewerSystems::Receive))
        .add_plugins((quit::plugin, autosave::plugin, recovery::plugin));
}
