//! Messages of a recording, and their conversion from and to frames, structures and events. No generated
//! type leaves this crate.

mod event;
mod frame;
mod mark;
mod packed;
mod structure;

use mlipview_core::chem::cell::CellError;
use mlipview_core::chem::format::{ParseError, WriteError};
use mlipview_core::chem::structure::StructureError;

pub(crate) use event::{event_message, left_out_message, resumed_message};
pub(crate) use frame::{FrameDetail, frame_message, frame_of};
pub(crate) use mark::{mark_kind, mark_of};
pub(crate) use structure::{structure_message, structure_of};

/// Types of `proto/recording.proto`.
#[allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    clippy::all,
    reason = "generated from proto/recording.proto, which has the documentation"
)]
pub(crate) mod generated {
    include!(concat!(env!("OUT_DIR"), "/mlipview.recording.rs"));
}

/// The schema as a serialized `FileDescriptorSet`, which every recording contains.
pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/recording.binpb"));

/// Why a message is not a valid frame or structure.
#[derive(Debug, thiserror::Error)]
pub enum MessageError {
    /// Not a message of the schema.
    #[error("invalid message: {0}")]
    Decode(#[from] prost::DecodeError),
    /// A list of the wrong length.
    #[error("{what} has {found} values, expected {expected}")]
    Length {
        /// Name of the list.
        what: &'static str,
        /// Expected number of values.
        expected: usize,
        /// Number of values.
        found: usize,
    },
    /// A number that is infinite or not a number.
    #[error("{0} has a number that is not finite")]
    NotFinite(&'static str),
    /// An unknown element.
    #[error("invalid atomic number {0}: expected 1 to 118")]
    Element(u32),
    /// An index of an atom out of range.
    #[error("invalid atom {0}: the structure has {1} atoms")]
    Atom(u32, usize),
    /// The structure as extended XYZ has other atoms than the list of atomic numbers.
    #[error("the extended XYZ has other atoms than the list of atomic numbers")]
    OtherAtoms,
    /// The structure as extended XYZ cannot be read.
    #[error(transparent)]
    Text(#[from] ParseError),
    /// The structure cannot be written as extended XYZ.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The data do not form a structure.
    #[error(transparent)]
    Structure(#[from] StructureError),
    /// The vectors do not form a cell.
    #[error(transparent)]
    Cell(#[from] CellError),
}
