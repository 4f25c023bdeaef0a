//! Live rigid bodies: `/api/v1/live`, a WebSocket with a simulation of its own (docs/live.md).
//!
//! [`session`] has the phases of a connection and its messages without sockets; [`run`] is the thread of a run,
//! which makes frames in real time; [`outbox`] holds what is to be sent, so that no run waits for its reader.
//! Numbers in brackets are those of the statements in docs/live.md.

mod connection;
mod control;
mod error;
mod fields;
mod frame_text;
mod message;
mod outbox;
mod pace;
mod pack;
mod pack_request;
mod request;
pub(super) mod rest;
mod run;
mod session;
pub(super) mod upgrade;
