//! The timeline script of the session: played while frames are shown, and edited.

mod edit;
mod edited;
mod labels;
mod play;

pub use edit::{ScriptEdit, ScriptEditError, anchor_of};
pub use edited::EditedScript;
pub(crate) use labels::labels_of;

pub(super) fn plugin(app: &mut bevy::prelude::App) {
    app.add_plugins(play::plugin);
}
