//! Session information of version 3: the quantities of each frame.

use crate::kind::Kind;

/// Length of the body, bytes.
pub const SESSION_INFO_BYTES: usize = 7;

/// Quantities of each frame, in the order in which they are sent, and whether coordinates are wrapped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SessionInfo {
    /// Time and step.
    pub time: bool,
    /// Energies and temperature.
    pub energies: bool,
    /// Vectors of the cell.
    pub cell: bool,
    /// Coordinates.
    pub coordinates: bool,
    /// Whether coordinates are wrapped into the cell.
    pub wrapped: bool,
    /// Velocities.
    pub velocities: bool,
    /// Forces.
    pub forces: bool,
}

impl SessionInfo {
    /// Its body.
    pub fn bytes(self) -> [u8; SESSION_INFO_BYTES] {
        [
            self.time,
            self.energies,
            self.cell,
            self.coordinates,
            self.wrapped,
            self.velocities,
            self.forces,
        ]
        .map(u8::from)
    }

    /// The information of a body.
    pub fn of_bytes(bytes: [u8; SESSION_INFO_BYTES]) -> SessionInfo {
        let [
            time,
            energies,
            cell,
            coordinates,
            wrapped,
            velocities,
            forces,
        ] = bytes.map(|byte| byte != 0);
        SessionInfo {
            time,
            energies,
            cell,
            coordinates,
            wrapped,
            velocities,
            forces,
        }
    }

    /// The kinds of the messages of a frame, in their order.
    pub fn kinds(self) -> Vec<Kind> {
        let all = [
            (self.time, Kind::Time),
            (self.energies, Kind::Energies),
            (self.cell, Kind::Box),
            (self.coordinates, Kind::Coordinates),
            (self.velocities, Kind::Velocities),
            (self.forces, Kind::AtomForces),
        ];
        let sent = all.into_iter().filter(|(is_sent, _)| *is_sent);
        sent.map(|(_, kind)| kind).collect()
    }
}
