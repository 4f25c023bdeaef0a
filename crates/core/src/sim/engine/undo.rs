//! Changes taken back and made again.

use std::sync::Arc;

use super::{Engine, Validity};
use crate::sim::constraint::Grips;
use crate::sim::frame::Frame;

impl Engine {
    /// The state as it is now, to return to.
    pub(super) fn waypoint(&self) -> Arc<Frame> {
        if !self.unseen && self.evaluation != Validity::Stale {
            return Arc::clone(&self.newest);
        }
        Arc::new(Frame {
            revision: self.revision,
            ..Frame::of(&self.state, &self.identity)
        })
    }

    /// Remembers the state before a change, which was made or is about to be.
    pub(super) fn remember(&mut self, before: Arc<Frame>) {
        self.before_hand = None;
        self.history.remember(before);
    }

    pub(super) fn undo(&mut self) -> Result<(), String> {
        let now = self.waypoint();
        let before = self.history.undo(|| now);
        let before = before.ok_or("there is no change left that could be taken back")?;
        self.return_to(&before);
        Ok(())
    }

    pub(super) fn redo(&mut self) -> Result<(), String> {
        let now = self.waypoint();
        let after = self.history.redo(|| now);
        let after = after.ok_or("no change has been taken back since the last one was made")?;
        self.return_to(&after);
        Ok(())
    }

    /// Ends what is going on and makes a state of the past the newest.
    pub(super) fn return_to(&mut self, frame: &Frame) {
        if self.run.is_some() {
            self.stop();
        }
        self.playback = None;
        self.before_hand = None;
        self.state.restore(frame);
        if frame.revision != self.revision {
            // The hands have atoms that may not be these.
            self.state.grips = Grips::default();
            self.new_revision();
        }
        self.evaluation = Validity::Stale;
        self.unseen = true;
    }
}
