//! An event that many clients share, encoded once in each format.

use std::sync::{Arc, OnceLock};

use crate::event::Event;
use crate::event_kind::EventKind;
use crate::wire::{self, Bytes};

/// An event with its encodings, each of which is made once for all clients.
#[derive(Debug)]
pub struct SharedEvent {
    event: Event,
    kind: EventKind,
    json: String,
    protobuf: OnceLock<Bytes>,
}

impl SharedEvent {
    /// Encodes an event as JSON.
    ///
    /// # Errors
    /// Never for events of a [`Bridge`](crate::Bridge), whose numbers are finite.
    pub fn new(event: Event) -> Result<Arc<SharedEvent>, serde_json::Error> {
        let json = serde_json::to_string(&event)?;
        Ok(SharedEvent::with_json(event, json))
    }

    /// An event that has been read from this JSON.
    pub(crate) fn with_json(event: Event, json: String) -> Arc<SharedEvent> {
        Arc::new(SharedEvent {
            kind: EventKind::of(&event.body),
            event,
            json,
            protobuf: OnceLock::new(),
        })
    }

    /// The event.
    pub fn event(&self) -> &Event {
        &self.event
    }

    /// Number of the event.
    pub fn id(&self) -> u64 {
        self.event.event_id
    }

    /// Type of the event.
    pub fn kind(&self) -> EventKind {
        self.kind
    }

    /// The event as one line of JSON.
    pub fn json(&self) -> &str {
        &self.json
    }

    /// The event as JSON for a client that has lost `dropped` events before it.
    pub fn json_after(&self, dropped: u64) -> String {
        match (dropped, self.json.strip_suffix('}')) {
            (1.., Some(fields)) => format!("{fields},\"dropped\":{dropped}}}"),
            _ => self.json.clone(),
        }
    }

    /// The event as protobuf for a client that has lost `dropped` events before it.
    pub fn protobuf_after(&self, dropped: u64) -> Bytes {
        let bytes = self.protobuf.get_or_init(|| wire::encode(&self.event));
        wire::with_dropped(bytes, dropped)
    }
}
