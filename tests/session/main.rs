//! One conversation in memory: what a client says, and what it hears.
//!
//! The client here knows nothing of this program but `proto/session.proto`. The numbers in brackets
//! are those of the statements of the session protocol.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot read what it is told has failed"
)]

mod client;
mod foreign;
mod guests;
mod laws;
mod numbers;
mod private;
mod schema;
mod talk;
