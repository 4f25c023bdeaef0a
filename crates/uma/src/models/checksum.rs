//! SHA-256 sums of files, and the files that note them.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{ModelsError, Progress};

/// Bytes that are read at once.
const BUFFER: usize = 1 << 20;
/// Digits of a sum.
const DIGITS: usize = 64;

/// The sum of a file, in hexadecimal digits.
pub(super) fn of_file(path: &Path, progress: Progress<'_>) -> Result<String, ModelsError> {
    let unreadable = |reason| ModelsError::read(path, reason);
    let file = File::open(path).map_err(unreadable)?;
    let all = file.metadata().map_err(unreadable)?.len();
    let mut done = 0;
    let mut summed = Summed::default();
    read(file, path, |bytes| {
        summed.add(bytes);
        done += bytes.len() as u64;
        match progress(done, all).is_break() {
            true => Err(ModelsError::Ended),
            false => Ok(()),
        }
    })?;
    Ok(summed.digits())
}

/// Reads a file piece by piece.
pub(super) fn read(
    mut file: File,
    path: &Path,
    mut take: impl FnMut(&[u8]) -> Result<(), ModelsError>,
) -> Result<(), ModelsError> {
    let mut buffer = vec![0; BUFFER];
    loop {
        let count = file
            .read(&mut buffer)
            .map_err(|reason| ModelsError::read(path, reason))?;
        if count == 0 {
            return Ok(());
        }
        take(&buffer[..count])?;
    }
}

/// A sum of bytes that come one after another.
#[derive(Default)]
pub(super) struct Summed(Sha256);

impl Summed {
    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    pub(super) fn digits(self) -> String {
        let mut digits = String::new();
        for byte in self.0.finalize() {
            // Writing to a String cannot fail.
            let _ = write!(digits, "{byte:02x}");
        }
        digits
    }
}

/// Where the sums of a model are noted.
pub(super) fn note_of(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.sha256"))
}

/// A note as `sha256sum` writes it: sums and paths, weights first.
pub(super) fn note(sums: &[(String, PathBuf)]) -> String {
    let line = |(sum, path): &(String, PathBuf)| {
        let path = path.to_string_lossy().replace('\\', "/");
        format!("{sum}  {path}\n")
    };
    sums.iter().map(line).collect()
}

/// The sum of a model's weights that is noted, if one is.
pub(super) fn noted(folder: &Path, name: &str) -> Option<String> {
    let note = fs::read(note_of(folder, name)).ok()?;
    let sum = std::str::from_utf8(note.get(..DIGITS)?).ok()?;
    let is_sum = sum.chars().all(|digit| digit.is_ascii_hexdigit());
    is_sum.then(|| sum.to_owned())
}
