//! Subscriptions of a client to the changes of its room.

use std::sync::Arc;

use tokio::sync::{broadcast, watch};

use crate::room::{Room, RoomFrame, RoomNotice};
use crate::session::PerceivedBonds;
use crate::session::message::People;
use crate::session::timeline::TimelineSummary;
use crate::state::AppState;

/// Subscriptions to the room's changes.
pub(super) struct Subscriptions {
    pub(super) frames: watch::Receiver<RoomFrame>,
    pub(super) people: watch::Receiver<Arc<People>>,
    pub(super) bonds: watch::Receiver<Option<Arc<PerceivedBonds>>>,
    pub(super) timeline: watch::Receiver<Option<Arc<TimelineSummary>>>,
    pub(super) notices: broadcast::Receiver<RoomNotice>,
    pub(super) rooms: watch::Receiver<Vec<String>>,
    pub(super) closing: watch::Receiver<bool>,
}

impl Subscriptions {
    pub(super) fn new(room: &Room, state: &AppState) -> Subscriptions {
        let mut subscriptions = Subscriptions {
            frames: room.frames.subscribe(),
            people: room.people.subscribe(),
            bonds: room.bonds.subscribe(),
            timeline: room.timeline.subscribe(),
            notices: room.notices.subscribe(),
            rooms: state.rooms.names(),
            closing: room.closing.subscribe(),
        };
        // The current state is a change for a new client.
        subscriptions.frames.mark_changed();
        subscriptions.people.mark_changed();
        subscriptions.bonds.mark_changed();
        subscriptions
    }
}
