//! Files of samples that clients may fetch.

use std::collections::{HashSet, VecDeque};
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::event::SampleEvent;

/// Maximum number of paths that are kept; the oldest go first.
pub const MAX_SAMPLE_PATHS: usize = 10_000;

/// Maximum size of a file that is served, bytes.
pub const MAX_SAMPLE_BYTES: u64 = 64 << 20;

/// The paths that the last samples of a training have named, at most [`MAX_SAMPLE_PATHS`].
#[derive(Clone, Debug, Default)]
pub struct SamplePaths {
    newest: VecDeque<String>,
    all: HashSet<String>,
}

/// A file that is not served.
#[derive(Debug, thiserror::Error)]
pub enum SampleFileError {
    /// No sample has named the path.
    #[error("there is no sample {0:?} in this training; sample_generated events have the paths")]
    Unknown(String),
    /// A training without a folder.
    #[error("this training has no folder, so its samples are not served")]
    NoFolder,
    /// A path that leads out of the folder.
    #[error("the sample {0:?} is outside of the training's folder, so it is not served")]
    Outside(String),
    /// A file that cannot be read.
    #[error("the sample {path:?} cannot be read: {reason}")]
    File {
        /// The path.
        path: String,
        /// The reason.
        reason: std::io::Error,
    },
    /// A file that is too large.
    #[error("the sample {0:?} is larger than 64 MiB; copy it from the training's folder")]
    TooLarge(String),
}

/// A named file, which is still to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleFile {
    folder: PathBuf,
    path: String,
}

impl SamplePaths {
    /// Adds the paths of a sample.
    pub fn add(&mut self, sample: &SampleEvent) {
        for path in [Some(&sample.path), sample.thumbnail_path.as_ref()] {
            if let Some(path) = path
                && self.all.insert(path.clone())
            {
                self.newest.push_back(path.clone());
            }
        }
        while self.newest.len() > MAX_SAMPLE_PATHS {
            if let Some(oldest) = self.newest.pop_front() {
                self.all.remove(&oldest);
            }
        }
    }

    /// The file with this path, as an event has it; the slash at the start of an absolute path may be
    /// missing, since addresses lose it.
    ///
    /// # Errors
    /// If no event has named the path, or the training has no folder.
    pub fn find(&self, path: &str, folder: Option<&Path>) -> Result<SampleFile, SampleFileError> {
        let absolute = format!("/{path}");
        let mut spellings = [path, absolute.as_str()].into_iter();
        let named = spellings.find_map(|spelling| self.all.get(spelling));
        let unknown = || SampleFileError::Unknown(path.chars().take(256).collect());
        Ok(SampleFile {
            path: named.ok_or_else(unknown)?.clone(),
            folder: folder.ok_or(SampleFileError::NoFolder)?.to_owned(),
        })
    }
}

impl SampleFile {
    /// Reads the file.
    ///
    /// # Errors
    /// If its real path, without links, is outside of the training's folder, or it is too large or cannot
    /// be read.
    pub fn read(&self) -> Result<Vec<u8>, SampleFileError> {
        let failed = |reason| SampleFileError::File {
            path: self.path.clone(),
            reason,
        };
        let folder = self.folder.canonicalize().map_err(failed)?;
        // (An absolute path replaces the folder.)
        let path = folder.join(&self.path).canonicalize().map_err(failed)?;
        if !path.starts_with(&folder) {
            return Err(SampleFileError::Outside(self.path.clone()));
        }
        // Before it is opened: opening a pipe waits for its writer.
        if !path.metadata().map_err(failed)?.is_file() {
            let reason = std::io::Error::other("it is no file");
            return Err(failed(reason));
        }
        let file = std::fs::File::open(&path).map_err(failed)?;
        let mut bytes = Vec::new();
        let mut limited = file.take(MAX_SAMPLE_BYTES + 1);
        limited.read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() as u64 > MAX_SAMPLE_BYTES {
            return Err(SampleFileError::TooLarge(self.path.clone()));
        }
        Ok(bytes)
    }

    /// The media type, by the end of the name.
    pub fn media_type(&self) -> &'static str {
        let extension = Path::new(&self.path).extension();
        let extension = extension.and_then(|extension| extension.to_str());
        match extension.map(str::to_ascii_lowercase).as_deref() {
            Some("png") => "image/png",
            Some("jpg" | "jpeg") => "image/jpeg",
            Some("gif") => "image/gif",
            Some("webp") => "image/webp",
            Some("svg") => "image/svg+xml",
            Some("json") => "application/json",
            Some("xyz" | "extxyz") => "chemical/x-xyz",
            Some("cif") => "chemical/x-cif",
            Some("pdb") => "chemical/x-pdb",
            Some("txt" | "csv") => "text/plain; charset=utf-8",
            _ => "application/octet-stream",
        }
    }
}
