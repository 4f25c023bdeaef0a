//! Movies of the timeline: rendered offscreen, frame by frame, and encoded as they come.

pub mod encode;
mod job;
mod render;

pub use job::{MovieJob, MovieSettings};
pub use render::{MovieRequest, MovieScene, OffscreenApp, RenderError, View, render};

pub(super) fn plugin(app: &mut bevy::prelude::App) {
    app.add_plugins(job::plugin);
}
