//! Headers: the kind of a message and a length, 8 bytes, big endian.

use crate::error::ProtocolError;

/// Length of a header, bytes.
pub const HEADER_BYTES: usize = 8;

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

/// A header. The length counts atoms, blocks or forces, or is a number by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Kind of the message.
    pub kind: Kind,
    /// Its length.
    pub length: i32,
}

impl Header {
    /// The header of bytes.
    ///
    /// # Errors
    /// If there is no kind of this number.
    pub fn of_bytes(bytes: [u8; HEADER_BYTES]) -> Result<Header, ProtocolError> {
        let [a, b, c, d, e, f, g, h] = bytes;
        let number = i32::from_be_bytes([a, b, c, d]);
        let kind = usize::try_from(number).ok();
        let kind = kind.and_then(|number| KINDS.get(number));
        Ok(Header {
            kind: *kind.ok_or(ProtocolError::Kind(number))?,
            length: i32::from_be_bytes([e, f, g, h]),
        })
    }

    /// Its bytes.
    pub fn bytes(self) -> [u8; HEADER_BYTES] {
        let mut bytes = [0; HEADER_BYTES];
        bytes[..4].copy_from_slice(&(self.kind as i32).to_be_bytes());
        bytes[4..].copy_from_slice(&self.length.to_be_bytes());
        bytes
    }
}
