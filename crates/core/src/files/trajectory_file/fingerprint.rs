//! Fingerprint of a file: how a change of its content is noticed.

use std::fs::{File, Metadata};
use std::io;
use std::time::SystemTime;

use super::positioned::read_full_at;

/// Bytes that are compared at the beginning and the end.
const SAMPLE: u64 = 4 << 10;

/// Length, time of change, and bytes at both ends of a file when it was opened.
#[derive(Debug)]
pub(super) struct Fingerprint {
    bytes: u64,
    modified: Option<SystemTime>,
    samples: [Vec<u8>; 2],
}

impl Fingerprint {
    pub(super) fn of(file: &File) -> io::Result<Fingerprint> {
        let (bytes, modified) = state(&file.metadata()?);
        let samples = samples(file, bytes)?;
        Ok(Fingerprint {
            bytes,
            modified,
            samples,
        })
    }

    /// Number of bytes when the file was opened.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Whether a file still has the content that it had; bytes may have been added at its end. A change
    /// that leaves the length and both ends as they were is not noticed.
    pub(super) fn is_of(&self, file: &File) -> bool {
        let Ok(metadata) = file.metadata() else {
            return false;
        };
        let (bytes, modified) = state(&metadata);
        if bytes == self.bytes && modified == self.modified {
            return true;
        }
        bytes >= self.bytes && samples(file, self.bytes).is_ok_and(|now| now == self.samples)
    }
}

fn state(metadata: &Metadata) -> (u64, Option<SystemTime>) {
    (metadata.len(), metadata.modified().ok())
}

/// The bytes at both ends of the first `bytes` of a file.
fn samples(file: &File, bytes: u64) -> io::Result<[Vec<u8>; 2]> {
    let length = bytes.min(SAMPLE);
    let sample = |offset: u64| {
        let mut sample = vec![0; length as usize];
        let read = read_full_at(file, &mut sample, offset)?;
        sample.truncate(read);
        Ok(sample)
    };
    let start: io::Result<Vec<u8>> = sample(0);
    Ok([start?, sample(bytes - length)?])
}
