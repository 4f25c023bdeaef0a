//! Encoding of events by `proto/training.proto`. No generated type leaves this module.

mod encode;

pub(crate) use encode::{encode, with_dropped};
pub use prost::bytes::Bytes;

#[allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    clippy::all,
    reason = "generated from proto/training.proto, which has the documentation"
)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/mlipview.training.rs"));
}

/// The schema as a serialized `FileDescriptorSet`, for clients without a protobuf compiler.
pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/training.binpb"));

/// The schema as text.
pub const SCHEMA: &str = include_str!("../../../../proto/training.proto");
