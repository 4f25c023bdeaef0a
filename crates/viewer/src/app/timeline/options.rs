//! Options of playback from the timeline bar.

use mlipview_core::sim::playback::{DEFAULT_RATE, FrameAddress, Play, Repeat};

/// How frames are played from the bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaybackOptions {
    /// Frames per second.
    pub rate: f64,
    /// The first and last frame to play; `None`: all.
    pub range: Option<[FrameAddress; 2]>,
    /// Behavior at the end.
    pub repeat: Repeat,
    /// Whether positions between two frames are interpolated.
    pub interpolate: bool,
}

impl Default for PlaybackOptions {
    fn default() -> PlaybackOptions {
        PlaybackOptions {
            rate: DEFAULT_RATE,
            range: None,
            repeat: Repeat::default(),
            interpolate: false,
        }
    }
}

impl PlaybackOptions {
    /// Playback with these options, forward or backward.
    pub fn play(&self, backward: bool) -> Play {
        Play {
            rate: if backward { -self.rate } else { self.rate },
            range: self.range,
            repeat: self.repeat,
            interpolate: self.interpolate,
        }
    }
}
