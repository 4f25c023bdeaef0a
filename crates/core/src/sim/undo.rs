//! What was before each change, so that changes can be taken back and made again.

use std::collections::VecDeque;
use std::sync::Arc;

use glam::DVec3;

use super::frame::Frame;

/// The states before each change, and, of changes taken back, the states after.
///
/// It remembers whole states rather than inverse edits, since runs and hands change a structure too,
/// and what an edit did between them cannot be taken back alone. Most of these states are frames of the
/// timeline, shared with it. The bound is on memory: beyond it the oldest are forgotten, so that the
/// changes behind them can no longer be taken back; the newest is kept always.
#[derive(Debug)]
pub struct UndoHistory {
    past: VecDeque<Arc<Frame>>,
    future: Vec<Arc<Frame>>,
    max_bytes: usize,
}

impl Default for UndoHistory {
    /// 256 MiB.
    fn default() -> Self {
        UndoHistory::new(256 << 20)
    }
}

impl UndoHistory {
    /// A history of states that take at most so many bytes.
    pub fn new(max_bytes: usize) -> UndoHistory {
        UndoHistory {
            past: VecDeque::new(),
            future: Vec::new(),
            max_bytes,
        }
    }

    /// Remembers the state before a new change; what had been taken back can be made again no more.
    pub fn remember(&mut self, before: Arc<Frame>) {
        self.future.clear();
        self.past.push_back(before);
        self.forget_beyond_bound();
    }

    /// The state before the last change, in exchange for the one that is now; `None` where no change
    /// is remembered.
    pub fn undo(&mut self, now: impl FnOnce() -> Arc<Frame>) -> Option<Arc<Frame>> {
        let before = self.past.pop_back()?;
        self.future.push(now());
        self.forget_beyond_bound();
        Some(before)
    }

    /// The state after the change taken back last, in exchange for the one that is now; `None` where
    /// none has been taken back since the last new change.
    pub fn redo(&mut self, now: impl FnOnce() -> Arc<Frame>) -> Option<Arc<Frame>> {
        let after = self.future.pop()?;
        self.past.push_back(now());
        self.forget_beyond_bound();
        Some(after)
    }

    /// How many changes can be taken back.
    pub fn undo_count(&self) -> usize {
        self.past.len()
    }

    /// How many changes can be made again.
    pub fn redo_count(&self) -> usize {
        self.future.len()
    }

    fn forget_beyond_bound(&mut self) {
        let states = self.past.iter().chain(&self.future);
        let mut bytes: usize = states.map(|frame| weight(frame)).sum();
        while bytes > self.max_bytes && self.past.len() > 1 {
            if let Some(oldest) = self.past.pop_front() {
                bytes -= weight(&oldest);
            }
        }
    }
}

/// Memory of a frame with its identity, bytes. Frames share identities, but need not.
fn weight(frame: &Frame) -> usize {
    /// Elements, positions, marks and, at times, labels.
    const IDENTITY: usize = 3 * size_of::<DVec3>();
    frame.bytes() + IDENTITY * frame.positions.len()
}
