//! Telemetry of trainings in memory and in files, without sockets.
//!
//! Numbers in the documentation of tests are those of the statements in docs/training-telemetry.md.
//! `tests/server` checks the same statements over sockets.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its value has failed"
)]

mod arbitrary_lines;
mod client;
mod commands;
mod event_log;
mod events;
mod feed;
mod fixtures;
mod messages;
mod producing;
mod queue;
mod replay;
mod samples;
mod trainings;
mod wire;
