//! Writer of structure files, frame by frame.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use super::{BUFFER, FileError};
use crate::chem::format::{Compression, Configuration, Format, FrameWriter};

/// Writes a structure file frame by frame.
///
/// The file has the suffix `.part` until [`TrajectoryWriter::finish`] renames it; a writer that is
/// dropped earlier deletes it. Formats that are a sequence of frames, such as XYZ, are written as the
/// frames come; others at the end.
pub struct TrajectoryWriter {
    path: String,
    target: Target,
    writer: Option<FrameWriter<BufWriter<File>>>,
}

/// Target of the bytes before the file is complete.
enum Target {
    /// A temporary file, renamed at the end.
    Temporary { part: PathBuf, path: PathBuf },
    /// An existing special file such as a pipe, written directly.
    Direct,
}

impl TrajectoryWriter {
    /// Creates a file in the format of its extension.
    ///
    /// # Errors
    /// If the extension is unknown or has no writer, or the file cannot be created.
    pub fn create(path: &str) -> Result<TrajectoryWriter, FileError> {
        let format = Format::to_write(path)?;
        let failed = |reason| FileError::Write {
            path: path.to_owned(),
            reason,
        };
        // Symbolic links are followed, so that they are kept.
        let resolved = fs::canonicalize(path).unwrap_or_else(|_| PathBuf::from(path));
        let (target, file) = if resolved.exists() && !resolved.is_file() {
            (Target::Direct, File::options().write(true).open(&resolved))
        } else {
            let mut part = resolved.clone().into_os_string();
            part.push(".part");
            let part = PathBuf::from(part);
            let file = File::create(&part);
            (
                Target::Temporary {
                    part,
                    path: resolved,
                },
                file,
            )
        };
        let buffered = BufWriter::with_capacity(BUFFER, file.map_err(failed)?);
        let compression = Compression::split(path).1;
        let writer = FrameWriter::new(buffered, format, compression).map_err(failed)?;
        Ok(TrajectoryWriter {
            path: path.to_owned(),
            target,
            writer: Some(writer),
        })
    }

    /// Appends a frame.
    ///
    /// # Errors
    /// If the format cannot hold the frame, or writing fails.
    pub fn push(&mut self, configuration: &Configuration) -> Result<(), FileError> {
        let Some(writer) = &mut self.writer else {
            return Ok(());
        };
        let written = writer.push(configuration)?;
        written.map_err(|reason| self.write_error(reason))
    }

    /// Writes the remaining frames and renames the file to its final name.
    ///
    /// # Errors
    /// If the format cannot hold the frames together, or writing fails.
    pub fn finish(mut self) -> Result<(), FileError> {
        let Some(writer) = self.writer.take() else {
            return Ok(());
        };
        let finished = writer.finish()?.and_then(|mut buffered| buffered.flush());
        let renamed = finished.and_then(|()| match &self.target {
            Target::Temporary { part, path } => fs::rename(part, path),
            Target::Direct => Ok(()),
        });
        renamed.map_err(|reason| self.write_error(reason))?;
        self.target = Target::Direct;
        Ok(())
    }

    fn write_error(&self, reason: io::Error) -> FileError {
        FileError::Write {
            path: self.path.clone(),
            reason,
        }
    }
}

impl Drop for TrajectoryWriter {
    fn drop(&mut self) {
        if let Target::Temporary { part, .. } = &self.target {
            // Drop cannot report an error; the .part file stays.
            let _ = fs::remove_file(part);
        }
    }
}
