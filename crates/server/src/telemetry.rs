//! Figures about the server, for those who run it: in the text format of Prometheus.

use std::sync::atomic::AtomicU64;

use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};

use super::house::House;

type Labels = [(&'static str, String); 1];

/// What is counted while the server runs.
pub(super) struct Telemetry {
    registry: Registry,
    messages_received: Counter,
    bytes_received: Counter,
    messages_sent: Counter,
    bytes_sent: Counter,
    frames_sent: Counter,
    frames_skipped: Counter,
    frames_encoded: Gauge,
    private_steps: Counter,
    refusals: Family<Labels, Counter>,
    conversations: Family<Labels, Counter>,
    connections: Gauge,
    private_sessions: Gauge,
    people: Family<Labels, Gauge>,
    steps: Family<Labels, Gauge>,
    steps_per_second: Family<Labels, Gauge<f64, AtomicU64>>,
    memory: Gauge,
    uptime: Gauge<f64, AtomicU64>,
}

impl Telemetry {
    pub(super) fn new() -> Telemetry {
        let mut telemetry = Telemetry {
            registry: Registry::with_prefix("mlipview"),
            messages_received: Counter::default(),
            bytes_received: Counter::default(),
            messages_sent: Counter::default(),
            bytes_sent: Counter::default(),
            frames_sent: Counter::default(),
            frames_skipped: Counter::default(),
            frames_encoded: Gauge::default(),
            private_steps: Counter::default(),
            refusals: Family::default(),
            conversations: Family::default(),
            connections: Gauge::default(),
            private_sessions: Gauge::default(),
            people: Family::default(),
            steps: Family::default(),
            steps_per_second: Family::default(),
            memory: Gauge::default(),
            uptime: Gauge::default(),
        };
        telemetry.register();
        telemetry
    }

    fn register(&mut self) {
        let registry = &mut self.registry;
        let mut counter = |name: &str, help: &str, counter: &Counter| {
            registry.register(name, help, counter.clone());
        };
        counter(
            "messages_received",
            "Messages of clients",
            &self.messages_received,
        );
        counter(
            "bytes_received",
            "Bytes of these messages",
            &self.bytes_received,
        );
        counter("messages_sent", "Messages to clients", &self.messages_sent);
        counter("bytes_sent", "Bytes of these messages", &self.bytes_sent);
        counter(
            "frames_sent",
            "Frames to clients in rooms",
            &self.frames_sent,
        );
        let help = "Frames that clients in rooms did not get because a newer one was there";
        counter("frames_skipped", help, &self.frames_skipped);
        counter(
            "private_steps",
            "Structures evaluated for clients with a simulation of their own",
            &self.private_steps,
        );
        let help = "Encodings made, each for all who read the same content";
        registry.register("encodings", help, self.frames_encoded.clone());
        let help = "What clients were refused, by the notice's keyword";
        registry.register("refusals", help, self.refusals.clone());
        let help = "Conversations begun";
        registry.register("conversations", help, self.conversations.clone());
        let help = "Conversations under way";
        registry.register("connections", help, self.connections.clone());
        let help = "Conversations under way that have a simulation of their own";
        registry.register("private_sessions", help, self.private_sessions.clone());
        registry.register("people", "People in a room", self.people.clone());
        registry.register(
            "steps",
            "Steps that a room's simulation has taken",
            self.steps.clone(),
        );
        let help = "Steps of a room's simulation in the last second";
        registry.register("steps_per_second", help, self.steps_per_second.clone());
        let help = "Memory of the program";
        registry.register_with_unit("memory", help, Unit::Bytes, self.memory.clone());
        let help = "Time since the server started";
        registry.register_with_unit("uptime", help, Unit::Seconds, self.uptime.clone());
    }

    pub(super) fn received(&self, bytes: usize) {
        self.messages_received.inc();
        self.bytes_received.inc_by(bytes as u64);
    }

    pub(super) fn sent(&self, bytes: usize) {
        self.messages_sent.inc();
        self.bytes_sent.inc_by(bytes as u64);
    }

    pub(super) fn frame_sent(&self) {
        self.frames_sent.inc();
    }

    pub(super) fn frame_skipped(&self) {
        self.frames_skipped.inc();
    }

    /// Counts a structure that was evaluated for a client with a simulation of its own.
    pub(super) fn stepped(&self) {
        self.private_steps.inc();
    }

    /// Structures that were evaluated for clients with a simulation of their own.
    pub(super) fn private_steps(&self) -> u64 {
        self.private_steps.get()
    }

    /// Counts a refusal under the keyword that its words begin with.
    pub(super) fn refused(&self, words: &str) {
        let keyword = words.split(':').next().unwrap_or_default();
        self.refusals
            .get_or_create(&[("kind", keyword.to_lowercase())])
            .inc();
    }

    /// Counts the beginning of a conversation.
    pub(super) fn begun(&self, kind: &str) {
        self.conversations
            .get_or_create(&[("kind", kind.to_owned())])
            .inc();
    }

    /// All figures, with those that are looked up.
    pub(super) fn text(&self, house: &House) -> String {
        let figure = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        self.connections.set(figure(house.connections() as u64));
        self.private_sessions
            .set(figure(house.private_sessions() as u64));
        self.memory.set(figure(memory_bytes()));
        self.uptime.set(house.clock.now().as_secs_f64());
        self.people.clear();
        self.steps.clear();
        self.steps_per_second.clear();
        let mut encodings = 0;
        for room in house.rooms.all() {
            let labels = [("room", room.name().to_owned())];
            let people = room.sim().roster().len() as u64;
            self.people.get_or_create(&labels).set(figure(people));
            let step = room.sim().newest().step;
            self.steps.get_or_create(&labels).set(figure(step));
            let rate = self.steps_per_second.get_or_create(&labels);
            rate.set(room.steps_per_second());
            encodings += room.encodings();
        }
        self.frames_encoded.set(figure(encodings));
        let mut text = String::new();
        // Writing to a String cannot fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

/// What the program takes of the machine's memory, bytes; 0 where the system does not say.
pub(super) fn memory_bytes() -> u64 {
    memory_stats::memory_stats().map_or(0, |memory| memory.physical_mem as u64)
}
