//! Undo and redo of changes.

use std::sync::Arc;

use super::error::EngineError;
use super::{Engine, Validity};
use crate::sim::constraint::Grips;
use crate::sim::frame::Frame;

impl Engine {
    /// The present state as a frame to return to.
    pub(super) fn snapshot(&self) -> Arc<Frame> {
        if !self.has_changed && self.evaluation != Validity::Stale {
            return Arc::clone(&self.last_frame);
        }
        Arc::new(Frame {
            revision: self.revision,
            ..Frame::of(&self.state, &self.identity)
        })
    }

    /// Records the state before a change.
    pub(super) fn record_undo(&mut self, before: Arc<Frame>) {
        self.before_grab = None;
        self.history.record(before);
    }

    pub(super) fn undo(&mut self) -> Result<(), EngineError> {
        let now = self.snapshot();
        let before = self.history.undo(|| now);
        let before = before.ok_or(EngineError::NothingToUndo)?;
        self.return_to(&before);
        Ok(())
    }

    pub(super) fn redo(&mut self) -> Result<(), EngineError> {
        let now = self.snapshot();
        let after = self.history.redo(|| now);
        let after = after.ok_or(EngineError::NothingToRedo)?;
        self.return_to(&after);
        Ok(())
    }

    /// Ends the run and playback, and restores an earlier state.
    pub(super) fn return_to(&mut self, frame: &Frame) {
        if self.run.is_some() || self.packing.is_some() {
            self.stop();
        }
        self.end_playback();
        self.before_grab = None;
        self.state.restore(frame);
        if frame.revision != self.revision {
            // The indices of grabbed atoms may mean others now.
            self.state.grips = Grips::default();
            self.start_revision();
        }
        self.evaluation = Validity::Stale;
        self.has_changed = true;
    }
}
