//! The last events of a training, in memory.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::event_kind::EventKinds;
use crate::replay::{MAX_PAGE, Page, Replay};
use crate::shared_event::SharedEvent;

/// Maximum number of events kept; the oldest go first. \[26\]
pub const MAX_HISTORY: usize = 1000;

/// The last [`MAX_HISTORY`] events of a training, oldest first.
#[derive(Debug, Default)]
pub struct History {
    events: VecDeque<Arc<SharedEvent>>,
}

impl History {
    /// Adds the newest event.
    pub fn push(&mut self, event: Arc<SharedEvent>) {
        if self.events.len() >= MAX_HISTORY {
            self.events.pop_front();
        }
        self.events.push_back(event);
    }

    /// Number of the oldest event; `None` if there is none.
    pub fn first_id(&self) -> Option<u64> {
        self.events.front().map(|event| event.id())
    }

    /// The number before the `count`-th last event of these types; `None` if there are fewer.
    pub fn id_before_last(&self, count: u64, kinds: EventKinds) -> Option<u64> {
        let back = usize::try_from(count.checked_sub(1)?).ok()?;
        let mut wanted = self.events.iter().rev();
        let mut wanted = wanted.by_ref().filter(|event| kinds.contains(event.kind()));
        wanted.nth(back).map(|event| event.id() - 1)
    }

    /// The next events of a replay.
    pub fn page(&self, mut replay: Replay) -> Page {
        let first = self
            .events
            .partition_point(|event| event.id() <= replay.after);
        let mut page = Vec::new();
        for event in self.events.range(first..) {
            if event.id() > replay.until || page.len() == MAX_PAGE {
                break;
            }
            replay.after = event.id();
            if replay.kinds.contains(event.kind()) {
                page.push(Arc::clone(event));
            }
        }
        let newest = self.events.back().map_or(0, |event| event.id());
        let is_done = replay.after >= replay.until.min(newest);
        Page {
            number: replay.number,
            events: page,
            rest: (!is_done).then_some(replay),
        }
    }
}
