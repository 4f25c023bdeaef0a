//! Summaries of the timeline, and recorded frames that a client looks back at.

use std::sync::Arc;

use super::RoomConnection;
use crate::session::{LookBackError, RecordedFrame};
use mlipview_core::sim::FrameAddress;

impl RoomConnection {
    /// Starts to read the frame that the client looks back at, if it is time to.
    pub(super) fn start_reading(&mut self) {
        if self.reading.is_busy() {
            return;
        }
        let now = self.connection.now();
        let session = &mut self.connection.session;
        if let Some(address) = session.next_read(now) {
            let bonds = session.wants_bonds();
            self.reading.start(Arc::clone(&self.room), address, bonds);
        }
    }

    pub(super) fn on_read(
        &mut self,
        address: FrameAddress,
        outcome: Result<RecordedFrame, LookBackError>,
    ) {
        self.connection.session.on_read(address, outcome);
        self.watch_timeline();
    }

    /// Subscribes to summaries of the timeline while the client needs them.
    pub(super) fn watch_timeline(&mut self) {
        let session = &self.connection.session;
        let needs = session.wants_timeline() || session.looks_back();
        if needs != self.timeline_watch.is_some() {
            self.timeline_watch = needs.then(|| self.room.watch_timeline());
            if needs {
                self.on_timeline();
            }
        }
    }

    /// Passes on the newest summary, and ends looking back at a frame that was dropped.
    pub(super) fn on_timeline(&mut self) {
        let summary = self.subscriptions.timeline.borrow_and_update().clone();
        let session = &mut self.connection.session;
        if let Some(summary) = summary {
            session.on_timeline(summary);
        }
        if let Some(address) = session.looked_back_at()
            && !self.reading.is_current(&self.room, address)
        {
            session.end_look_back(&LookBackError::Dropped(address));
            self.watch_timeline();
        }
    }
}
