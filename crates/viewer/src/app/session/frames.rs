//! The frames of the timeline that a session keeps.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use mlipview_core::session_file::{EmbeddedFrames, TimelineContents};
use mlipview_core::sim::{Frame, Timeline};

/// Maximum number of rows of positions of the frames in a session; more frames are thinned out.
const MAX_ROWS: usize = 1_000_000;

/// Frames that a session is to keep.
pub enum SavedFrames {
    /// A link to the opened recording or trajectory.
    File(PathBuf),
    /// Frames in memory, each n-th of them.
    Memory(Vec<Arc<Frame>>),
}

impl SavedFrames {
    /// The frames of a timeline; `path` is the opened file, if its frames are shown.
    pub fn of(timeline: &Timeline, path: Option<&Path>) -> SavedFrames {
        let mut frames = Vec::new();
        match (timeline.source(), path) {
            // The frames of an opened session are kept in the new one.
            (Some(source), path) if path.is_none_or(is_session_path) => {
                let stored = (0..source.len()).filter_map(|index| source.read(index).ok());
                frames.extend(stored);
            }
            (Some(_), Some(path)) => return SavedFrames::File(path.to_path_buf()),
            _ => {}
        }
        frames.extend(timeline.frames_in_memory(0, u64::MAX));
        let rows: usize = frames.iter().map(|frame| frame.positions.len()).sum();
        let stride = rows / MAX_ROWS + 1;
        // The newest frame is always among them.
        let frames = frames.into_iter().rev().step_by(stride);
        let mut frames: Vec<Arc<Frame>> = frames.collect();
        frames.reverse();
        SavedFrames::Memory(frames)
    }

    /// The saved session, as a notice names it; `in_memory` frames belong to the simulation.
    pub(super) fn in_words(&self, in_memory: usize) -> &'static str {
        match self {
            // The first frame in memory is that of the opened file.
            SavedFrames::File(_) if in_memory > 1 => {
                "the session with a link to its file, but without the frames of the simulation \
                 (record them to keep them),"
            }
            SavedFrames::File(_) => "the session with a link to its file",
            SavedFrames::Memory(_) => "the session",
        }
    }

    /// The contents of a session file in a folder, for a session with this frame's structure.
    pub(super) fn contents(&self, folder: &Path, live: &Frame) -> TimelineContents {
        match self {
            SavedFrames::File(path) => TimelineContents::File(relative(path, folder)),
            SavedFrames::Memory(frames) if frames.len() < 2 => TimelineContents::Empty,
            SavedFrames::Memory(frames) => {
                let mut embedded = EmbeddedFrames::of(frames, &live.structure());
                embedded.frames.iter_mut().for_each(|frame| frame.shorten());
                TimelineContents::Embedded(embedded)
            }
        }
    }
}

fn is_session_path(path: &Path) -> bool {
    super::is_session(&path.to_string_lossy())
}

/// A path from a folder, with `/` between folders; absolute if it is elsewhere.
fn relative(path: &Path, folder: &Path) -> String {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let (path, folder) = (absolute(path), absolute(folder));
    let inside = path.strip_prefix(&folder).unwrap_or(&path);
    inside.to_string_lossy().replace('\\', "/")
}
