//! Metrics of the server, in the text format of Prometheus.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};

use super::room::Room;

/// Label of a metric: name and value.
type Labels = [(&'static str, String); 1];

/// Values that are read when the metrics are requested.
pub(super) struct Readings {
    pub(super) connections: usize,
    pub(super) private_sessions: usize,
    pub(super) live_connections: usize,
    pub(super) rooms: Vec<Arc<Room>>,
    pub(super) uptime: Duration,
}

/// Counters and gauges of the server.
pub(super) struct Metrics {
    registry: Registry,
    messages_received: Counter,
    bytes_received: Counter,
    messages_sent: Counter,
    bytes_sent: Counter,
    frames_sent: Counter,
    frames_skipped: Counter,
    frames_encoded: Gauge,
    private_steps: Counter,
    live_frames: Counter,
    live_frames_skipped: Counter,
    refusals: Family<Labels, Counter>,
    sessions: Family<Labels, Counter>,
    connections: Gauge,
    private_sessions: Gauge,
    live_connections: Gauge,
    people: Family<Labels, Gauge>,
    steps: Family<Labels, Gauge>,
    steps_per_second: Family<Labels, Gauge<f64, AtomicU64>>,
    memory: Gauge,
    uptime: Gauge<f64, AtomicU64>,
}

impl Metrics {
    pub(super) fn new() -> Metrics {
        let mut metrics = Metrics {
            registry: Registry::with_prefix("mlipview"),
            messages_received: Counter::default(),
            bytes_received: Counter::default(),
            messages_sent: Counter::default(),
            bytes_sent: Counter::default(),
            frames_sent: Counter::default(),
            frames_skipped: Counter::default(),
            frames_encoded: Gauge::default(),
            private_steps: Counter::default(),
            live_frames: Counter::default(),
            live_frames_skipped: Counter::default(),
            refusals: Family::default(),
            sessions: Family::default(),
            connections: Gauge::default(),
            private_sessions: Gauge::default(),
            live_connections: Gauge::default(),
            people: Family::default(),
            steps: Family::default(),
            steps_per_second: Family::default(),
            memory: Gauge::default(),
            uptime: Gauge::default(),
        };
        metrics.register();
        metrics
    }

    fn register(&mut self) {
        let registry = &mut self.registry;
        let mut counter = |name: &str, help: &str, counter: &Counter| {
            registry.register(name, help, counter.clone());
        };
        counter(
            "messages_received",
            "Messages from clients",
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
        let help = "Frames that clients in rooms skipped for a newer one";
        counter("frames_skipped", help, &self.frames_skipped);
        counter(
            "private_steps",
            "Structures evaluated in private sessions",
            &self.private_steps,
        );
        counter("live_frames", "Frames of live runs", &self.live_frames);
        let help = "Frames of live runs that slow readers skipped for a newer one";
        counter("live_frames_skipped", help, &self.live_frames_skipped);
        let help = "Encodings of content that clients share";
        registry.register("encodings", help, self.frames_encoded.clone());
        let help = "Refused requests and connections, by the keyword of the notice";
        registry.register("refusals", help, self.refusals.clone());
        let help = "Sessions started, by kind";
        registry.register("conversations", help, self.sessions.clone());
        let help = "Open sessions";
        registry.register("connections", help, self.connections.clone());
        let help = "Open private sessions";
        registry.register("private_sessions", help, self.private_sessions.clone());
        let help = "Open live connections";
        registry.register("live_connections", help, self.live_connections.clone());
        registry.register("people", "People in a room", self.people.clone());
        registry.register("steps", "Steps of a room's simulation", self.steps.clone());
        let help = "Steps of a room's simulation in the last second";
        registry.register("steps_per_second", help, self.steps_per_second.clone());
        let help = "Resident memory of the process";
        registry.register_with_unit("memory", help, Unit::Bytes, self.memory.clone());
        let help = "Time since the server started";
        registry.register_with_unit("uptime", help, Unit::Seconds, self.uptime.clone());
    }

    pub(super) fn count_received(&self, bytes: usize) {
        self.messages_received.inc();
        self.bytes_received.inc_by(bytes as u64);
    }

    pub(super) fn count_sent(&self, bytes: usize) {
        self.messages_sent.inc();
        self.bytes_sent.inc_by(bytes as u64);
    }

    pub(super) fn count_frame_sent(&self) {
        self.frames_sent.inc();
    }

    pub(super) fn count_frame_skipped(&self) {
        self.frames_skipped.inc();
    }

    /// Counts a structure evaluated in a private session.
    pub(super) fn count_private_step(&self) {
        self.private_steps.inc();
    }

    /// Counts frames of live runs, and those that slow readers skip.
    #[cfg(feature = "bodies")]
    pub(super) fn count_live_frames(&self, frames: u64, skipped: u64) {
        self.live_frames.inc_by(frames);
        self.live_frames_skipped.inc_by(skipped);
    }

    /// Number of structures evaluated in private sessions.
    pub(super) fn private_steps(&self) -> u64 {
        self.private_steps.get()
    }

    /// Counts a refusal by the keyword at the start of its text.
    pub(super) fn count_refusal(&self, text: &str) {
        let keyword = text.split(':').next().unwrap_or_default();
        self.refusals
            .get_or_create(&[("kind", keyword.to_lowercase())])
            .inc();
    }

    /// Counts the start of a session.
    pub(super) fn count_session(&self, kind: &str) {
        self.sessions
            .get_or_create(&[("kind", kind.to_owned())])
            .inc();
    }

    /// All metrics, in the text format of Prometheus.
    pub(super) fn text(&self, readings: &Readings) -> String {
        let value = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        self.connections.set(value(readings.connections as u64));
        self.private_sessions
            .set(value(readings.private_sessions as u64));
        self.live_connections
            .set(value(readings.live_connections as u64));
        self.memory.set(value(memory_bytes()));
        self.uptime.set(readings.uptime.as_secs_f64());
        self.people.clear();
        self.steps.clear();
        self.steps_per_second.clear();
        let mut encodings = 0;
        for room in &readings.rooms {
            let labels = [("room", room.name().to_owned())];
            let people = room.sim().roster().len() as u64;
            self.people.get_or_create(&labels).set(value(people));
            let step = room.sim().frame().step;
            self.steps.get_or_create(&labels).set(value(step));
            let rate = self.steps_per_second.get_or_create(&labels);
            rate.set(room.step_rate.per_second());
            encodings += room.encodings();
        }
        self.frames_encoded.set(value(encodings));
        let mut text = String::new();
        // Writing to a String cannot fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

/// Resident memory of the process, bytes; 0 if unknown.
pub(super) fn memory_bytes() -> u64 {
    memory_stats::memory_stats().map_or(0, |memory| memory.physical_mem as u64)
}
