//! Movies of the timeline: rendered offscreen, frame by frame, and encoded as they come.

pub mod encode;
mod job;
pub(crate) mod offscreen_scene;
mod render;

pub use job::{MovieJob, MovieSettings};
pub use offscreen_scene::{OffscreenApp, OffscreenError};
pub use render::{MovieRequest, MovieScene, RenderError, View, render, scripted};

pub(super) fn plugin(app: &mut bevy::prelude::App) {
    app.add_plugins(job::plugin);
}
