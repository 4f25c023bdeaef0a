//! A line of a timeline: consecutive frames of one course of the simulation.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::sim::frame::Frame;
use crate::sim::playback::FrameAddress;

/// Frames from one branch to the newest, oldest first.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// The frame that the first one continues from, if it is another line's or the file's.
    pub(super) after: Option<FrameAddress>,
    frames: VecDeque<Entry>,
}

/// A frame and its memory.
#[derive(Debug)]
struct Entry {
    frame: Arc<Frame>,
    /// Memory, with that of its structure if the frame before has another one, bytes.
    bytes: usize,
}

impl Line {
    /// A line that continues from a frame.
    pub(super) fn after(address: Option<FrameAddress>) -> Line {
        Line {
            after: address,
            frames: VecDeque::new(),
        }
    }

    /// Adds the newest frame; returns its memory, bytes.
    pub(super) fn push(&mut self, frame: Arc<Frame>) -> usize {
        let last = self.frames.back();
        let shares = last.is_some_and(|last| Arc::ptr_eq(&last.frame.identity, &frame.identity));
        let bytes = frame.bytes() + if shares { 0 } else { frame.identity_bytes() };
        self.frames.push_back(Entry { frame, bytes });
        bytes
    }

    /// Drops the oldest frame; returns its memory, bytes.
    pub(super) fn pop_oldest(&mut self) -> usize {
        self.frames.pop_front().map_or(0, |entry| entry.bytes)
    }

    /// Drops all frames but the first ones; returns their memory, bytes.
    pub(super) fn truncate(&mut self, count: usize) -> usize {
        let dropped = self.frames.drain(count.min(self.frames.len())..);
        dropped.map(|entry| entry.bytes).sum()
    }

    /// Number of frames.
    pub(super) fn len(&self) -> usize {
        self.frames.len()
    }

    /// Number of the newest frame.
    pub(super) fn newest(&self) -> Option<u64> {
        Some(self.frames.back()?.frame.number)
    }

    /// The frame at an index, from 0 for the oldest.
    pub(super) fn at(&self, index: usize) -> Option<&Arc<Frame>> {
        Some(&self.frames.get(index)?.frame)
    }

    /// Index of the frame of a number.
    pub(super) fn index_of(&self, number: u64) -> Option<usize> {
        let search = |entry: &Entry| entry.frame.number;
        self.frames.binary_search_by_key(&number, search).ok()
    }
}
