//! Kinds of messages.

/// Kind of a message, by its number on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub enum Kind {
    /// Client: ends the connection; the run goes on.
    Disconnect = 0,
    /// Server: energies and temperature.
    Energies = 1,
    /// Server: coordinates.
    Coordinates = 2,
    /// Client: accepts the handshake.
    Go = 3,
    /// Server: version and byte order.
    Handshake = 4,
    /// Client: ends the run.
    Kill = 5,
    /// Client: forces on atoms.
    Forces = 6,
    /// Client: pauses; in version 2 also continues.
    Pause = 7,
    /// Client: steps per frame.
    Rate = 8,
    /// Never sent.
    IoError = 9,
    /// Server, version 3: the kinds of each frame.
    SessionInfo = 10,
    /// Client, version 3: continues.
    Resume = 11,
    /// Server, version 3: time and step.
    Time = 12,
    /// Server, version 3: vectors of the cell.
    Box = 13,
    /// Server, version 3: velocities.
    Velocities = 14,
    /// Server, version 3: forces of the simulation.
    AtomForces = 15,
    /// Client, version 3: whether the simulation waits for a client.
    Wait = 16,
}

const KINDS: [Kind; 17] = [
    Kind::Disconnect,
    Kind::Energies,
    Kind::Coordinates,
    Kind::Go,
    Kind::Handshake,
    Kind::Kill,
    Kind::Forces,
    Kind::Pause,
    Kind::Rate,
    Kind::IoError,
    Kind::SessionInfo,
    Kind::Resume,
    Kind::Time,
    Kind::Box,
    Kind::Velocities,
    Kind::AtomForces,
    Kind::Wait,
];

impl Kind {
    /// The kind of a number on the wire.
    pub fn of_number(number: i32) -> Option<Kind> {
        KINDS.get(usize::try_from(number).ok()?).copied()
    }
}
