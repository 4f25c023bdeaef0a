//! Decoders of byte streams, which may arrive in pieces of any length.
//!
//! A decoder keeps at most one incomplete message: the longest has 12 bytes for each atom of the structure, 16
//! for each force. A length beyond that is an error before anything is kept.

mod buffer;
mod client_messages;
mod server_messages;

pub use client_messages::{ClientDecoder, MAX_FORCES};
pub use server_messages::ServerDecoder;
