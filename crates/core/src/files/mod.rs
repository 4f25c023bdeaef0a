//! Structure files on disk: opened, streamed, and replaced only by a complete new file.
//!
//! [`crate::chem::format`] parses and writes the bytes.

mod source;
pub mod trajectory_file;
mod writer;

use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::Path;

use crate::chem::Structure;
use crate::chem::format::{
    self, Configuration, FrameSelection, ParseError, Stream, WriteError, stream,
};
pub use source::{Frames, Source, SourceError};
pub use trajectory_file::TrajectoryFile;
pub use writer::TrajectoryWriter;

/// Size of the read and write buffers, bytes.
const BUFFER: usize = 1 << 18;

/// Why a file cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The file cannot be opened or read.
    #[error("cannot read {path}: {reason}")]
    Read {
        /// The file.
        path: String,
        /// The error of the operating system.
        reason: io::Error,
    },
    /// The file cannot be created or written.
    #[error("cannot write {path}: {reason}")]
    Write {
        /// The file.
        path: String,
        /// The error of the operating system.
        reason: io::Error,
    },
    /// The content does not follow the file format.
    #[error(transparent)]
    Parse(#[from] ParseError),
    /// The format cannot hold the configuration.
    #[error(transparent)]
    Format(#[from] WriteError),
}

/// Splits an argument `PATH` or `PATH@SELECTION` into path and selection. An existing file whose name
/// is the whole argument takes precedence.
pub fn split(argument: &str) -> (&str, Option<FrameSelection>) {
    if Path::new(argument).exists() {
        return (argument, None);
    }
    FrameSelection::split(argument)
}

/// Reads the frames of an argument `PATH` or `PATH@SELECTION` [default selection: the last frame].
///
/// # Errors
/// If the file cannot be read or parsed, or the selection is empty.
pub fn read(argument: &str) -> Result<Vec<Configuration>, FileError> {
    let (path, selection) = split(argument);
    let frames = frames(path, selection.unwrap_or(FrameSelection::LAST))?;
    Ok(frames.collect::<Result<_, _>>()?)
}

/// Iterates over the selected frames of a file. XYZ trajectories are streamed; other formats are read
/// into memory.
///
/// # Errors
/// If the file cannot be read or parsed, or the selection is empty.
pub fn frames(path: &str, selection: FrameSelection) -> Result<Stream, FileError> {
    let owned = path.to_owned();
    let open = move || File::open(&owned).map(|file| BufReader::with_capacity(BUFFER, file));
    // A file that cannot be opened is an I/O error, not a parse error.
    let _: BufReader<File> = open().map_err(|reason| FileError::Read {
        path: path.to_owned(),
        reason,
    })?;
    Ok(stream(open, path, selection)?)
}

/// Reads the selected frames of a trajectory without elements (XTC, DCD); the topology provides the
/// atoms.
///
/// # Errors
/// If the file cannot be read or parsed, its atom count differs from the topology, or the selection is
/// empty.
pub fn trajectory(
    path: &str,
    topology: &Structure,
    selection: FrameSelection,
) -> Result<Vec<Configuration>, FileError> {
    let read = fs::read(path).map_err(|reason| FileError::Read {
        path: path.to_owned(),
        reason,
    });
    Ok(format::read_trajectory(&read?, path, topology, selection)?)
}

/// Writes a file in the format of its extension. Other processes see the old file until the new one
/// is complete.
///
/// # Errors
/// If the extension is unknown, the format cannot hold the configurations, or writing fails.
pub fn write(path: &str, configurations: &[Configuration]) -> Result<(), FileError> {
    let mut writer = TrajectoryWriter::create(path)?;
    for configuration in configurations {
        writer.push(configuration)?;
    }
    writer.finish()
}
