//! Messages of a server, which simulates, and of a client, which watches and pulls.

use crate::byte_order::ByteOrder;
use crate::energies::EnergyBlock;
use crate::kind::Kind;
use crate::session_info::SessionInfo;
use crate::version::Version;

/// Time of a frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeBlock {
    /// Timestep, ps.
    pub timestep: f64,
    /// Time, ps.
    pub time: f64,
    /// Number of the step.
    pub step: i64,
}

/// A message of a server, in the units of the wire.
#[derive(Clone, Debug, PartialEq)]
pub enum ServerMessage {
    /// The first message.
    Handshake(Version, ByteOrder),
    /// The second message of version 3.
    SessionInfo(SessionInfo),
    /// Energies and temperature.
    Energies(EnergyBlock),
    /// Time and step.
    Time(TimeBlock),
    /// Vectors a, b and c of the cell, Å.
    Box([[f32; 3]; 3]),
    /// Coordinates, Å.
    Coordinates(Vec<[f32; 3]>),
    /// Velocities, Å/ps.
    Velocities(Vec<[f32; 3]>),
    /// Forces.
    Forces(Vec<[f32; 3]>),
}

impl ServerMessage {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        match self {
            ServerMessage::Handshake(..) => Kind::Handshake,
            ServerMessage::SessionInfo(_) => Kind::SessionInfo,
            ServerMessage::Energies(_) => Kind::Energies,
            ServerMessage::Time(_) => Kind::Time,
            ServerMessage::Box(_) => Kind::Box,
            ServerMessage::Coordinates(_) => Kind::Coordinates,
            ServerMessage::Velocities(_) => Kind::Velocities,
            ServerMessage::Forces(_) => Kind::AtomForces,
        }
    }
}

/// A message of a client, in the units of the wire.
#[derive(Clone, Debug, PartialEq)]
pub enum ClientMessage {
    /// Accepts the handshake.
    Go,
    /// Ends the connection; the run goes on.
    Disconnect,
    /// Ends the run.
    Kill,
    /// Pauses; in version 2 also continues.
    Pause,
    /// Continues (version 3).
    Resume,
    /// Steps per frame; below 1: the server's default.
    Rate(i32),
    /// Whether the simulation is to wait while no client is connected (version 3).
    Wait(bool),
    /// Replaces the forces: atoms, counted from 0, with the force on each.
    Forces(Vec<(u32, [f32; 3])>),
}
