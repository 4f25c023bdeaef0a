//! The server over real sockets on free ports, with a client that knows only the schema.
//!
//! The numbers in brackets are those of the statements of the session protocol; those of a private
//! session are told in `private`, one after another, and in memory in `tests/session`.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot connect or read what it is told has failed"
)]

#[allow(dead_code, reason = "some of it is for conversations in memory")]
#[path = "../session/client.rs"]
mod client;
mod hostile;
mod limits;
mod pages;
mod place;
mod private;
mod roles;
mod rooms;
mod stopping;
mod tls;
mod wire;
