//! Session files: one JSON file that brings back the structure, the run settings, the view, the timeline
//! and the script.
//!
//! The schema is `assets/session.schema.json`. Units are those of this crate: Å, fs, eV, amu, e; times of
//! playback and transitions are in seconds.

mod appearance;
mod check;
mod embedded_frames;
mod embedded_source;
mod error;
mod format_version;
mod header;
mod linked_source;
mod measurement;
pub mod original;
mod playback;
mod property_record;
mod read;
mod run_settings;
mod sim_records;
mod structure_check;
mod structure_record;
mod symbols;
mod timeline_record;
mod view;
mod write;

use serde::{Deserialize, Serialize};

use crate::potential::Request;
use crate::script::Script;

pub use appearance::{
    Appearance, Arrows, Background, ColorLimits, Coloring, Labels, Representation,
};
pub use embedded_frames::{EmbeddedFrame, EmbeddedFrames, FrameKind, nine_digits};
pub use embedded_source::EmbeddedSource;
pub use error::SessionError;
pub use format_version::{FORMAT, FormatName, FormatVersion, VERSION};
pub use linked_source::LinkedSource;
pub use measurement::{Measurement, SelectionSet};
pub use playback::{Playback, PlaybackRange, Repetition};
pub use property_record::{ColumnRecord, PropertyRecord, PropertyShape, PropertyValues, Real};
pub use read::{Loaded, read, read_any};
pub use run_settings::{RunKind, RunSettings};
pub use structure_record::{BondRecord, CellRecord, LabelRecord, OrderName, StructureRecord};
pub use timeline_record::{LinkedFrames, TimelineContents, TimelineRecord};
pub use view::View;
pub use write::write;

/// Maximum length of a session file, bytes.
pub const MAX_FILE: usize = 256 << 20;

/// Maximum number of atoms.
pub const MAX_ATOMS: usize = 10_000_000;

/// Maximum number of frames in the file.
pub const MAX_FRAMES: usize = 100_000;

/// Maximum number of rows of positions of all frames in the file.
pub const MAX_ROWS: usize = 10_000_000;

/// Maximum number of selection sets, and of measurements.
pub const MAX_LIST: usize = 10_000;

/// Maximum length of the notes, bytes.
pub const MAX_NOTES: usize = 1 << 20;

/// Maximum length of a name or path, bytes.
pub const MAX_NAME: usize = 4096;

/// Everything that a session file brings back.
///
/// ```
/// use mlipview_core::chem::library;
/// use mlipview_core::session_file::{Session, StructureRecord, read, write};
///
/// let water = library::find("water").unwrap().structure()?;
/// let session = Session {
///     title: "Water".to_owned(),
///     structure: StructureRecord::new(&water, None),
///     ..Session::default()
/// };
/// let text = write(&session)?;
/// let loaded = read(&text)?;
/// assert_eq!(loaded.session, session);
/// assert_eq!(loaded.session.structure.structure()?, water);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    /// The name of the format.
    pub format: FormatName,
    /// The version of the format.
    pub version: FormatVersion,
    /// Title for people.
    pub title: String,
    /// Program and version that wrote the file.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub program: String,
    /// When the file was written, in the form of RFC 3339; not read by the program.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub saved: String,
    /// The structure and its velocities.
    pub structure: StructureRecord,
    /// The requested potential; `None`: chosen by the structure.
    #[serde(with = "sim_records::request")]
    pub potential: Option<Request>,
    /// Settings of dynamics and relaxation.
    pub run: RunSettings,
    /// The camera; `None`: all atoms in view.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub view: Option<View>,
    /// Drawing options.
    pub appearance: Appearance,
    /// Selected atoms, in the order of their selection.
    pub selection: Vec<usize>,
    /// Named sets of atoms.
    pub selection_sets: Vec<SelectionSet>,
    /// Measurements that stay on the screen.
    pub measurements: Vec<Measurement>,
    /// Notes of the user.
    pub notes: String,
    /// Recorded frames, and how they are played.
    pub timeline: TimelineRecord,
    /// Speed, callouts and more during playback.
    pub script: Script,
}
