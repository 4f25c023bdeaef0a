//! Replays: past events that a client has requested, in pages.

use std::sync::Arc;

use crate::event_kind::EventKinds;
use crate::shared_event::SharedEvent;

/// Maximum number of events of a page.
pub const MAX_PAGE: usize = 64;

/// Past events that a client has requested and that are still to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replay {
    /// Number of the replay, unique for its client.
    pub number: u64,
    /// Their types.
    pub kinds: EventKinds,
    /// The event before the first of them.
    pub after: u64,
    /// The last of them.
    pub until: u64,
    /// Number of events of these types after `after` that are left out.
    pub skip: u64,
}

/// A part of a replay.
#[derive(Clone, Debug)]
pub struct Page {
    /// Number of the replay.
    pub number: u64,
    /// The next events, at most [`MAX_PAGE`].
    pub events: Vec<Arc<SharedEvent>>,
    /// The rest of the replay; `None` at its end.
    pub rest: Option<Replay>,
}
