//! A simulation that many clients share.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::Bytes;
use tokio::sync::{Notify, broadcast, watch};

use super::step_rate::StepRate;
use crate::session::{EncodeCache, People, PerceivedBonds, ServerMessage};
use mlipview_core::sim::{Event, Frame, SimHandle};
use mlipview_core::waker::Waker;

/// Maximum number of notices queued for one client; a slower client is told how many it has missed.
const NOTICE_CAPACITY: usize = 256;

/// A notice to all clients of a room.
#[derive(Clone, Debug)]
pub(super) enum RoomNotice {
    /// An event of the simulation.
    Event(Event),
    /// A text.
    Text(String),
}

/// A simulation that many clients share, with its newest state.
pub(super) struct Room {
    name: String,
    sim: SimHandle,
    encode_cache: EncodeCache,
    pub(super) frames: watch::Sender<Arc<Frame>>,
    pub(super) people: watch::Sender<Arc<People>>,
    pub(super) bonds: watch::Sender<Option<Arc<PerceivedBonds>>>,
    pub(super) notices: broadcast::Sender<RoomNotice>,
    pub(super) closing: watch::Sender<bool>,
    /// Number of clients that want bonds.
    bond_watchers: AtomicUsize,
    /// Notified when one more client wants bonds.
    pub(super) bonds_wanted: Notify,
    pub(super) step_rate: StepRate,
    /// Wakers of the simulation and its roster, which hold them weakly.
    _wakers: [Arc<Waker>; 2],
}

/// Notifications of changes.
pub(super) struct Changes {
    /// A new frame.
    pub(super) frame: Arc<Notify>,
    /// A new list of people.
    pub(super) people: Arc<Notify>,
}

impl Room {
    /// A room, and the changes of its simulation, which are to be published until the room is
    /// [closed](Room::close).
    pub(super) fn new(name: &str, sim: SimHandle) -> (Arc<Room>, Changes) {
        let (frame_waker, frame) = waker();
        sim.on_frame(&frame_waker);
        let (people_waker, people) = waker();
        sim.roster().on_change(&people_waker);
        let room = Arc::new(Room {
            name: name.to_owned(),
            encode_cache: EncodeCache::default(),
            frames: watch::Sender::new(sim.frame()),
            people: watch::Sender::new(Arc::new(people_of(&sim))),
            bonds: watch::Sender::default(),
            notices: broadcast::Sender::new(NOTICE_CAPACITY),
            closing: watch::Sender::new(false),
            bond_watchers: AtomicUsize::new(0),
            bonds_wanted: Notify::new(),
            step_rate: StepRate::default(),
            _wakers: [frame_waker, people_waker],
            sim,
        });
        (room, Changes { frame, people })
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn sim(&self) -> &SimHandle {
        &self.sim
    }

    /// Encodes a message; content that all clients share is encoded once.
    pub(super) fn encode(&self, message: &ServerMessage) -> Bytes {
        self.encode_cache.encode(message)
    }

    /// Number of encodings made of shared content.
    pub(super) fn encodings(&self) -> u64 {
        self.encode_cache.misses()
    }

    /// Closes the room: its connections and tasks end.
    pub(super) fn close(&self) {
        self.closing.send_replace(true);
    }

    /// Perceives bonds while the returned guard exists.
    pub(super) fn watch_bonds(self: &Arc<Room>) -> BondWatch {
        self.bond_watchers.fetch_add(1, Ordering::Relaxed);
        self.bonds_wanted.notify_one();
        BondWatch(Arc::clone(self))
    }

    pub(super) fn wants_bonds(&self) -> bool {
        self.bond_watchers.load(Ordering::Relaxed) > 0
    }
}

/// Guard of a client that wants bonds.
pub(super) struct BondWatch(Arc<Room>);

impl Drop for BondWatch {
    fn drop(&mut self) {
        self.0.bond_watchers.fetch_sub(1, Ordering::Relaxed);
    }
}

pub(super) fn people_of(sim: &SimHandle) -> People {
    // The revision is read first: a change between the two reads sends the list again.
    let revision = sim.roster().revision();
    People {
        revision,
        people: sim.roster().people(),
    }
}

/// A waker, and the notification that it triggers.
fn waker() -> (Arc<Waker>, Arc<Notify>) {
    let notify = Arc::new(Notify::new());
    let woken = Arc::clone(&notify);
    (Arc::new(move || woken.notify_one()), notify)
}
