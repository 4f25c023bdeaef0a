//! Timeline of a session: recorded frames in the file or in another one, and how they are played.

use serde::{Deserialize, Serialize};

use super::{EmbeddedFrames, Playback};

/// Recorded frames, and how they are played.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TimelineRecord {
    /// How they are played.
    pub playback: Playback,
    /// Index of the frame that was shown; `None`: the newest state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown: Option<u64>,
    /// The frames.
    pub contents: TimelineContents,
}

/// Where the frames of a timeline are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimelineContents {
    /// No frames.
    #[default]
    Empty,
    /// A recording or trajectory file: its path, from the folder of the session, with `/` between folders.
    File(String),
    /// In the session.
    Embedded(EmbeddedFrames),
}
