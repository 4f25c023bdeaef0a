//! Headers: the kind of a message and a length, 8 bytes, big endian.

use crate::error::ProtocolError;
use crate::kind::Kind;

/// Length of a header, bytes.
pub const HEADER_BYTES: usize = 8;

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
        Ok(Header {
            kind: Kind::of_number(number).ok_or(ProtocolError::Kind(number))?,
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
