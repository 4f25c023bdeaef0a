//! The timeline script of the session: played while frames are shown, and edited.

mod edit;
mod labels;
mod play;
mod played;

pub use edit::{ScriptEdit, ScriptEditError, anchor_of};
pub use played::{PlayedScript, ShownScript, TimelineExtent};

pub(super) fn plugin(app: &mut bevy::prelude::App) {
    app.add_plugins(play::plugin);
}
