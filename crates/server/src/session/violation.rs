//! Protocol violations of a client.

/// A message that the protocol does not allow; the client receives it as `PROTO_VIOLATION: …`.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Violation {
    /// The bytes are no message.
    #[error("cannot decode ClientAction ({bytes} bytes): {reason}; see proto/session.proto")]
    Undecodable {
        /// Their number.
        bytes: usize,
        /// The decoder's error.
        reason: String,
    },
    /// A text frame.
    #[error("text frames are not supported; send binary")]
    Text,
    /// The flag `full_update` is absent. \[13\]
    #[error("full_update flag must be set")]
    NoFullUpdateFlag,
    /// The lists of indices and values differ in length.
    #[error("{field}: {indices} indices need {expected} values, found {found}")]
    Counts {
        /// The field.
        field: &'static str,
        /// Number of indices.
        indices: usize,
        /// Number of values for these indices.
        expected: usize,
        /// Number of values found.
        found: usize,
    },
    /// An infinite number or NaN.
    #[error("{field}: a number is infinite or NaN; send finite numbers")]
    NotFinite {
        /// The field.
        field: &'static str,
    },
    /// An unknown element.
    #[error(
        "atom {atom}: unknown atomic number {number}; expected 1 to 118, or 0 for an atom without an element"
    )]
    UnknownElement {
        /// The atom.
        atom: usize,
        /// The atomic number.
        number: u32,
    },
    /// An atom beyond the end of a full update.
    #[error("a full update of {atoms} atoms names atom {atom} (counted from 0)")]
    IndexOutOfRange {
        /// The atom.
        atom: usize,
        /// Number of atoms.
        atoms: usize,
    },
    /// An invalid cell.
    #[error("cell: {0}")]
    Cell(String),
    /// An invalid value.
    #[error("{field}: {reason}")]
    Value {
        /// The field.
        field: &'static str,
        /// The reason.
        reason: String,
    },
}
