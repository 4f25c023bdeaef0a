//! A client in memory.

use std::sync::Arc;

use mlipview_telemetry::{
    ClientLimits, Connection, EventKind, Outgoing, Published, ReplaySource, SharedEvent,
};
use serde_json::{Value, json};

use super::fixtures::at;

/// A client, whose messages are read as JSON.
pub(crate) struct Client {
    pub(crate) connection: Connection,
    pub(crate) now: f64,
}

impl Client {
    /// A driver that has read its first message.
    pub(crate) fn new(published: &Published) -> Client {
        Client::with(published, true, ClientLimits::default())
    }

    pub(crate) fn with(published: &Published, may_command: bool, limits: ClientLimits) -> Client {
        let connection = Connection::new(
            "client_1_1704067199",
            may_command,
            published,
            limits,
            at(0.0),
        );
        let mut client = Client {
            connection,
            now: 0.0,
        };
        assert_eq!(client.next().unwrap()["type"], "connection_established");
        client
    }

    pub(crate) fn send(&mut self, message: &Value, published: &Published) {
        let text = message.to_string();
        self.connection.on_text(&text, published, at(self.now));
    }

    /// Sends a message and returns the answer.
    pub(crate) fn ask(&mut self, message: &Value, published: &Published) -> Value {
        self.send(message, published);
        self.next().unwrap()
    }

    /// Subscribes to all types.
    pub(crate) fn subscribe_to_all(&mut self, published: &Published) {
        let names: Vec<&str> = EventKind::ALL.iter().map(|kind| kind.name()).collect();
        let answer = self.ask(&json!({"type": "subscribe", "events": names}), published);
        assert_eq!(answer["type"], "subscribed");
    }

    pub(crate) fn receive(&mut self, events: &[Arc<SharedEvent>]) {
        for event in events {
            self.connection.on_event(event);
        }
    }

    /// The next message that is ready.
    pub(crate) fn next(&mut self) -> Option<Value> {
        let text = match self.connection.next_outgoing()? {
            Outgoing::Answer(text) => text,
            Outgoing::Event(event, dropped) => event.json_after(dropped),
        };
        Some(serde_json::from_str(&text).unwrap())
    }

    /// All messages, with the replays that they need.
    pub(crate) fn all(&mut self, published: &Published) -> Vec<Value> {
        let mut messages = Vec::new();
        loop {
            messages.extend(std::iter::from_fn(|| self.next()));
            let Some(replay) = self.connection.wanted_replay() else {
                return messages;
            };
            let page = match published.replay(replay) {
                ReplaySource::Memory(page) => page,
                ReplaySource::Log(range) => range.read().unwrap(),
            };
            self.connection.on_page(page);
        }
    }
}

/// The numbers of the events among messages.
pub(crate) fn ids(messages: &[Value]) -> Vec<u64> {
    let ids = messages
        .iter()
        .filter_map(|message| message["event_id"].as_u64());
    ids.collect()
}
