//! The server over sockets on free ports, with a client that depends on `proto/session.proto` only.
//!
//! Numbers at the end of test names are those of the statements of the session protocol. `tests/session` checks
//! the same statements in memory.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot connect or read an answer has failed"
)]
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests of real time measure it, and print what they measured"
)]

#[allow(dead_code, reason = "some of it is for sessions in memory")]
#[path = "../session/client.rs"]
mod client;
mod limits;
#[cfg(feature = "bodies")]
mod live;
mod malicious_clients;
mod pages;
mod playback;
mod private;
mod roles;
mod rooms;
mod shutdown;
mod test_server;
mod tls;
mod training;
#[path = "../session/trajectory.rs"]
mod trajectory;
mod websocket_client;
