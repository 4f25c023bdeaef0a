//! The session protocol of one client, without sockets and clocks.
//!
//! [`message`] has the messages of both sides; [`wire`] encodes and decodes them. Two state machines
//! implement the protocol. A [`PrivateSession`] has a simulation of its own and sends each of its steps.
//! A [`RoomSession`] sends the newest frames of a simulation that many clients share. Neither does I/O:
//! `now` is the time since any fixed moment, and the owner executes the requests that they return
//! ([`EngineRequest`], [`RoomRequest`]) and sends their [`Outgoing`] messages.
//!
//! Numbers in brackets, as in \[30\], are those of the statements of the session protocol.

mod close;
mod draft;
pub mod encode_cache;
mod limits;
pub mod message;
mod outbox;
mod overlap_check;
mod parameters;
mod private;
mod room;
pub mod timeline;
mod violation;
pub mod wire;

use std::time::Duration;

pub use close::CloseFrame;
pub use encode_cache::EncodeCache;
pub use limits::{Limits, UNACKNOWLEDGED};
use message::ClientMessage;
pub use message::{Outgoing, People, PerceivedBonds, ServerMessage};
pub use outbox::LinkStatistics;
pub use private::{EngineRequest, PrivateSession};
pub use room::{JoinInfo, LookBackError, RecordedFrame, RoomRequest, RoomSession};
pub use violation::Violation;

/// The part of both sessions that depends on the client alone.
pub trait Session {
    /// Handles a decoded message.
    fn on_message(&mut self, message: ClientMessage, now: Duration);

    /// Reports that a frame of the client is no message. \[2\]
    fn on_invalid(&mut self, violation: &Violation, now: Duration);

    /// Closes the session: a notice with the reason goes first. Later calls have no effect.
    fn close(&mut self, code: u16, reason: &str);
}
