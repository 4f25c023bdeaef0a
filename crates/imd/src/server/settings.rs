//! Settings of a server.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use crate::version::Version;

/// Receives sentences about connections, for the log.
pub type Report = Arc<dyn Fn(&str) + Send + Sync>;

/// Settings of a server.
#[derive(Clone)]
pub struct ServerSettings {
    /// Where to listen. The protocol has neither passwords nor encryption: anyone who reaches the port may
    /// watch, pull and stop.
    pub address: SocketAddr,
    /// Version to speak.
    pub version: Version,
    /// Maximum number of clients; one more is disconnected at once.
    pub max_clients: usize,
    /// Maximum force on an atom, eV/Å; larger ones are shortened to it.
    pub max_force: f64,
    /// Time for a client to answer the handshake, and to read.
    pub timeout: Duration,
    /// Receives sentences about connections.
    pub report: Option<Report>,
}

impl ServerSettings {
    /// Settings with defaults: version 3, 4 clients, 10 eV/Å, 30 s.
    pub fn new(address: SocketAddr) -> ServerSettings {
        ServerSettings {
            address,
            version: Version::Three,
            max_clients: 4,
            max_force: 10.0,
            timeout: Duration::from_secs(30),
            report: None,
        }
    }
}
