//! The timeline script of the session: played while frames are shown, and edited.

mod labels;
mod play;
mod played;

pub use played::{PlayedScript, ShownScript, TimelineExtent};

pub(super) fn plugin(app: &mut bevy::prelude::App) {
    app.add_plugins(play::plugin);
}
