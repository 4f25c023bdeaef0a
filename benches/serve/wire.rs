//! Messages of the protocol, for the clients of the bench.

#[allow(
    dead_code,
    unreachable_pub,
    clippy::all,
    reason = "generated from proto/session.proto"
)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/fairchem.session.rs"));
}
pub(crate) use generated::client_action::{Payload, Start};
pub(crate) use generated::server_result::Payload as Answer;
pub(crate) use generated::user_interaction_sparse::FullUpdateFlag;
pub(crate) use generated::*;
