//! Sessions in memory, with a client that depends on `proto/session.proto` only.
//!
//! Numbers at the end of test names are those of the statements of the session protocol.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot read an answer has failed"
)]

mod client;
mod playback;
mod private;
mod private_client;
mod properties;
mod python_runtime;
mod reference_values;
mod room;
mod schema;
mod scripts;
mod timeline;
mod trajectory;
