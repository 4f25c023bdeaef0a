//! Encoded messages, shared by all clients of a room.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::message::{Body, FrameContent, NumberFormat, ServerMessage};
use super::wire::{self, Bytes};

/// The last encoding of each kind of message that all clients of a room share.
///
/// Bounded: one entry for each kind, format and choice of fields, 18 in all.
#[derive(Default)]
pub struct EncodeCache {
    entries: Mutex<HashMap<ContentKey, Arc<Mutex<CachedContent>>>>,
    misses: AtomicU64,
}

/// Kind, format and fields of shared content.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum ContentKey {
    Frame(FrameContent),
    Snapshot(NumberFormat),
    Bonds,
    People,
    Timeline,
}

/// The last encoded content: its version and its bytes.
#[derive(Default)]
struct CachedContent {
    version: Option<u64>,
    bytes: Bytes,
}

impl EncodeCache {
    /// Encodes a message. Concurrent calls for the same content wait for one encoding of it.
    pub fn encode(&self, message: &ServerMessage) -> Bytes {
        wire::envelope(message, &self.content(&message.body))
    }

    /// Number of encodings made.
    pub fn misses(&self) -> u64 {
        self.misses.load(Ordering::Relaxed)
    }

    fn content(&self, body: &Body) -> Bytes {
        let Some((key, version)) = key(body) else {
            return wire::content(body);
        };
        let entry = Arc::clone(lock(&self.entries).entry(key).or_default());
        let mut entry = lock(&entry);
        if entry.version != Some(version) {
            entry.bytes = wire::content(body);
            self.misses.fetch_add(1, Ordering::Relaxed);
            entry.version = Some(version);
        }
        entry.bytes.clone()
    }
}

/// The key and version of a shared message; `None` for a message to one client.
fn key(body: &Body) -> Option<(ContentKey, u64)> {
    match body {
        Body::Frame(frame, content) | Body::RecordedFrame(frame, content, _) => {
            Some((ContentKey::Frame(*content), frame.number))
        }
        Body::Snapshot(frame, title, format) => {
            let mut hasher = DefaultHasher::new();
            (frame.number, title).hash(&mut hasher);
            Some((ContentKey::Snapshot(*format), hasher.finish()))
        }
        Body::Bonds(bonds) => Some((ContentKey::Bonds, bonds.revision)),
        Body::People(people) => Some((ContentKey::People, people.revision)),
        Body::Timeline(timeline) => Some((ContentKey::Timeline, timeline.revision)),
        Body::Notice(_) | Body::Welcome(_) | Body::LookBack(_) => None,
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
