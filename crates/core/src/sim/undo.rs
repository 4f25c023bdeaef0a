//! The undo history: states before and after changes.

use std::collections::VecDeque;
use std::sync::Arc;

use super::frame::Frame;

/// The states before each change, and after each undone change.
///
/// Whole states rather than inverse edits, since runs and hands change a structure too, and an edit
/// between them cannot be inverted alone. Most of these states are frames shared with the timeline.
/// Memory is bounded: beyond the limit the oldest states are dropped, but never the newest.
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
    /// A history of states that take at most `max_bytes`.
    pub fn new(max_bytes: usize) -> UndoHistory {
        UndoHistory {
            past: VecDeque::new(),
            future: Vec::new(),
            max_bytes,
        }
    }

    /// Records the state before a new change, and drops all undone changes.
    pub fn record(&mut self, before: Arc<Frame>) {
        self.future.clear();
        self.past.push_back(before);
        self.drop_oldest();
    }

    /// Exchanges the present state for the one before the last change; `None` if there is none.
    pub fn undo(&mut self, now: impl FnOnce() -> Arc<Frame>) -> Option<Arc<Frame>> {
        let before = self.past.pop_back()?;
        self.future.push(now());
        self.drop_oldest();
        Some(before)
    }

    /// Exchanges the present state for the one after the change undone last; `None` if none was undone
    /// since the last new change.
    pub fn redo(&mut self, now: impl FnOnce() -> Arc<Frame>) -> Option<Arc<Frame>> {
        let after = self.future.pop()?;
        self.past.push_back(now());
        self.drop_oldest();
        Some(after)
    }

    /// Number of changes that can be undone.
    pub fn undo_count(&self) -> usize {
        self.past.len()
    }

    /// Number of undone changes that can be redone.
    pub fn redo_count(&self) -> usize {
        self.future.len()
    }

    fn drop_oldest(&mut self) {
        let states = self.past.iter().chain(&self.future);
        let mut bytes: usize = states.map(|frame| memory(frame)).sum();
        while bytes > self.max_bytes && self.past.len() > 1 {
            if let Some(oldest) = self.past.pop_front() {
                bytes -= memory(&oldest);
            }
        }
    }
}

/// Memory of a frame with its identity, bytes; an upper bound, since frames may share identities.
fn memory(frame: &Frame) -> usize {
    frame.bytes() + frame.identity_bytes()
}
