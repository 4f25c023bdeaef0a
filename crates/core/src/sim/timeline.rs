//! The timeline: the last frames, for playback.

use std::collections::VecDeque;
use std::sync::Arc;

use super::frame::Frame;

/// A ring buffer of frames, bounded in number and in memory; at a limit the oldest are dropped.
///
/// ```
/// use mlipview_core::chem::Structure;
/// use mlipview_core::sim::Engine;
/// use mlipview_core::sim::timeline::Timeline;
///
/// let mut timeline = Timeline::new(100, 64 << 20);
/// timeline.record(Engine::new(Structure::empty(), None, 0).frame());
/// assert_eq!(timeline.frames().len(), 1);
/// ```
#[derive(Debug)]
pub struct Timeline {
    frames: VecDeque<Arc<Frame>>,
    bytes: usize,
    max_frames: usize,
    max_bytes: usize,
}

impl Default for Timeline {
    /// 500 frames, 512 MiB.
    fn default() -> Self {
        Timeline::new(500, 512 << 20)
    }
}

impl Timeline {
    /// A ring buffer of at most `max_frames` and `max_bytes`; it always keeps the newest frame.
    pub fn new(max_frames: usize, max_bytes: usize) -> Timeline {
        Timeline {
            frames: VecDeque::new(),
            bytes: 0,
            max_frames,
            max_bytes,
        }
    }

    /// Adds a frame, which is newer than all others.
    pub fn record(&mut self, frame: Arc<Frame>) {
        self.bytes += frame.bytes();
        self.frames.push_back(frame);
        while self.frames.len() > 1
            && (self.frames.len() > self.max_frames || self.bytes > self.max_bytes)
        {
            if let Some(oldest) = self.frames.pop_front() {
                self.bytes -= oldest.bytes();
            }
        }
    }

    /// Drops the frames after the one of a number.
    pub fn truncate(&mut self, number: u64) {
        while self
            .frames
            .back()
            .is_some_and(|frame| frame.number > number)
        {
            if let Some(newest) = self.frames.pop_back() {
                self.bytes -= newest.bytes();
            }
        }
    }

    /// The frame of a number, if it is in the buffer.
    pub fn get(&self, number: u64) -> Option<&Arc<Frame>> {
        let index = self
            .frames
            .binary_search_by_key(&number, |frame| frame.number)
            .ok()?;
        self.frames.get(index)
    }

    /// The frames, oldest first.
    pub fn frames(&self) -> impl ExactSizeIterator<Item = &Arc<Frame>> {
        self.frames.iter()
    }

    /// Memory of the frames, bytes.
    pub fn bytes(&self) -> usize {
        self.bytes
    }
}
