//! Tests of the i-PI protocol: messages, drivers and servers, over real sockets.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test stops at the first surprise, and has threads of its own"
)]

mod fixtures;
mod messages;
mod round_trip;
mod troubles;
