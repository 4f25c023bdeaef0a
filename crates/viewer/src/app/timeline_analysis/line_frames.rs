//! Frames of the shown line of a timeline, one batch after the other.

use std::sync::Arc;

use mlipview_core::sim::timeline::{FrameSource, FrameSourceError};
use mlipview_core::sim::{Frame, FrameAddress, Timeline};

use super::frame_index::FrameIndex;

/// Maximum number of frames in memory of a batch.
const BATCH: u64 = 64;

/// A frame of the line, or why it cannot be read.
pub(super) struct LineFrame {
    pub(super) address: FrameAddress,
    pub(super) frame: Result<Arc<Frame>, FrameSourceError>,
    /// Potential energy by the index of the file, eV.
    pub(super) indexed_energy: Option<f64>,
}

/// The next frames of a line.
pub(super) enum NextFrames {
    /// Frames that follow.
    Frames(Vec<LineFrame>),
    /// None for now.
    End,
    /// The line is another one: the analysis begins again.
    Changed,
}

/// The frames after those of an index, on the line of a version of the timeline. Frames in memory come after
/// all frames of the file have been found.
pub(super) fn next_frames(timeline: &Timeline, version: u64, index: &FrameIndex) -> NextFrames {
    let of_file = timeline.frames_of_file();
    let source = timeline.source();
    let frames = if index.of_file() < of_file {
        match (&source, index.newest()) {
            (Some(source), None) => vec![read(source.as_ref(), index.of_file())],
            _ => return NextFrames::Changed,
        }
    } else if source.is_some_and(|source| is_searching(source.as_ref(), of_file)) {
        Vec::new()
    } else {
        in_memory(timeline, index.newest())
    };
    // Another thread may have changed the line meanwhile.
    if timeline.version() != version {
        NextFrames::Changed
    } else if frames.is_empty() {
        NextFrames::End
    } else {
        NextFrames::Frames(frames)
    }
}

/// Whether more frames of the file may come before those in memory.
pub(super) fn is_searching(source: &dyn FrameSource, of_file: u64) -> bool {
    let is_done = source.searched() >= 1.0 || source.search_error().is_some();
    !is_done && of_file >= source.len()
}

fn read(source: &dyn FrameSource, index: u64) -> LineFrame {
    LineFrame {
        address: FrameAddress::File(index),
        frame: source.read(index),
        indexed_energy: source.energy(index),
    }
}

/// The frames in memory after the frame of a number, oldest first, at most a batch.
fn in_memory(timeline: &Timeline, newest: Option<u64>) -> Vec<LineFrame> {
    let is_new = |frame: &Arc<Frame>| newest.is_none_or(|newest| frame.number > newest);
    loop {
        // The last frame again shows that none between was missed, as when the oldest are dropped meanwhile.
        let position = newest.and_then(|number| timeline.position(FrameAddress::Memory(number)));
        let from = position.map(|position| position.saturating_sub(timeline.frames_of_file()));
        let frames = timeline.frames_in_memory(from.unwrap_or(0), BATCH);
        let first = frames.first().map(|frame| frame.number);
        if position.is_some() && first != newest && first.is_some() {
            continue;
        }
        let new = frames.into_iter().filter(is_new);
        return new
            .map(|frame| LineFrame {
                address: FrameAddress::Memory(frame.number),
                frame: Ok(frame),
                indexed_energy: None,
            })
            .collect();
    }
}
