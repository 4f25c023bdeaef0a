//! The last frames that were read, in bounded memory.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::sim::Frame;

/// Maximum number of frames.
const MAX_FRAMES: usize = 8;

/// Maximum memory of the frames, bytes; the last one is kept in any case.
const MAX_BYTES: usize = 256 << 20;

/// Recently read frames by index, the newest at the end; the oldest is dropped at the bound.
#[derive(Debug, Default)]
pub(super) struct RecentFrames {
    frames: VecDeque<(u64, Arc<Frame>)>,
}

impl RecentFrames {
    /// The frame of an index.
    pub(super) fn get(&self, index: u64) -> Option<Arc<Frame>> {
        let found = self.frames.iter().find(|(of, _)| *of == index)?;
        Some(Arc::clone(&found.1))
    }

    /// Adds a frame.
    pub(super) fn push(&mut self, index: u64, frame: &Arc<Frame>) {
        self.frames.retain(|(of, _)| *of != index);
        self.frames.push_back((index, Arc::clone(frame)));
        let bytes = |frames: &VecDeque<(u64, Arc<Frame>)>| -> usize {
            frames.iter().map(|(_, frame)| frame.bytes()).sum()
        };
        while self.frames.len() > 1
            && (self.frames.len() > MAX_FRAMES || bytes(&self.frames) > MAX_BYTES)
        {
            self.frames.pop_front();
        }
    }
}
