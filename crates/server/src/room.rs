//! A simulation that many clients share.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::Bytes;
use tokio::sync::{Notify, Semaphore, broadcast, watch};

use super::step_rate::StepRate;
use crate::session::timeline::{TimelinePlace, TimelineSummary};
use crate::session::{EncodeCache, People, PerceivedBonds, ServerMessage};
use mlipview_core::sim::{Event, Frame, SimHandle};
use mlipview_core::waker::Waker;

/// Maximum number of notices queued for one client; a slower client is told how many it has missed.
const NOTICE_CAPACITY: usize = 256;

/// Maximum number of recorded frames that are read at a time for clients that look back, so that they
/// leave CPU cores to the simulation.
const CONCURRENT_READS: usize = 2;

/// A notice to all clients of a room.
#[derive(Clone, Debug)]
pub(super) enum RoomNotice {
    /// An event of the simulation.
    Event(Event),
    /// A text.
    Text(String),
}

/// The newest frame of a room.
#[derive(Clone, Debug)]
pub(super) struct RoomFrame {
    pub(super) frame: Arc<Frame>,
    /// Its place in the timeline, if it is a recorded one.
    pub(super) place: TimelinePlace,
}

impl RoomFrame {
    /// The newest frame of a simulation.
    pub(super) fn of(sim: &SimHandle) -> RoomFrame {
        let frame = sim.frame();
        let place = |status| TimelinePlace::of(sim.timeline(), &status, &frame);
        RoomFrame {
            place: frame.playback.map(place).unwrap_or_default(),
            frame,
        }
    }
}

/// A simulation that many clients share, with its newest state.
pub(super) struct Room {
    name: String,
    sim: SimHandle,
    encode_cache: EncodeCache,
    pub(super) frames: watch::Sender<RoomFrame>,
    pub(super) people: watch::Sender<Arc<People>>,
    pub(super) bonds: watch::Sender<Option<Arc<PerceivedBonds>>>,
    pub(super) timeline: watch::Sender<Option<Arc<TimelineSummary>>>,
    pub(super) notices: broadcast::Sender<RoomNotice>,
    pub(super) closing: watch::Sender<bool>,
    /// Number of clients that want bonds.
    bond_watchers: AtomicUsize,
    /// Notified when one more client wants bonds.
    pub(super) bonds_wanted: Notify,
    /// Number of clients that want summaries of the timeline, or look back.
    timeline_watchers: AtomicUsize,
    /// Notified when there is one more of them.
    pub(super) timeline_wanted: Notify,
    /// Permits to read a recorded frame.
    pub(super) reads: Semaphore,
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
            frames: watch::Sender::new(RoomFrame::of(&sim)),
            people: watch::Sender::new(Arc::new(people_of(&sim))),
            bonds: watch::Sender::default(),
            timeline: watch::Sender::default(),
            notices: broadcast::Sender::new(NOTICE_CAPACITY),
            closing: watch::Sender::new(false),
            bond_watchers: AtomicUsize::new(0),
            bonds_wanted: Notify::new(),
            timeline_watchers: AtomicUsize::new(0),
            timeline_wanted: Notify::new(),
            reads: Semaphore::new(CONCURRENT_READS),
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

    /// Publishes summaries of the timeline while the returned guard exists.
    pub(super) fn watch_timeline(self: &Arc<Room>) -> TimelineWatch {
        self.timeline_watchers.fetch_add(1, Ordering::Relaxed);
        self.timeline_wanted.notify_one();
        TimelineWatch(Arc::clone(self))
    }

    pub(super) fn wants_timeline(&self) -> bool {
        self.timeline_watchers.load(Ordering::Relaxed) > 0
    }
}

/// Guard of a client that wants bonds.
pub(super) struct BondWatch(Arc<Room>);

impl Drop for BondWatch {
    fn drop(&mut self) {
        self.0.bond_watchers.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Guard of a client that wants summaries of the timeline, or looks back.
pub(super) struct TimelineWatch(Arc<Room>);

impl Drop for TimelineWatch {
    fn drop(&mut self) {
        if self.0.timeline_watchers.fetch_sub(1, Ordering::Relaxed) == 1 {
            // An old summary is of no use to the next client.
            self.0.timeline.send_replace(None);
        }
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
