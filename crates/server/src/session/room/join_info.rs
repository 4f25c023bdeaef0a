//! A client that joins a room.

use std::sync::Arc;

use crate::session::limits::Limits;
use mlipview_core::presence::{PersonId, Role};

/// A client that joins a room.
#[derive(Clone, Debug)]
pub struct JoinInfo {
    /// The client's id in the room.
    pub person: PersonId,
    /// The client's role.
    pub role: Role,
    /// The room's name.
    pub room: String,
    /// Names of all rooms.
    pub rooms: Vec<String>,
    /// Title of the room's structure.
    pub title: Arc<str>,
    /// Limits of the session.
    pub limits: Limits,
}
