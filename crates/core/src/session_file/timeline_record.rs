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
    /// In a file, continued in the session.
    Linked(LinkedFrames),
}

/// Frames of a recording or trajectory file, and those of a simulation that continued from them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LinkedFrames {
    /// The file: its path, from the folder of the session, with `/` between folders.
    pub file: String,
    /// Number of its frames before those of the simulation; `None`: all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// The frames after them.
    pub continued: EmbeddedFrames,
}

impl TimelineContents {
    /// The frames in the session, if there are any.
    pub fn embedded(&self) -> Option<&EmbeddedFrames> {
        match self {
            TimelineContents::Embedded(frames) => Some(frames),
            TimelineContents::Linked(linked) => Some(&linked.continued),
            TimelineContents::Empty | TimelineContents::File(_) => None,
        }
    }

    /// Path of the file that has frames, if there is one.
    pub fn file(&self) -> Option<&str> {
        match self {
            TimelineContents::File(file) => Some(file),
            TimelineContents::Linked(linked) => Some(&linked.file),
            TimelineContents::Empty | TimelineContents::Embedded(_) => None,
        }
    }
}
