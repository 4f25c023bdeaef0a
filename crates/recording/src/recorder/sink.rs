//! The sink of a recorder, on the simulation's thread.

use std::sync::Arc;

use mlipview_core::sim::{Event, Frame, FrameSink};

use super::queue::Queue;
use super::thread::now;
use crate::writer::FrameFilter;

/// Selects the frames of a recording and queues them.
pub(super) struct Sink {
    queue: Queue,
    filter: FrameFilter,
}

impl Sink {
    /// A sink of a queue.
    pub(super) fn new(queue: Queue, filter: FrameFilter) -> Sink {
        Sink { queue, filter }
    }
}

impl FrameSink for Sink {
    fn frame(&mut self, frame: &Arc<Frame>) -> bool {
        if self.queue.is_stopped() {
            return false;
        }
        let now = now();
        if self.filter.is_due(frame, now) && !self.queue.send_frame(frame, now) {
            self.queue.count_left_out();
        }
        true
    }

    fn event(&mut self, event: &Event) {
        if !self.queue.is_stopped() && !self.queue.send_event(event, now()) {
            self.queue.count_left_out();
        }
    }
}
