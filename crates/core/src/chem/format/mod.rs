//! Readers and writers of structure file formats.
//!
//! Readers convert bytes to [`Configuration`]s, or to a [`ParseError`] with the line, the expected and
//! the found content. They never panic. Any file may be compressed (see [`Compression`]).
//!
//! ```
//! use mlipview_core::chem::format::{FrameSelection, read, write};
//!
//! let frames = read(b"2\n\nN 0 0 0\nN 0 0 1.1\n", "n2.xyz", FrameSelection::LAST)?;
//! assert_eq!(frames[0].structure.formula(), "N2");
//! let pdb = write(&frames, "n2.pdb")?;
//! assert!(pdb.starts_with(b"HETATM"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod alternates;
mod arrays;
mod atom_site;
mod beginning;
mod cif;
mod compression;
mod configuration;
mod content;
mod cube;
mod element_name;
mod encoding;
pub(in crate::chem) mod formal_charges;
mod frame_selection;
mod gro;
mod hybrid36;
mod info;
mod kind;
mod lines;
mod lookup;
mod mol2;
mod molfile;
mod note;
pub(in crate::chem) mod nuclide;
mod number;
mod parse_error;
mod pdb;
mod poscar;
mod record_results;
mod repeated_atoms;
mod residues;
mod standard_rotation;
mod stream;
mod table;
mod total_charge;
mod trajectory;
mod truncated_file;
mod truncated_frame;
mod virtual_sites;
mod write_error;
mod xdatcar;
pub mod xyz;

pub use compression::{Compression, MAX_DECOMPRESSED};
pub use configuration::{Configuration, Stream};
pub use content::ContentReader;
pub use frame_selection::FrameSelection;
pub use info::{FormatInfo, Periodicity};
pub use kind::Format;
pub use note::{Note, Notes};
pub use parse_error::ParseError;
pub use stream::{FrameWriter, stream};
pub use trajectory::{Trajectory, TrajectoryLayout, read_trajectory};
pub use write_error::WriteError;

use compression::Truncation;
use info::FormatReader;

/// Reads the selected frames of a file; the format follows from its name or content.
///
/// # Errors
/// If the format is unknown, the content does not follow it, or the selection is empty.
pub fn read(
    bytes: &[u8],
    name: &str,
    selection: FrameSelection,
) -> Result<Vec<Configuration>, ParseError> {
    let read = || {
        let truncation = Truncation::default();
        let content = compression::decompressed(bytes, MAX_DECOMPRESSED, &truncation)?;
        let mut content = encoding::decoded(content);
        let format = Format::of(name, &content).ok_or_else(ParseError::unknown_format)?;
        if truncation.truncated().is_some() {
            content = truncated_file::complete_records(content, format.info().record_end);
        }
        let read = match format.info().read {
            FormatReader::Whole(read) => read(&content).and_then(|all| pick(all, selection)),
            // Formats of long trajectories parse only the selected frames.
            FormatReader::ByFrame { read, .. } => read(&content, selection),
            FormatReader::WithTopology => Err(ParseError::no_topology(format)),
        };
        truncated_file::with_note(read, &truncation)
    };
    read().map_err(|error| error.in_file(name))
}

/// Writes configurations in the format of the extension, compressed if the name ends so; returns the
/// content of the file.
///
/// # Errors
/// If the extension is unknown, the format has no writer, or it cannot hold the configurations.
pub fn write(configurations: &[Configuration], name: &str) -> Result<Vec<u8>, WriteError> {
    let format = Format::to_write(name)?;
    let content = write_as(configurations, format)?;
    Ok(match Compression::split(name).1 {
        Some(compression) => compression.compress(&content),
        None => content,
    })
}

/// Writes configurations in a format; returns the content of the file.
///
/// # Errors
/// If the format has no writer or cannot hold the configurations.
pub fn write_as(configurations: &[Configuration], format: Format) -> Result<Vec<u8>, WriteError> {
    let write = format.info().write;
    write.ok_or_else(|| Format::read_only(format.title()))?(configurations)
}

fn pick(
    all: Vec<Configuration>,
    selection: FrameSelection,
) -> Result<Vec<Configuration>, ParseError> {
    let frames = selection.of(all.len())?;
    if frames.iter().is_sorted() {
        let mut wanted = frames.into_iter().peekable();
        let each = all.into_iter().enumerate();
        let picked = each.filter(|(frame, _)| wanted.next_if_eq(frame).is_some());
        return Ok(picked.map(|(_, configuration)| configuration).collect());
    }
    Ok(frames.iter().map(|&frame| all[frame].clone()).collect())
}
