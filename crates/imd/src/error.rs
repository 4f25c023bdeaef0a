//! Messages that do not follow the protocol.

use crate::kind::Kind;

/// Why bytes are not a message of the protocol, or a message is not the one that is due.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ProtocolError {
    /// An unknown number of a kind.
    #[error("unknown IMD message {0}: expected 0 to 16; is this the port of another program?")]
    Kind(i32),
    /// A message that the other side never sends, or not now.
    #[error("unexpected IMD message {found:?}: expected {expected}")]
    Unexpected {
        /// Its kind.
        found: Kind,
        /// The expected messages, in words.
        expected: &'static str,
    },
    /// A version that is not supported.
    #[error("unknown IMD version {0}: expected 2 or 3")]
    Version(i32),
    /// A number of atoms other than ours.
    #[error(
        "{kind:?} of {found} atoms, our structure has {expected}: start with a structure of the same atoms, or of \
         the group that the simulation sends"
    )]
    Atoms {
        /// Kind of the message.
        kind: Kind,
        /// Atoms of the message.
        found: i32,
        /// Atoms of the structure.
        expected: usize,
    },
    /// A length that this kind of message does not have.
    #[error("invalid length {found} of IMD message {kind:?}: expected {expected}")]
    Length {
        /// Kind of the message.
        kind: Kind,
        /// Its length.
        found: i32,
        /// The valid lengths, in words.
        expected: &'static str,
    },
    /// A force on an atom that does not exist.
    #[error("a force on atom {atom}, counted from 0: there are {atoms}")]
    NoSuchAtom {
        /// Index of the atom.
        atom: i32,
        /// Number of atoms.
        atoms: usize,
    },
    /// A force that is not finite.
    #[error("a force on atom {0}, counted from 0, that is not finite")]
    NotFinite(u32),
    /// Forces on more atoms than a client may pull.
    #[error("forces on {found} atoms: a client may pull {max}")]
    TooManyForces {
        /// Number of forces.
        found: i32,
        /// Maximum number.
        max: usize,
    },
    /// A session without coordinates.
    #[error("the simulation sends no coordinates: turn them on there")]
    NoCoordinates,
    /// Vectors that span no cell.
    #[error("the vectors of the cell span no volume")]
    FlatCell,
}
