//! Why no server can be started.

use std::path::PathBuf;

/// Why no server can be started, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Not of the form `HOST:PORT`, or of an unknown host.
    #[error(
        "{address:?} is no address to listen on ({reason}): write HOST:PORT, as in 127.0.0.1:8000"
    )]
    Address {
        /// As it was given.
        address: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Another program listens there.
    #[error(
        "another program listens on {address} already: choose another port, or let the system \
         choose a free one, as in --listen 127.0.0.1:0"
    )]
    Taken {
        /// The address.
        address: String,
    },
    /// The system does not let us listen there.
    #[error("cannot listen on {address}: {reason}; choose another, as in --listen 127.0.0.1:0")]
    Listen {
        /// The address.
        address: String,
        /// Why not.
        reason: std::io::Error,
    },
    /// A token that protects nothing.
    #[error("the {whose} token is {problem}; leave it out, and a good one is made up")]
    Token {
        /// "driver's" or "owner's".
        whose: &'static str,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// Not of the form `https://HOST:PORT`.
    #[error("{0:?} is no origin of pages: write SCHEME://HOST:PORT, as in https://lab.example.org")]
    Origin(String),
    /// The certificate, or its key.
    #[error("no TLS with {}: {reason}", .path.display())]
    Tls {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The system has no randomness, no threads, or no sockets left.
    #[error("the system refuses what a server needs: {0}")]
    System(String),
}
