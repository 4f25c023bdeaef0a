//! Playback of a timeline: rate, range, repetition and first frame.

use serde::{Deserialize, Serialize};

use crate::script::{FrameNames, FrameReference};
use crate::sim::playback::DEFAULT_RATE;
use crate::sim::playback::{FrameAddress, Play, Repeat};

/// How the frames of a timeline are played.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Playback {
    /// Frames per second without script; negative: backward.
    pub rate: f64,
    /// Whether playback starts when the session is opened.
    pub starts: bool,
    /// Repetition at the end of the range.
    pub repeat: Repetition,
    /// The frames that are played; `None`: all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<PlaybackRange>,
    /// The frame that is shown first; `None`: the newest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<FrameReference>,
    /// Whether positions between two frames are interpolated.
    pub interpolate: bool,
}

/// The first and last frame that are played.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlaybackRange {
    /// The first frame; `None`: the oldest.
    pub start: Option<FrameReference>,
    /// The last frame; `None`: the newest.
    pub end: Option<FrameReference>,
}

/// Behavior of playback at the end of its range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Repetition {
    /// Stops at the last frame.
    #[default]
    Once,
    /// Begins again at the other end.
    Loop,
    /// Turns around.
    BackAndForth,
}

impl Default for Playback {
    fn default() -> Playback {
        Playback {
            rate: DEFAULT_RATE,
            starts: false,
            repeat: Repetition::Once,
            range: None,
            first: None,
            interpolate: false,
        }
    }
}

impl PlaybackRange {
    /// Indices of the first and last frame; in the wrong order, they are exchanged. `None` without frames.
    pub fn resolve(&self, frames: &dyn FrameNames) -> Option<[u64; 2]> {
        let last = frames.count().checked_sub(1)?;
        let resolved = |end: &Option<FrameReference>| end.as_ref()?.resolve(frames);
        let start = resolved(&self.start).unwrap_or(0);
        let end = resolved(&self.end).unwrap_or(last);
        Some([start.min(end), start.max(end)])
    }
}

impl Playback {
    /// The command parameters for a timeline with these frames, of which `address` gives the addresses.
    pub fn play(
        &self,
        frames: &dyn FrameNames,
        address: impl Fn(u64) -> Option<FrameAddress>,
    ) -> Play {
        let ends = self.range.as_ref().and_then(|range| range.resolve(frames));
        let range = ends.and_then(|[start, end]| Some([address(start)?, address(end)?]));
        Play {
            rate: self.rate,
            range,
            repeat: match self.repeat {
                Repetition::Once => Repeat::Once,
                Repetition::Loop => Repeat::Loop,
                Repetition::BackAndForth => Repeat::BackAndForth,
            },
            interpolate: self.interpolate,
        }
    }
}
