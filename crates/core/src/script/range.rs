//! Ranges of frames, whose ends are frames by id, by index, or counted from the newest.

use serde::{Deserialize, Serialize};

/// A frame, by what is known of it. If there are several, an id that exists wins, then the index, then the
/// offset.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameReference {
    /// Name of the frame.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Index from 0, the oldest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<i64>,
    /// Offset from the end: −1 is the newest, −2 the one before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<i64>,
}

/// A range of frames.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameRange {
    /// The first frame; without one, the first of the timeline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<FrameReference>,
    /// The last frame; without one, the last of the timeline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<FrameReference>,
    /// Whether the last frame is not part of the range.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub without_end: bool,
}

/// Number and ids of the frames of a timeline. A bare number has no ids.
pub trait FrameNames {
    /// Number of frames.
    fn count(&self) -> u64;

    /// Index of the frame with an id.
    fn index_of(&self, id: &str) -> Option<u64>;
}

impl FrameNames for u64 {
    fn count(&self) -> u64 {
        *self
    }

    fn index_of(&self, _: &str) -> Option<u64> {
        None
    }
}

impl FrameReference {
    /// A frame by its index from 0.
    pub fn at_index(index: u64) -> FrameReference {
        FrameReference {
            index: Some(i64::try_from(index).unwrap_or(i64::MAX)),
            ..FrameReference::default()
        }
    }

    /// A frame by its offset from the end, −1 for the newest.
    pub fn at_offset(offset: i64) -> FrameReference {
        FrameReference {
            offset: Some(offset),
            ..FrameReference::default()
        }
    }

    /// A frame by its id.
    pub fn named(id: impl Into<String>) -> FrameReference {
        FrameReference {
            id: Some(id.into()),
            ..FrameReference::default()
        }
    }

    /// Index of the frame, moved to the nearest that exists; `None` without frames, or if nothing is known
    /// of it.
    pub fn resolve(&self, frames: &dyn FrameNames) -> Option<u64> {
        let last = frames.count().checked_sub(1)?;
        let by_id = self.id.as_deref().and_then(|id| frames.index_of(id));
        if let Some(index) = by_id {
            return Some(index.min(last));
        }
        if let Some(index) = self.index {
            return Some(u64::try_from(index).unwrap_or(0).min(last));
        }
        let back = (-1_i64).saturating_sub(self.offset?);
        Some(last.saturating_sub(u64::try_from(back).unwrap_or(0)))
    }
}

impl FrameRange {
    /// The frames between two indices, both included.
    pub fn between(first: u64, last: u64) -> FrameRange {
        FrameRange {
            start: Some(FrameReference::at_index(first)),
            end: Some(FrameReference::at_index(last)),
            without_end: false,
        }
    }

    /// Indices of the first and last frame; `None` if there are none.
    pub fn resolve(&self, frames: &dyn FrameNames) -> Option<[u64; 2]> {
        let last = frames.count().checked_sub(1)?;
        let resolved = |end: &Option<FrameReference>| end.as_ref()?.resolve(frames);
        let start = resolved(&self.start).unwrap_or(0);
        let end = resolved(&self.end).unwrap_or(last);
        // As in the original, a range before frame 0 ends at frame 0.
        let end = end.saturating_sub(u64::from(self.without_end));
        (start <= end).then_some([start, end])
    }
}
