//! Encoder of videos: frames through a pipe to ffmpeg.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::process::{Child, Stdio};

use super::ffmpeg::{Run, command, even};
use super::frame_encoder::FrameEncoder;
use super::size::FrameSize;

/// Length of the end of ffmpeg's messages that errors quote, bytes.
const MESSAGE: u64 = 1000;

/// Error of ffmpeg.
#[derive(Debug, thiserror::Error)]
#[error("ffmpeg failed: {message}")]
struct FfmpegError {
    /// The end of its messages.
    message: String,
}

/// Encoder of videos by ffmpeg; ends it when dropped.
pub(super) struct Video {
    size: FrameSize,
    child: Child,
    /// Messages of ffmpeg, in a file without a name: a pipe that nobody reads would stop it.
    messages: File,
    has_ended: bool,
}

impl Video {
    /// Starts ffmpeg.
    pub(super) fn start(program: &Path, run: &Run) -> io::Result<Video> {
        let messages = tempfile::tempfile()?;
        let child = command(program)
            .args(run.arguments())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(messages.try_clone()?)
            .spawn()?;
        Ok(Video {
            size: run.size,
            child,
            messages,
            has_ended: false,
        })
    }

    /// Writes a frame; the last column and row are repeated up to an even size.
    fn write(&mut self, rgba: &[u8]) -> io::Result<()> {
        let Some(pipe) = &mut self.child.stdin else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let [width, height] = even(self.size);
        if [width, height] == [self.size.width(), self.size.height()] {
            return pipe.write_all(rgba);
        }
        let row = 4 * self.size.width() as usize;
        let repeats = (width - self.size.width()) as usize;
        let mut padded = Vec::with_capacity(4 * width as usize);
        for pixels in rgba.chunks_exact(row) {
            padded.clear();
            padded.extend_from_slice(pixels);
            for _ in 0..repeats {
                padded.extend_from_slice(&pixels[row - 4..]);
            }
            pipe.write_all(&padded)?;
        }
        for _ in self.size.height()..height {
            pipe.write_all(&padded)?;
        }
        Ok(())
    }

    /// Waits for the end of ffmpeg; an error with its messages if it failed.
    fn wait(&mut self) -> io::Result<()> {
        // The end of the input.
        drop(self.child.stdin.take());
        let status = self.child.wait()?;
        self.has_ended = true;
        if status.success() {
            return Ok(());
        }
        let message = match self.last_messages() {
            Ok(text) if !text.is_empty() => text,
            _ => status.to_string(),
        };
        Err(io::Error::other(FfmpegError { message }))
    }

    fn last_messages(&mut self) -> io::Result<String> {
        let length = self.messages.seek(SeekFrom::End(0))?;
        let start = length.saturating_sub(MESSAGE);
        self.messages.seek(SeekFrom::Start(start))?;
        let mut bytes = Vec::new();
        (&self.messages).take(MESSAGE).read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).trim().to_owned())
    }
}

impl FrameEncoder for Video {
    fn frame(&mut self, rgba: &[u8]) -> io::Result<()> {
        self.write(rgba).map_err(|error| {
            // A closed pipe: ffmpeg has ended, and its messages say why.
            if error.kind() == io::ErrorKind::BrokenPipe {
                self.wait().err().unwrap_or(error)
            } else {
                error
            }
        })
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.wait()
    }
}

impl Drop for Video {
    fn drop(&mut self) {
        if !self.has_ended {
            // It may have ended by itself; Drop cannot report errors.
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}
