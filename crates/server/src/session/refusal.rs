//! Why something that a client said is not done, in words it can act on.

/// A message that the protocol does not allow. The client hears it as `PROTO_VIOLATION: …`.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Violation {
    /// Not a message of ours.
    #[error("these {bytes} bytes are no ClientAction ({reason}); see proto/session.proto")]
    Undecodable {
        /// How many there were.
        bytes: usize,
        /// What the decoder found.
        reason: String,
    },
    /// A text frame.
    #[error("only binary frames count; this was text")]
    Text,
    /// The flag that tells whole structures from changes. \[13\]
    #[error("full_update flag must be set")]
    NoFullUpdateFlag,
    /// Lists that do not fit each other.
    #[error("{what}: {indices} indices need {needed} values, and there are {found}")]
    Counts {
        /// The field.
        what: &'static str,
        /// How many atoms it names.
        indices: usize,
        /// How many values belong to them.
        needed: usize,
        /// How many there are.
        found: usize,
    },
    /// A number that is infinite or none.
    #[error("{what}: a number is infinite or not a number")]
    NotFinite {
        /// The field.
        what: &'static str,
    },
    /// No such element.
    #[error("atom {atom}: there is no element {number}")]
    NoSuchElement {
        /// Which atom.
        atom: usize,
        /// The atomic number.
        number: u32,
    },
    /// Atoms beyond the end of a whole structure.
    #[error("a full update of {atoms} atoms names atom {atom}, counted from 0")]
    BeyondTheEnd {
        /// Which atom.
        atom: usize,
        /// How many there are.
        atoms: usize,
    },
    /// Something that makes no cell.
    #[error("cell: {0}")]
    Cell(String),
    /// A value that a field does not have.
    #[error("{what}: {reason}")]
    Value {
        /// The field.
        what: &'static str,
        /// What is wrong with it.
        reason: String,
    },
}
