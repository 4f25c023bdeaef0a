//! The frames of the timeline that a session keeps.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::thinning::Thinning;
use mlipview_core::session_file::{EmbeddedFrames, LinkedFrames, TimelineContents};
use mlipview_core::sim::{Frame, FrameAddress, Timeline};

/// Frames that a session is to keep.
pub struct SavedFrames {
    /// The opened recording or trajectory, if there is one.
    file: Option<LinkedFile>,
    /// The kept ones of the frames after those of the file.
    frames: Vec<Arc<Frame>>,
    pub(super) thinning: Thinning,
    /// Number of frames that cannot be read.
    unreadable: usize,
}

/// The recording or trajectory that a session links to.
struct LinkedFile {
    path: PathBuf,
    /// Number of its frames on the shown line; `None`: all.
    count: Option<u64>,
}

impl SavedFrames {
    /// The frames of the shown line of a timeline.
    pub fn of(timeline: &Timeline) -> SavedFrames {
        let stored = timeline.frames_of_file();
        let source = timeline.source();
        let file = source.as_ref().and_then(|source| source.file());
        let linked = file.as_ref().map_or(0, |file| stored.min(file.count));
        let mut unreadable = 0;
        let mut frames = Vec::new();
        for index in linked..stored {
            match timeline.frame(FrameAddress::File(index)) {
                Ok(frame) => frames.push(frame),
                Err(_) => unreadable += 1,
            }
        }
        let in_memory = timeline.frames_in_memory(0, u64::MAX);
        // A single frame in memory is that of the opened file, which the session has as its structure.
        if stored == 0 || in_memory.len() > 1 {
            frames.extend(in_memory);
        }
        let rows = frames.iter().map(|frame| frame.positions.len()).sum();
        let thinning = Thinning::of(linked, frames.len(), rows);
        let kept = (0..)
            .zip(frames)
            .filter(|(index, _)| thinning.keeps(*index));
        SavedFrames {
            file: file.map(|file| LinkedFile {
                count: Some(linked).filter(|linked| !file.is_whole || *linked < file.count),
                path: file.path,
            }),
            frames: kept.map(|(_, frame)| frame).collect(),
            thinning,
            unreadable,
        }
    }

    /// The saved session, as a notice names it.
    pub(super) fn in_words(&self) -> String {
        let mut words = "the session".to_owned();
        if self.file.is_some() {
            words += " with a link to its file";
        }
        if self.thinning.stride > 1 {
            let stride = self.thinning.stride;
            words += &format!(", with one of {stride} frames (record them to keep all),");
        }
        match self.unreadable {
            0 => {}
            1 => words += ", without 1 frame that cannot be read,",
            count => words += &format!(", without {count} frames that cannot be read,"),
        }
        words
    }

    /// The contents of a session file in a folder, for a session with this frame's structure; `names` are the
    /// ids of frames with their positions in the timeline.
    pub(super) fn contents(
        &self,
        folder: &Path,
        live: &Frame,
        names: &HashMap<String, u64>,
    ) -> TimelineContents {
        let embedded = || {
            let mut embedded = EmbeddedFrames::of(&self.frames, &live.structure());
            embedded.frames.iter_mut().for_each(|frame| frame.shorten());
            for (name, position) in names {
                let position = self.thinning.position(*position);
                let index = position.checked_sub(self.thinning.linked);
                let index = index.and_then(|index| usize::try_from(index).ok());
                if let Some(frame) = index.and_then(|index| embedded.frames.get_mut(index)) {
                    frame.id = Some(name.clone());
                }
            }
            embedded
        };
        match &self.file {
            None if self.frames.len() < 2 => TimelineContents::Empty,
            None => TimelineContents::Embedded(embedded()),
            Some(file) if self.frames.is_empty() && file.count.is_none() => {
                TimelineContents::File(relative(&file.path, folder))
            }
            Some(file) => TimelineContents::Linked(LinkedFrames {
                file: relative(&file.path, folder),
                count: file.count,
                continued: embedded(),
            }),
        }
    }
}

/// A path from a folder, with `/` between folders; absolute if it is elsewhere.
fn relative(path: &Path, folder: &Path) -> String {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let (path, folder) = (absolute(path), absolute(folder));
    let inside = path.strip_prefix(&folder).unwrap_or(&path);
    inside.to_string_lossy().replace('\\', "/")
}
