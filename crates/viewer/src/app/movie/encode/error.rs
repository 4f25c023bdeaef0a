//! Errors of movie files.

use std::io;
use std::path::PathBuf;

use super::format::{MovieFormat, UnknownFormat};
use super::plan::MAX_FRAMES;

/// Why a movie cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum MovieError {
    /// The extension names no format.
    #[error(transparent)]
    UnknownFormat(#[from] UnknownFormat),
    /// The pattern of frame files has no single place for a number.
    #[error(
        "invalid pattern {path}: expected one number such as %04d (1 to 9 digits) in the file name, as in \
         frames-%04d.png"
    )]
    Pattern {
        /// The pattern.
        path: PathBuf,
    },
    /// The target holds other files.
    #[error("{path} exists: remove the earlier frames, or choose another name")]
    Exists {
        /// An existing file, or a folder that is not empty.
        path: PathBuf,
    },
    /// The target is a device, a pipe or another special file.
    #[error("{path} is not a regular file: choose the name of a file")]
    NotAFile {
        /// The file.
        path: PathBuf,
    },
    /// The format has no transparent pixels.
    #[error(
        "{} has no transparency: choose .webm, .webp, .png or .gif, or an opaque background",
        format.title()
    )]
    NoTransparency {
        /// The format.
        format: MovieFormat,
    },
    /// ffmpeg cannot be run.
    #[error(
        "cannot run {program}, which encodes .mp4 and .webm ({reason}): install ffmpeg, or choose .gif, \
         .webp, .png (animated) or a folder of PNG frames, which need no other program"
    )]
    NoFfmpeg {
        /// The program.
        program: PathBuf,
        /// The error of the operating system, or of ffmpeg.
        reason: io::Error,
    },
    /// ffmpeg was built without an encoder.
    #[error(
        "{program} has no encoder for {} (expected one of {names}): install a full ffmpeg, or choose \
         another format",
        format.title()
    )]
    NoEncoder {
        /// The program.
        program: PathBuf,
        /// The format.
        format: MovieFormat,
        /// Encoders that would serve.
        names: String,
    },
    /// A frame has a wrong length.
    #[error("frame of {found} bytes: expected {expected} (RGBA)")]
    FrameLength {
        /// Bytes that were given.
        found: usize,
        /// Bytes of a frame.
        expected: usize,
    },
    /// Too many frames.
    #[error("too many frames: a movie has at most {MAX_FRAMES}")]
    TooManyFrames,
    /// No frames.
    #[error("no frames: a movie has at least one")]
    NoFrames,
    /// The movie ended with an earlier error.
    #[error("writing {path} has failed before: start again")]
    Failed {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be created or written.
    #[error("cannot write {path}: {reason}")]
    Write {
        /// The file.
        path: PathBuf,
        /// The error of the operating system, of the encoder or of ffmpeg.
        reason: io::Error,
    },
}
