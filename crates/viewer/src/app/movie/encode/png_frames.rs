//! Encoder of a PNG file per frame, and the names of these files.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use png::Compression;

use super::error::MovieError;
use super::format::is_folder;
use super::frame_encoder::{Disk, FrameEncoder};
use super::png_file;
use super::size::FrameSize;

/// Digits of numbers at most.
const MAX_DIGITS: usize = 9;

/// Names of the files of frames: a folder, and a number between two texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FrameNames {
    pub(super) folder: PathBuf,
    /// Whether the frames have the folder for themselves.
    pub(super) is_own_folder: bool,
    before: String,
    /// Digits at least, filled with zeros.
    digits: usize,
    after: String,
}

impl FrameNames {
    /// Names by a folder (`frames-%04d.png` inside), or by a pattern with one `%d` or `%04d` in the last
    /// component.
    ///
    /// # Errors
    /// If the pattern does not have exactly one place for the number.
    pub(super) fn of(path: &Path) -> Result<FrameNames, MovieError> {
        if is_folder(path) {
            return Ok(FrameNames {
                folder: path.to_owned(),
                is_own_folder: true,
                before: "frames-".to_owned(),
                digits: 4,
                after: ".png".to_owned(),
            });
        }
        let invalid = || MovieError::Pattern {
            path: path.to_owned(),
        };
        let name = path.file_name().and_then(|name| name.to_str());
        let (before, rest) = name
            .ok_or_else(invalid)?
            .split_once('%')
            .ok_or_else(invalid)?;
        let (digits, after) = rest.split_once('d').ok_or_else(invalid)?;
        let count = match digits.strip_prefix('0') {
            None if digits.is_empty() => 1,
            Some(count) => count.parse().map_err(|_| invalid())?,
            None => return Err(invalid()),
        };
        if after.contains('%') || !(1..=MAX_DIGITS).contains(&count) {
            return Err(invalid());
        }
        Ok(FrameNames {
            folder: path.parent().map(Path::to_owned).unwrap_or_default(),
            is_own_folder: false,
            before: before.to_owned(),
            digits: count,
            after: after.to_owned(),
        })
    }

    /// Name of a frame, counted from 1.
    pub(super) fn name(&self, number: u64) -> String {
        let (before, digits, after) = (&self.before, self.digits, &self.after);
        format!("{before}{number:0digits$}{after}")
    }

    /// Whether a file name is the name of some frame.
    pub(super) fn is_frame(&self, name: &str) -> bool {
        let rest = name.strip_prefix(self.before.as_str());
        let number = rest.and_then(|rest| rest.strip_suffix(self.after.as_str()));
        number.is_some_and(|number| {
            number.len() >= self.digits && number.bytes().all(|byte| byte.is_ascii_digit())
        })
    }
}

/// Encoder of a PNG file per frame.
pub(super) struct PngFrames {
    /// Folder to write into.
    pub(super) folder: PathBuf,
    pub(super) names: FrameNames,
    pub(super) size: FrameSize,
    pub(super) transparent: bool,
    /// Buffer of an open file.
    pub(super) open: fn(File) -> Box<dyn Disk>,
    /// Frames so far.
    pub(super) count: u64,
}

impl FrameEncoder for PngFrames {
    fn frame(&mut self, rgba: &[u8]) -> io::Result<()> {
        self.count += 1;
        let file = File::create_new(self.folder.join(self.names.name(self.count)))?;
        let disk = (self.open)(file);
        let compression = Compression::Fast;
        png_file::write(disk, self.size, rgba, self.transparent, compression, None)
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::FrameNames;

    #[test]
    fn frames_are_numbered_by_the_pattern() {
        let name = |pattern: &str, number| FrameNames::of(Path::new(pattern)).unwrap().name(number);
        assert_eq!(name("a/frames-%04d.png", 7), "frames-0007.png");
        assert_eq!(name("%d.png", 12), "12.png");
        assert_eq!(name("x%02dy.png", 123), "x123y.png");
        assert_eq!(name("folder/", 1), "frames-0001.png");
    }

    #[test]
    fn invalid_patterns_are_rejected() {
        let invalid = [
            "%.png",
            "%x.png",
            "%4d.png",
            "%00d.png",
            "%010d.png",
            "%d-%d.png",
            "%-1d.png",
        ];
        for pattern in invalid {
            assert!(FrameNames::of(Path::new(pattern)).is_err(), "{pattern}");
        }
    }

    #[test]
    fn names_of_frames_are_recognized() {
        let names = FrameNames::of(Path::new("a-%03d.png")).unwrap();
        assert!(names.is_frame("a-001.png") && names.is_frame("a-1234.png"));
        assert!(!names.is_frame("a-01.png") && !names.is_frame("a-xyz.png"));
        assert!(!names.is_frame("b-001.png") && !names.is_frame("a-001.png.part"));
    }
}
