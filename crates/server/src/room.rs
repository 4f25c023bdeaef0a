//! A simulation that many see: the newest of everything, once for all.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::Bytes;
use tokio::sync::{Notify, broadcast, watch};

use super::clock::Clock;
use super::pump;
use crate::session::Encodings;
use crate::session::message::{People, SeenBonds, ServerMessage};
use mlipview_core::sim::{Event, Frame, SimHandle};
use mlipview_core::waker::Waker;

/// News that may wait for one guest; a guest that is behind by more is told how many it missed.
const NEWS_CAPACITY: usize = 256;

/// Something that has happened in a room.
#[derive(Clone, Debug)]
pub(super) enum News {
    /// In its simulation.
    Event(Event),
    /// Besides.
    Words(String),
}

/// A simulation that many see.
pub(super) struct Room {
    name: String,
    sim: SimHandle,
    encodings: Encodings,
    pub(super) frames: watch::Sender<Arc<Frame>>,
    pub(super) people: watch::Sender<Arc<People>>,
    pub(super) bonds: watch::Sender<Option<Arc<SeenBonds>>>,
    pub(super) news: broadcast::Sender<News>,
    pub(super) closing: watch::Sender<bool>,
    /// How many guests want to see bonds, and a bell for when one more does.
    bond_watchers: AtomicUsize,
    pub(super) bonds_wanted: Notify,
    pace: Mutex<Pace>,
    /// Rung by the simulation and its people for as long as they are kept.
    _bells: [Arc<Waker>; 2],
}

/// Steps by time.
#[derive(Default)]
struct Pace {
    at: Duration,
    step: u64,
    per_second: f64,
}

impl Room {
    /// Opens a room around a simulation, inside the server's runtime. It stays open until it is
    /// [closed](Room::close).
    pub(super) fn open(name: &str, sim: SimHandle, max_rate: f64, clock: Clock) -> Arc<Room> {
        let (frame_bell, new_frame) = bell();
        sim.on_frame(&frame_bell);
        let (people_bell, new_people) = bell();
        sim.roster().on_change(&people_bell);
        let room = Arc::new(Room {
            name: name.to_owned(),
            encodings: Encodings::default(),
            frames: watch::Sender::new(sim.newest()),
            people: watch::Sender::new(Arc::new(people_of(&sim))),
            bonds: watch::Sender::default(),
            news: broadcast::Sender::new(NEWS_CAPACITY),
            closing: watch::Sender::new(false),
            bond_watchers: AtomicUsize::new(0),
            bonds_wanted: Notify::new(),
            pace: Mutex::default(),
            _bells: [frame_bell, people_bell],
            sim,
        });
        pump::start(&room, new_frame, new_people, max_rate, clock);
        room
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn sim(&self) -> &SimHandle {
        &self.sim
    }

    /// A message in bytes; what is the same for all readers is encoded once.
    pub(super) fn encode(&self, message: &ServerMessage) -> Bytes {
        self.encodings.encode(message)
    }

    /// How many encodings were made.
    pub(super) fn encodings(&self) -> u64 {
        self.encodings.made()
    }

    /// Ends it: guests and pumps look at this.
    pub(super) fn close(&self) {
        self.closing.send_replace(true);
    }

    /// Has bonds perceived for as long as what is returned is kept.
    pub(super) fn watch_bonds(self: &Arc<Room>) -> BondWatch {
        self.bond_watchers.fetch_add(1, Ordering::Relaxed);
        self.bonds_wanted.notify_one();
        BondWatch(Arc::clone(self))
    }

    pub(super) fn wants_bonds(&self) -> bool {
        self.bond_watchers.load(Ordering::Relaxed) > 0
    }

    /// Steps of the simulation in the last second.
    pub(super) fn steps_per_second(&self) -> f64 {
        self.lock_pace().per_second
    }

    /// Measures the pace; to be called about once a second.
    pub(super) fn measure(&self, now: Duration) {
        let step = self.sim.newest().step;
        let mut pace = self.lock_pace();
        let passed = now.saturating_sub(pace.at).as_secs_f64();
        if passed > 0.5 {
            let steps = step.saturating_sub(pace.step);
            *pace = Pace {
                at: now,
                step,
                per_second: steps as f64 / passed,
            };
        }
    }

    fn lock_pace(&self) -> std::sync::MutexGuard<'_, Pace> {
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Someone who wants to see bonds.
pub(super) struct BondWatch(Arc<Room>);

impl Drop for BondWatch {
    fn drop(&mut self) {
        self.0.bond_watchers.fetch_sub(1, Ordering::Relaxed);
    }
}

pub(super) fn people_of(sim: &SimHandle) -> People {
    // The number first: if someone comes in between, the list is sent again.
    let revision = sim.roster().revision();
    People {
        revision,
        people: sim.roster().people(),
    }
}

/// A bell that costs who rings it nothing, and what it wakes.
fn bell() -> (Arc<Waker>, Arc<Notify>) {
    let rung = Arc::new(Notify::new());
    let notify = Arc::clone(&rung);
    (Arc::new(move || notify.notify_one()), rung)
}
