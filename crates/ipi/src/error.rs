//! Errors of the protocol.

use std::io;

use super::limits::{MAX_ATOMS, MAX_EXTRA_BYTES};

/// Why a message could not be sent or read.
#[derive(Debug, thiserror::Error)]
pub enum WireError {
    /// The other program has closed the connection.
    #[error("the other program has closed the connection")]
    Closed,
    /// The other program has sent or read nothing for too long.
    #[error("the other program has been silent for {0} s")]
    Timeout(f64),
    /// The condition to go on does not hold any more.
    #[error("interrupted")]
    Interrupted,
    /// The connection has failed.
    #[error("the connection has failed: {0}")]
    Io(io::Error),
    /// Text that is no header.
    #[error("expected a header of the i-PI protocol, such as READY, found \"{0}\"")]
    Header(String),
    /// A header that does not belong here.
    #[error("expected {expected}, found {found}")]
    Unexpected {
        /// The headers that may come.
        expected: &'static str,
        /// The header that came.
        found: &'static str,
    },
    /// A number of atoms that is not positive or too large.
    #[error("invalid number of atoms {0}: expected 1 to {MAX_ATOMS}")]
    Atoms(i32),
    /// More text or bytes than are read.
    #[error("invalid number of extra bytes {0}: expected 0 to {MAX_EXTRA_BYTES}")]
    Extra(i32),
}
