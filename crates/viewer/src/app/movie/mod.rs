//! Movies of the timeline: rendered offscreen, frame by frame, and encoded as they come.

pub mod encode;
mod render;

pub use render::{MovieRequest, MovieScene, RenderError, View, render};
