//! One encoding of each frame and format, for all who read it.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::message::{Body, Content, Format, ServerMessage};
use super::wire::{self, Bytes};

/// The last encoding of each kind of message that is the same for all readers of a room.
///
/// Bounded: one for each kind, format and choice of fields, of which there are 17.
#[derive(Default)]
pub struct Encodings {
    slots: Mutex<HashMap<Slot, Arc<Mutex<Encoding>>>>,
    made: AtomicU64,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Slot {
    Frame(Content),
    Snapshot(Format),
    Bonds,
    People,
}

/// What was encoded last, by its number, and the bytes.
#[derive(Default)]
struct Encoding {
    number: Option<u64>,
    bytes: Bytes,
}

impl Encodings {
    /// The bytes of a message. Those who ask for the same content at the same time wait for one
    /// encoding of it.
    pub fn encode(&self, message: &ServerMessage) -> Bytes {
        wire::envelope(message, &self.content(&message.body))
    }

    /// How many encodings were made, each for all who asked for the same content.
    pub fn made(&self) -> u64 {
        self.made.load(Ordering::Relaxed)
    }

    fn content(&self, body: &Body) -> Bytes {
        // What is nobody else's is not remembered.
        let Some((slot, number)) = slot(body) else {
            return wire::content(body);
        };
        let slot = Arc::clone(lock(&self.slots).entry(slot).or_default());
        let mut encoding = lock(&slot);
        if encoding.number != Some(number) {
            encoding.bytes = wire::content(body);
            self.made.fetch_add(1, Ordering::Relaxed);
            encoding.number = Some(number);
        }
        encoding.bytes.clone()
    }
}

fn slot(body: &Body) -> Option<(Slot, u64)> {
    match body {
        Body::Frame(frame, content) => Some((Slot::Frame(*content), frame.number)),
        Body::Snapshot(frame, title, format) => {
            let mut hasher = DefaultHasher::new();
            (frame.number, title).hash(&mut hasher);
            Some((Slot::Snapshot(*format), hasher.finish()))
        }
        Body::Bonds(bonds) => Some((Slot::Bonds, bonds.revision)),
        Body::People(people) => Some((Slot::People, people.revision)),
        Body::Notice(_) | Body::Welcome(_) => None,
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
