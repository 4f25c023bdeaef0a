//! Telemetry of trainings over sockets.
//!
//! Numbers in the documentation of tests are those of the statements in docs/training-telemetry.md.

mod commands;
mod events;
mod feed;
pub(crate) mod fixtures;
mod limits;
mod persistence;
mod slow_clients;
mod trainings;
