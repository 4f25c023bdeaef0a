//! Queue of the events for one client.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::event_kind::{EventKind, EventKinds};
use crate::shared_event::SharedEvent;

/// Maximum number of events that wait for a client.
pub const MAX_QUEUED: usize = 256;

/// Events that wait for a client, at most [`MAX_QUEUED`]. \[23\]
///
/// While it is full, a new event of progress or of the machine's load takes the place of the oldest of its
/// type. For any other event, and if there is none, the oldest message of the log is dropped and counted;
/// without one the oldest progress or load; without these, the oldest event, which is counted, too.
#[derive(Debug, Default)]
pub struct Queue {
    events: VecDeque<Arc<SharedEvent>>,
    dropped: u64,
}

impl Queue {
    /// Number of events.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether no event waits.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// Adds an event.
    pub fn push(&mut self, event: Arc<SharedEvent>) {
        if self.events.len() >= MAX_QUEUED {
            self.make_space(event.kind());
        }
        self.events.push_back(event);
    }

    /// Takes the oldest event, and the number of events dropped since the last call.
    pub fn pop(&mut self) -> Option<(Arc<SharedEvent>, u64)> {
        let event = self.events.pop_front()?;
        Some((event, std::mem::take(&mut self.dropped)))
    }

    /// Removes the events of these types, which the client no longer wants.
    pub fn remove(&mut self, kinds: EventKinds) {
        self.events.retain(|event| !kinds.contains(event.kind()));
    }

    fn make_space(&mut self, kind: EventKind) {
        let same = kind
            .is_replaceable()
            .then(|| self.position(|old| old == kind));
        if let Some(index) = same.flatten() {
            self.events.remove(index);
        } else if let Some(index) = self.position(|old| old == EventKind::Log) {
            self.events.remove(index);
            self.dropped += 1;
        } else if let Some(index) = self.position(EventKind::is_replaceable) {
            self.events.remove(index);
        } else {
            self.events.pop_front();
            self.dropped += 1;
        }
    }

    fn position(&self, is_wanted: impl Fn(EventKind) -> bool) -> Option<usize> {
        self.events.iter().position(|event| is_wanted(event.kind()))
    }
}
