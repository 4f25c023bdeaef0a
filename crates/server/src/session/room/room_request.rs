//! Requests of a session to the owner of its room.

use mlipview_core::presence::{PersonId, Presence, Role};
use mlipview_core::sim::Command;

/// A request for the owner of the session to execute in its room.
pub enum RoomRequest {
    /// Sends a command to the simulation and reports its [ticket](super::RoomSession::on_ticket).
    Command(Box<Command>),
    /// Sets the client's name and color.
    SetProfile(Option<String>, Option<[u8; 3]>),
    /// Sets the poses of the client's head and hands.
    SetPresence(Presence),
    /// Gives a person a role.
    Admit(PersonId, Role),
    /// Disconnects a person.
    Remove(PersonId),
    /// Creates a room.
    CreateRoom(String),
    /// Closes a room.
    CloseRoom(String),
}
