//! Arguments of the server: addresses, tokens, TLS and limits.

use std::path::PathBuf;

use clap::Args;

/// Addresses, tokens, TLS and limits of the server.
#[derive(Args, Clone)]
pub(crate) struct NetworkArgs {
    /// Address to listen on; may be repeated. Port 0 is any free port; host 0.0.0.0 accepts other
    /// machines [default: 127.0.0.1:8000, or a free port if that one is in use].
    #[arg(long, value_name = "HOST:PORT", help_heading = "Network")]
    pub(crate) listen: Vec<String>,
    /// Token for drivers (may drag, edit, start, stop) [default: random].
    #[arg(long, value_name = "TOKEN", help_heading = "Network")]
    pub(crate) driver_token: Option<String>,
    /// Token for owners (may also admit and remove people and create rooms) [default: random].
    #[arg(long, value_name = "TOKEN", help_heading = "Network")]
    pub(crate) owner_token: Option<String>,
    /// Origin of another server's pages that may connect and show this server's pages in frames, and a
    /// host name of this server; may be repeated.
    #[arg(long, value_name = "ORIGIN", help_heading = "Network")]
    pub(crate) allow_origin: Vec<String>,
    /// TLS certificate (PEM).
    #[arg(
        long,
        value_name = "FILE",
        requires = "tls_key",
        help_heading = "Network"
    )]
    pub(crate) tls_cert: Option<PathBuf>,
    /// Private key of the TLS certificate (PEM).
    #[arg(
        long,
        value_name = "FILE",
        requires = "tls_cert",
        help_heading = "Network"
    )]
    pub(crate) tls_key: Option<PathBuf>,
    /// Maximum number of connections.
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=100_000), help_heading = "Limits", hide_short_help = true)]
    pub(crate) connections: u32,
    /// Maximum number of private simulations.
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = clap::value_parser!(u32).range(0..=256), help_heading = "Limits", hide_short_help = true)]
    pub(crate) private_sessions: u32,
    /// Maximum number of atoms in a private simulation.
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..), help_heading = "Limits", hide_short_help = true)]
    pub(crate) private_atoms: u32,
    /// Maximum number of rooms, including the main room.
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=256), help_heading = "Limits", hide_short_help = true)]
    pub(crate) rooms: u32,
    /// Maximum size of a message, bytes.
    #[arg(long, value_name = "BYTES", default_value_t = 16 << 20, value_parser = clap::value_parser!(u32).range(1024..), help_heading = "Limits", hide_short_help = true)]
    pub(crate) message_bytes: u32,
    /// Maximum rate of messages from a connection, 1/s.
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..), help_heading = "Limits", hide_short_help = true)]
    pub(crate) messages_per_second: u32,
    /// Maximum frame rate to a client in a room, 1/s.
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=1000), help_heading = "Limits", hide_short_help = true)]
    pub(crate) max_rate: u32,
    /// Maximum number of live connections (rigid bodies), each with one run.
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = clap::value_parser!(u32).range(0..=100_000), help_heading = "Limits", hide_short_help = true)]
    pub(crate) live_connections: u32,
    /// Maximum number of bodies in a live run, including those spawned while it runs.
    #[arg(long, value_name = "N", default_value_t = 2000, value_parser = clap::value_parser!(u32).range(1..=100_000), help_heading = "Limits", hide_short_help = true)]
    pub(crate) live_bodies: u32,
    /// Maximum duration of a live run, s.
    #[arg(long, value_name = "S", default_value_t = 300, value_parser = clap::value_parser!(u32).range(1..=86_400), help_heading = "Limits", hide_short_help = true)]
    pub(crate) live_duration: u32,
    /// Minimum timestep of a live run, ms.
    #[arg(long, value_name = "MS", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1000), help_heading = "Limits", hide_short_help = true)]
    pub(crate) live_min_timestep: u32,
    /// Maximum size of a message to a live run, bytes.
    #[arg(long, value_name = "BYTES", default_value_t = 1 << 20, value_parser = clap::value_parser!(u32).range(1024..), help_heading = "Limits", hide_short_help = true)]
    pub(crate) live_message_bytes: u32,
    /// Ping interval, s; clients silent for two intervals are disconnected.
    #[arg(long, alias = "ping", value_name = "S", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600), help_heading = "Limits", hide_short_help = true)]
    pub(crate) ping_interval: u64,
    /// Handshake timeout, s.
    #[arg(long, alias = "handshake", value_name = "S", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=3600), help_heading = "Limits", hide_short_help = true)]
    pub(crate) handshake_timeout: u64,
    /// Write timeout for slow clients, s.
    #[arg(long, alias = "patience", value_name = "S", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600), help_heading = "Limits", hide_short_help = true)]
    pub(crate) write_timeout: u64,
}
