//! SHA-256 checksums of files, and the files that record them.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::error::ModelsError;
use super::progress::Progress;

/// Size of the read buffer, bytes.
const BUFFER: usize = 1 << 20;
/// Hexadecimal digits of a checksum.
const DIGITS: usize = 64;

/// The checksum of a file, in hexadecimal digits.
pub(super) fn of_file(path: &Path, progress: Progress<'_>) -> Result<String, ModelsError> {
    let unreadable = |reason| ModelsError::read(path, reason);
    let file = File::open(path).map_err(unreadable)?;
    let all = file.metadata().map_err(unreadable)?.len();
    let mut done = 0;
    let mut hasher = Hasher::default();
    read(file, path, |bytes| {
        hasher.add(bytes);
        done += bytes.len() as u64;
        match progress(done, all).is_break() {
            true => Err(ModelsError::Canceled),
            false => Ok(()),
        }
    })?;
    Ok(hasher.digits())
}

/// Passes the bytes of a file to `take`, one buffer at a time.
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

/// The checksum of a stream of bytes.
#[derive(Default)]
pub(super) struct Hasher(Sha256);

impl Hasher {
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

/// The file that records the checksums of a model.
pub(super) fn record_path(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.sha256"))
}

/// Checksums and paths in the format of `sha256sum`, weights first.
pub(super) fn record(sums: &[(String, PathBuf)]) -> String {
    let line = |(sum, path): &(String, PathBuf)| {
        let path = path.to_string_lossy().replace('\\', "/");
        format!("{sum}  {path}\n")
    };
    sums.iter().map(line).collect()
}

/// The recorded checksum of a model's weights, if there is one.
pub(super) fn recorded(folder: &Path, name: &str) -> Option<String> {
    let record = fs::read(record_path(folder, name)).ok()?;
    let sum = std::str::from_utf8(record.get(..DIGITS)?).ok()?;
    let is_sum = sum.chars().all(|digit| digit.is_ascii_hexdigit());
    is_sum.then(|| sum.to_owned())
}
