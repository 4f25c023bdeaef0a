//! Limits of the server.

use std::time::Duration;

use crate::session;
use mlipview_telemetry::ClientLimits;

/// Limits of the server. A client that exceeds one is disconnected with a notice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Maximum number of sessions.
    pub connections: usize,
    /// Maximum number of private sessions.
    pub private_sessions: usize,
    /// Maximum number of rooms, `main` included.
    pub rooms: usize,
    /// Limits of one session.
    pub session: session::Limits,
    /// Limits of one client of a training.
    pub training: ClientLimits,
    /// Limits of live runs of rigid bodies.
    pub live: LiveLimits,
    /// Interval of pings; a client silent for two intervals is disconnected.
    pub ping_interval: Duration,
    /// Timeout of the TLS handshake and of the request after it.
    pub handshake_timeout: Duration,
    /// Timeout of writes to a client that does not read.
    pub write_timeout: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            connections: 64,
            private_sessions: 16,
            rooms: 8,
            session: session::Limits::default(),
            training: ClientLimits::default(),
            live: LiveLimits::default(),
            ping_interval: Duration::from_secs(30),
            handshake_timeout: Duration::from_secs(10),
            write_timeout: Duration::from_secs(30),
        }
    }
}

/// Limits of live runs of rigid bodies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LiveLimits {
    /// Maximum number of live connections, each with at most one run.
    pub connections: usize,
    /// Maximum number of bodies in a run, spawned ones included.
    pub bodies: usize,
    /// Maximum duration of a run, s.
    pub duration_s: f64,
    /// Minimum timestep of a run, ms.
    pub min_timestep_ms: f64,
    /// Maximum size of a message, bytes.
    pub message_bytes: usize,
}

impl Default for LiveLimits {
    fn default() -> LiveLimits {
        LiveLimits {
            connections: 16,
            bodies: 2000,
            duration_s: 300.0,
            min_timestep_ms: 1.0,
            message_bytes: 1 << 20,
        }
    }
}
