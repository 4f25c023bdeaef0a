//! Files on the disk: where structures come from and where they go.
//!
//! What the bytes mean is the business of [`crate::chem::format`]; here they are opened, streamed,
//! and put in place only when they are whole.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::chem::Structure;
use crate::chem::format::{
    self, Compression, Configuration, Format, FrameWriter, ParseError, Selection, Stream,
    WriteError, stream,
};

/// Bytes that are asked of the disk at once.
const BUFFER: usize = 1 << 18;

/// What went wrong with a file.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The file cannot be opened or read.
    #[error("cannot read {path}: {reason}")]
    Read {
        /// The file.
        path: String,
        /// What the system says.
        reason: io::Error,
    },
    /// The file cannot be created or written.
    #[error("cannot write {path}: {reason}")]
    Write {
        /// The file.
        path: String,
        /// What the system says.
        reason: io::Error,
    },
    /// The file's content is not in its format.
    #[error(transparent)]
    Parse(#[from] ParseError),
    /// The format cannot hold what is to be written.
    #[error(transparent)]
    Format(#[from] WriteError),
}

/// The path and the selection of an argument `PATH` or `PATH@SELECTION`. A file whose name is the
/// whole argument is meant, where there is one.
pub fn split(argument: &str) -> (&str, Option<Selection>) {
    if Path::new(argument).exists() {
        return (argument, None);
    }
    Selection::split(argument)
}

/// The frames that an argument `PATH@SELECTION` names; without a selection, the last one.
///
/// # Errors
/// If the file cannot be read, is not in its format, or nothing of it is selected.
pub fn read(argument: &str) -> Result<Vec<Configuration>, FileError> {
    let (path, selection) = split(argument);
    let frames = frames(path, selection.unwrap_or(Selection::LAST))?;
    Ok(frames.collect::<Result<_, _>>()?)
}

/// The selected frames of a file, one after another: a long XYZ trajectory is never in memory as a
/// whole, all else is.
///
/// # Errors
/// If the file cannot be read, is not in its format, or nothing of it is selected.
pub fn frames(path: &str, selection: Selection) -> Result<Stream, FileError> {
    let owned = path.to_owned();
    let open = move || File::open(&owned).map(|file| BufReader::with_capacity(BUFFER, file));
    // Said better here than as a file that cannot be parsed.
    let _: BufReader<File> = open().map_err(|reason| FileError::Read {
        path: path.to_owned(),
        reason,
    })?;
    Ok(stream(open, path, selection)?)
}

/// The selected frames of a trajectory that holds positions only (XTC, DCD), over the atoms of a
/// topology.
///
/// # Errors
/// If the file cannot be read, is no such trajectory of these atoms, or nothing of it is selected.
pub fn trajectory(
    path: &str,
    topology: &Structure,
    selection: Selection,
) -> Result<Vec<Configuration>, FileError> {
    let read = fs::read(path).map_err(|reason| FileError::Read {
        path: path.to_owned(),
        reason,
    });
    Ok(format::read_trajectory(&read?, path, topology, selection)?)
}

/// Writes a file, in the format that its name stands for. Whoever reads it meanwhile sees what was
/// there before.
///
/// # Errors
/// If its format is not known or cannot hold the configurations, or the disk refuses.
pub fn write(path: &str, configurations: &[Configuration]) -> Result<(), FileError> {
    let mut trajectory = Trajectory::create(path)?;
    for configuration in configurations {
        trajectory.push(configuration)?;
    }
    trajectory.finish()
}

/// A file that is written frame by frame.
///
/// Until it is finished it has `.part` behind its name; dropped before, it is removed. Frames go
/// to the disk as they come where the format can have them in a row, as XYZ; others wait for the last.
pub struct Trajectory {
    path: String,
    place: Place,
    writer: Option<FrameWriter<BufWriter<File>>>,
}

/// Where the bytes go meanwhile.
enum Place {
    /// Into a file that takes the name of the other when it is whole.
    Beside { part: PathBuf, target: PathBuf },
    /// Into something that is there and is no file, such as a pipe.
    Through,
}

impl Trajectory {
    /// Begins a file in the format that its name stands for.
    ///
    /// # Errors
    /// If its format is not known or not written, or the disk refuses.
    pub fn create(path: &str) -> Result<Trajectory, FileError> {
        let format = Format::to_write(path)?;
        let refused = |reason| FileError::Write {
            path: path.to_owned(),
            reason,
        };
        // A link keeps pointing where it does.
        let target = fs::canonicalize(path).unwrap_or_else(|_| PathBuf::from(path));
        let (place, file) = if target.exists() && !target.is_file() {
            (Place::Through, File::options().write(true).open(&target))
        } else {
            let mut part = target.clone().into_os_string();
            part.push(".part");
            let part = PathBuf::from(part);
            let file = File::create(&part);
            (Place::Beside { part, target }, file)
        };
        let buffered = BufWriter::with_capacity(BUFFER, file.map_err(refused)?);
        let compression = Compression::split(path).1;
        let writer = FrameWriter::new(buffered, format, compression).map_err(refused)?;
        Ok(Trajectory {
            path: path.to_owned(),
            place,
            writer: Some(writer),
        })
    }

    /// Adds a frame.
    ///
    /// # Errors
    /// If the format cannot hold it, or the disk refuses.
    pub fn push(&mut self, configuration: &Configuration) -> Result<(), FileError> {
        let Some(writer) = &mut self.writer else {
            return Ok(());
        };
        let written = writer.push(configuration)?;
        written.map_err(|reason| self.refused(reason))
    }

    /// Writes what is left and puts the file in its place.
    ///
    /// # Errors
    /// If the format cannot hold the frames together, or the disk refuses.
    pub fn finish(mut self) -> Result<(), FileError> {
        let Some(writer) = self.writer.take() else {
            return Ok(());
        };
        let finished = writer.finish()?.and_then(|mut buffered| buffered.flush());
        let placed = finished.and_then(|()| match &self.place {
            Place::Beside { part, target } => fs::rename(part, target),
            Place::Through => Ok(()),
        });
        placed.map_err(|reason| self.refused(reason))?;
        self.place = Place::Through;
        Ok(())
    }

    fn refused(&self, reason: io::Error) -> FileError {
        FileError::Write {
            path: self.path.clone(),
            reason,
        }
    }
}

impl Drop for Trajectory {
    fn drop(&mut self) {
        if let Place::Beside { part, .. } = &self.place {
            // There is no one left to tell; what stays is a file named .part.
            let _ = fs::remove_file(part);
        }
    }
}
