//! Encoding and decoding of messages by `proto/session.proto`. No generated type leaves this module.
//!
//! Two units of the wire differ from the program's: velocities and frictions are in the time unit of ASE.
//! Only this module converts numbers to f32 or 16 bits.

mod cell;
mod checks;
mod decode;
mod encode;
mod frame;
mod interaction;
mod presence;
mod script;
mod structure;
mod timeline;
mod vectors;

pub use decode::decode;
pub use encode::{content, encode, envelope};
pub use prost::bytes::Bytes;

#[allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    clippy::all,
    reason = "generated from proto/session.proto, which has the documentation"
)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/fairchem.session.rs"));
}

/// The schema as a serialized `FileDescriptorSet`, for clients without a protobuf compiler.
pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/session.binpb"));

/// The schema as text.
pub const SCHEMA: &str = include_str!("../../../../../proto/session.proto");
