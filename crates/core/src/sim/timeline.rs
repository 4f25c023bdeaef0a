//! The last frames, to turn back to.

use std::collections::VecDeque;
use std::sync::Arc;

use super::frame::Frame;

/// A ring of frames, bounded in number and in memory; at a bound the oldest are forgotten.
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
    /// A ring of at most so many frames and bytes; it always keeps the newest frame.
    pub fn new(max_frames: usize, max_bytes: usize) -> Timeline {
        Timeline {
            frames: VecDeque::new(),
            bytes: 0,
            max_frames,
            max_bytes,
        }
    }

    /// Remembers a frame, newer than all before.
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

    /// Forgets the frames behind the one of this number.
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

    /// The frame of this number, if it is remembered.
    pub fn get(&self, number: u64) -> Option<&Arc<Frame>> {
        let index = self
            .frames
            .binary_search_by_key(&number, |frame| frame.number)
            .ok()?;
        self.frames.get(index)
    }

    /// The remembered frames, oldest first.
    pub fn frames(&self) -> impl ExactSizeIterator<Item = &Arc<Frame>> {
        self.frames.iter()
    }

    /// Memory that the remembered frames take, bytes.
    pub fn bytes(&self) -> usize {
        self.bytes
    }
}
