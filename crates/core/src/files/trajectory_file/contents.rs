//! Contents of a trajectory file by format, and reading of one frame.

use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;

use super::content::ContentLines;
use super::found_frames::FoundFrames;
use super::frame_index::FrameSpan;
use crate::chem::format::{Configuration, ParseError, TrajectoryLayout, xyz};

/// Largest frame of XTC or DCD, bytes.
const MAX_FRAME_BYTES: u64 = 4 << 30;

/// How frames are read.
pub(super) enum Contents {
    /// Text of XYZ at byte offsets.
    Xyz,
    /// XTC or DCD at byte offsets.
    Layout(TrajectoryLayout),
    /// Frames in memory.
    Stored(Vec<Configuration>),
}

impl std::fmt::Debug for Contents {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Contents::Xyz => "Xyz",
            Contents::Layout(_) => "Layout",
            Contents::Stored(_) => "Stored",
        })
    }
}

/// Why a frame cannot be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReadError {
    #[error("its content has changed since it was opened: open it again")]
    Changed,
    #[error("a pipe or device has no frames to go back to: expected a regular file")]
    NotRegular,
    #[error("this frame has more than {MAX_FRAME_BYTES} bytes")]
    LargeFrame,
    #[error(transparent)]
    Parse(#[from] ParseError),
    #[error(transparent)]
    Read(#[from] io::Error),
}

impl Contents {
    /// Reads a frame, counted from 0; `None` if it has not been found.
    pub(super) fn read(
        &self,
        data: &Arc<File>,
        found: &FoundFrames,
        index: u64,
    ) -> Result<Option<Configuration>, ReadError> {
        let Some(span) = found.span(index) else {
            return Ok(None);
        };
        let at = usize::try_from(index).unwrap_or(usize::MAX);
        match self {
            Contents::Stored(frames) => Ok(frames.get(at).cloned()),
            Contents::Xyz => {
                let lines = ContentLines::between(Arc::clone(data), span.start, span.end);
                Ok(Some(xyz::read_frame(lines, span.line)?))
            }
            Contents::Layout(layout) => {
                let frame = bytes(data, span)?;
                let needs_first = layout.needs_first_frame() && index > 0;
                let first = match found.span(0).filter(|_| needs_first) {
                    Some(first) => bytes(data, first)?,
                    None => Vec::new(),
                };
                Ok(Some(layout.frame(at, &frame, &first)?))
            }
        }
    }
}

/// The bytes of a frame.
fn bytes(data: &Arc<File>, span: FrameSpan) -> Result<Vec<u8>, ReadError> {
    if span.end - span.start > MAX_FRAME_BYTES {
        return Err(ReadError::LargeFrame);
    }
    let mut bytes = Vec::new();
    ContentLines::between(Arc::clone(data), span.start, span.end).read_to_end(&mut bytes)?;
    Ok(bytes)
}
