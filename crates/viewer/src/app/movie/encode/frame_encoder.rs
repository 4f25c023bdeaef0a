//! The interface of encoders, and of the files that they write.

use std::io::{self, Seek, Write};

/// Encoder of a sequence of frames.
pub(super) trait FrameEncoder {
    /// Appends a frame, RGBA with straight alpha, of the size given at the start.
    fn frame(&mut self, rgba: &[u8]) -> io::Result<()>;

    /// Writes the end and closes the file.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// An open file.
pub(super) trait Disk: Write + Seek + Send {}

impl<T: Write + Seek + Send> Disk for T {}
