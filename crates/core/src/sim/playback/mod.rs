//! Playback: how recorded frames are shown one after another, and their addresses.

mod address;

use std::time::Duration;

pub use address::FrameAddress;

/// Frames shown per second at most; faster playback leaves frames out.
pub const MAX_SHOWN_RATE: f64 = 60.0;

/// Default speed, frames per second.
pub const DEFAULT_RATE: f64 = 20.0;

/// How to play recorded frames.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Play {
    /// Frames per second; negative: backward. Not 0, and finite.
    pub rate: f64,
    /// The first and last frame to play; `None`: all.
    pub range: Option<[FrameAddress; 2]>,
    /// Behavior at the end of the range.
    pub repeat: Repeat,
    /// Whether positions between two frames are interpolated.
    pub interpolate: bool,
}

impl Default for Play {
    fn default() -> Play {
        Play {
            rate: DEFAULT_RATE,
            range: None,
            repeat: Repeat::Once,
            interpolate: false,
        }
    }
}

/// Behavior of playback at the end of its range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Repeat {
    /// Stops at the last frame.
    #[default]
    Once,
    /// Begins again at the other end.
    Loop,
    /// Turns around.
    BackAndForth,
}

/// The recorded frame that is shown, and how it is played.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaybackStatus {
    /// The frame.
    pub address: FrameAddress,
    /// Part of the way from it to the next frame, 0 to 1, if positions are interpolated; else 0.
    pub fraction: f64,
    /// Rate of playback without a script, frames/s, also while paused.
    pub rate: f64,
    /// How it is played; `None` while paused.
    pub play: Option<Play>,
}

impl PlaybackStatus {
    /// A frame that is shown alone, without playback.
    pub fn paused(address: FrameAddress) -> PlaybackStatus {
        PlaybackStatus {
            address,
            fraction: 0.0,
            rate: DEFAULT_RATE,
            play: None,
        }
    }
}

impl Play {
    /// Wall time between two shown frames.
    pub fn interval(&self) -> Duration {
        Duration::from_secs_f64(1.0 / self.shown_rate())
    }

    /// Frames shown per second.
    fn shown_rate(&self) -> f64 {
        if self.interpolate {
            MAX_SHOWN_RATE
        } else {
            self.rate.abs().min(MAX_SHOWN_RATE)
        }
    }

    /// Frames to advance per shown frame, with the sign of the direction.
    pub(super) fn stride(&self) -> f64 {
        self.rate / self.shown_rate()
    }
}
