//! Files and folders of frames under a temporary name until they are complete.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::{Builder, TempDir, TempPath};

use super::error::MovieError;
use super::png_frames::FrameNames;

/// Ending of temporary names.
const SUFFIX: &str = ".part";

/// An incomplete file or folder beside its target; deleted when it is dropped before [`Part::finish`].
pub(super) enum Part {
    /// A file, which replaces the target.
    File {
        temporary: TempPath,
        target: PathBuf,
    },
    /// A folder of frames.
    Frames {
        temporary: TempDir,
        names: FrameNames,
    },
}

impl Part {
    /// An empty file beside a target, which may exist.
    ///
    /// # Errors
    /// If the target is a special file, or its folder cannot be written.
    pub(super) fn file(path: &Path) -> Result<(File, Part), MovieError> {
        // Symbolic links are followed, so that they are kept.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if target.exists() && !target.is_file() {
            let path = path.to_owned();
            return Err(MovieError::NotAFile { path });
        }
        let create = |temporary: &Path| File::create_new(temporary);
        let named = Builder::new()
            .prefix(&hidden(&target))
            .suffix(SUFFIX)
            .make_in(parent(&target), create);
        let named = named.map_err(|reason| write_error(path, reason))?;
        let (file, temporary) = named.into_parts();
        Ok((file, Part::File { temporary, target }))
    }

    /// An empty folder beside the frames to come.
    ///
    /// # Errors
    /// If there are frames of that name, or the folder of the frames has other files.
    pub(super) fn frames(path: &Path, names: FrameNames) -> Result<(PathBuf, Part), MovieError> {
        if let Some(existing) = existing(&names).map_err(|reason| write_error(path, reason))? {
            return Err(MovieError::Exists { path: existing });
        }
        let folder = if names.is_own_folder {
            parent(&names.folder)
        } else {
            present(&names.folder)
        };
        let temporary = Builder::new()
            .prefix(&hidden(path))
            .suffix(SUFFIX)
            .tempdir_in(folder)
            .map_err(|reason| write_error(path, reason))?;
        Ok((
            temporary.path().to_owned(),
            Part::Frames { temporary, names },
        ))
    }

    /// Path of the incomplete file or folder.
    pub(super) fn path(&self) -> &Path {
        match self {
            Part::File { temporary, .. } => temporary,
            Part::Frames { temporary, .. } => temporary.path(),
        }
    }

    /// Gives the file, or the frames from 1 to `count`, their final name.
    pub(super) fn finish(self, count: u64) -> io::Result<()> {
        match self {
            Part::File { temporary, target } => {
                temporary.persist(target).map_err(|error| error.error)
            }
            Part::Frames { temporary, names } if names.is_own_folder => {
                if names.folder.exists() {
                    // Fails if somebody has put a file into it.
                    fs::remove_dir(&names.folder)?;
                }
                fs::rename(temporary.path(), &names.folder)?;
                // It is no longer there to be deleted.
                let _ = temporary.keep();
                Ok(())
            }
            Part::Frames { temporary, names } => move_frames(temporary.path(), &names, count),
        }
    }
}

/// Moves frames to their folder; all of them or none.
fn move_frames(temporary: &Path, names: &FrameNames, count: u64) -> io::Result<()> {
    for number in 1..=count {
        let name = names.name(number);
        if let Err(error) = fs::rename(temporary.join(&name), names.folder.join(&name)) {
            for moved in 1..number {
                // The first error is the one to report.
                let _ = fs::remove_file(names.folder.join(names.name(moved)));
            }
            return Err(error);
        }
    }
    Ok(())
}

/// A file in the way of frames, if there is one.
fn existing(names: &FrameNames) -> io::Result<Option<PathBuf>> {
    let folder = present(&names.folder);
    if names.is_own_folder {
        if !folder.exists() {
            return Ok(None);
        }
        let is_empty = fs::read_dir(folder)?.next().is_none();
        return Ok((!is_empty).then(|| folder.to_owned()));
    }
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        if name.to_str().is_some_and(|name| names.is_frame(name)) {
            return Ok(Some(folder.join(name)));
        }
    }
    Ok(None)
}

/// Folder of a file.
fn parent(path: &Path) -> &Path {
    path.parent().map_or(Path::new("."), present)
}

/// A folder, or the current one for an empty path.
fn present(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    }
}

/// Start of the temporary name of a file.
fn hidden(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    format!(".{name}.")
}

fn write_error(path: &Path, reason: io::Error) -> MovieError {
    let path = path.to_owned();
    MovieError::Write { path, reason }
}
