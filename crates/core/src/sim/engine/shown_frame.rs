//! The recorded frame that an engine shows during playback.

use std::sync::Arc;

use crate::sim::frame::Frame;
use crate::sim::playback::Play;

/// The recorded frame that is shown.
pub(super) struct Playback {
    /// The frame as it is published.
    pub(super) shown: Arc<Frame>,
    /// Its position in the timeline; between two whole numbers where positions are interpolated.
    pub(super) position: f64,
    /// How it is played; `None` while paused.
    pub(super) play: Option<Play>,
}
