//! Errors of starting the server.

use std::path::PathBuf;

/// A server that cannot be started.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// An address that is not of the form `HOST:PORT`, or an unknown host.
    #[error(
        "invalid listen address {address:?} ({reason}): expected HOST:PORT, as in 127.0.0.1:8000"
    )]
    Address {
        /// The address.
        address: String,
        /// The reason.
        reason: String,
    },
    /// An address in use.
    #[error(
        "{address} is in use by another program: choose another port, or a free one with --listen \
         127.0.0.1:0"
    )]
    Taken {
        /// The address.
        address: String,
    },
    /// An address on which the system does not allow to listen.
    #[error(
        "cannot listen on {address}: {reason}; choose another address, as in --listen 127.0.0.1:0"
    )]
    Listen {
        /// The address.
        address: String,
        /// The reason.
        reason: std::io::Error,
    },
    /// An invalid token.
    #[error("the {whose} token is {problem}; omit it for a random one")]
    Token {
        /// "driver's" or "owner's".
        whose: &'static str,
        /// The problem.
        problem: &'static str,
    },
    /// An origin that is not of the form `https://HOST:PORT`.
    #[error("invalid origin {0:?}: expected SCHEME://HOST:PORT, as in https://lab.example.org")]
    Origin(String),
    /// An invalid certificate or key.
    #[error("cannot use {} for TLS: {reason}", .path.display())]
    Tls {
        /// The file.
        path: PathBuf,
        /// The reason.
        reason: String,
    },
    /// The system has no random numbers, threads or sockets left.
    #[error("the system lacks a resource of the server: {0}")]
    System(String),
}
