//! Messages as bytes, by `proto/session.proto`. No type that is generated from it leaves this folder.
//!
//! What travels is in the units of the wire, which differ from ours in two places: velocities and
//! frictions count in the time unit of ASE. Numbers become f32 or 16 bits here and nowhere else.

mod read;
mod write;

pub use prost::bytes::Bytes;
pub use read::decode;
pub use write::{content, encode, envelope};

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

/// The schema as a serialized `FileDescriptorSet`, for clients that load it while they run.
pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/session.binpb"));

/// The schema as text.
pub const SCHEMA: &str = include_str!("../../../../../proto/session.proto");
