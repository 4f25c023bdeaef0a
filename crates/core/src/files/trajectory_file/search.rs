//! Search for the frames of a trajectory file, by its format.

use std::io;
use std::sync::Arc;

use super::content::{Content, ContentLines};
use super::found_frames::FoundFrames;
use super::frame_index::{FrameIndex, MAX_FRAMES, RegularFrames};
use super::progress::Progress;
use crate::chem::Structure;
use crate::chem::format::xyz::{IndexedFrame, XyzIndexer};
use crate::chem::format::{Format, ParseError, TrajectoryLayout};

/// Why a search ended before the end of the file.
#[derive(Debug, thiserror::Error)]
pub(super) enum SearchError {
    /// The file cannot be read, or the search was stopped.
    #[error(transparent)]
    Read(#[from] io::Error),
    /// No further frame is found.
    #[error("no frames are found after this: {0}")]
    Damaged(ParseError),
    /// The last frame is not complete.
    #[error("the last frame is cut short and left out: {0}")]
    CutShort(ParseError),
    /// There are more frames than the index can hold.
    #[error("the file has more than {MAX_FRAMES} frames: the others are left out")]
    TooMany,
}

/// Bytes of a DCD file after which its number of frames is updated.
const PROGRESS_STEP: u64 = 64 << 20;

/// Largest header of a DCD file, bytes: those of 40 million fixed atoms.
const MAX_HEADER: u64 = 256 << 20;

/// Search of a file.
pub(super) struct Search<'a> {
    pub(super) path: &'a str,
    pub(super) progress: &'a Arc<Progress>,
    pub(super) found: &'a FoundFrames,
}

impl Search<'_> {
    /// Finds the frames of an XYZ file.
    pub(super) fn xyz(&self, content: Content) -> Result<(), SearchError> {
        let lines = ContentLines::search(content, Arc::clone(self.progress));
        let mut indexer = XyzIndexer::new(lines);
        let damaged = |error: ParseError| SearchError::Damaged(error.in_file(self.path));
        while let Some(frame) = indexer.next_frame().map_err(damaged)? {
            self.push(&frame)?;
        }
        match indexer.truncation() {
            Some(error) => Err(SearchError::CutShort(error.clone().in_file(self.path))),
            None => Ok(()),
        }
    }

    /// Reads the header of an XTC or DCD file.
    pub(super) fn layout(
        &self,
        content: &mut Content,
        topology: Arc<Structure>,
    ) -> Result<TrajectoryLayout, SearchError> {
        let mut length = 64 << 10;
        loop {
            let bytes = content.available(length)?.min(length);
            let mut beginning = vec![0; bytes as usize];
            let read = content.read_at(&mut beginning, 0)?;
            let beginning = &beginning[..read];
            let may_be_longer = Format::of_content(beginning) == Some(Format::Dcd)
                && bytes == length
                && length < MAX_HEADER;
            match TrajectoryLayout::read(beginning, Arc::clone(&topology)) {
                Err(_) if may_be_longer => length *= 16,
                layout => {
                    let named = |error: ParseError| error.in_file(self.path);
                    return layout.map_err(|error| SearchError::Damaged(named(error)));
                }
            }
        }
    }

    /// Finds the frames of an XTC file by the lengths in their headers.
    pub(super) fn xtc(
        &self,
        mut content: Content,
        layout: &TrajectoryLayout,
    ) -> Result<(), SearchError> {
        let mut start = layout.start();
        loop {
            self.progress.check()?;
            let mut head = [0; TrajectoryLayout::HEAD];
            let read = content.read_at(&mut head, start)?;
            if read == 0 {
                return Ok(());
            }
            let length = layout.length(&head[..read], start);
            let length = length.map_err(|error| SearchError::Damaged(error.in_file(self.path)))?;
            let end = start.saturating_add(length.unwrap_or(u64::MAX));
            if content.available(end)? < end {
                return Err(self.cut_short(start));
            }
            self.push(&IndexedFrame {
                start,
                end,
                line: 0,
                energy: None,
            })?;
            start = end;
            if let Content::File { .. } = content {
                self.progress.reach(start);
            }
        }
    }

    /// Finds the frames of a DCD file by their length.
    pub(super) fn dcd(
        &self,
        mut content: Content,
        layout: &TrajectoryLayout,
    ) -> Result<(), SearchError> {
        let mut frames = RegularFrames {
            start: layout.start(),
            lengths: [0, 1].map(|index| layout.fixed_length(index).unwrap_or(1)),
            count: 0,
        };
        let mut target = PROGRESS_STEP;
        loop {
            self.progress.check()?;
            let bytes = content.available(target)?;
            let is_cut_short = frames.set_bytes(bytes);
            self.found.set(FrameIndex::Regular(frames));
            if let Content::File { .. } = content {
                self.progress.reach(bytes);
            }
            let is_end = matches!(content, Content::File { .. }) || bytes < target;
            if is_end && is_cut_short {
                let [first, other] = frames.lengths;
                let whole = frames.count.checked_sub(1);
                let start = whole.map_or(0, |others| first + others * other);
                return Err(self.cut_short(frames.start + start));
            }
            if is_end {
                return Ok(());
            }
            target = bytes + PROGRESS_STEP;
        }
    }

    fn cut_short(&self, start: u64) -> SearchError {
        let expected = format!("a whole frame at byte {start}");
        let error = ParseError::whole(expected, "the end of the file");
        SearchError::CutShort(error.in_file(self.path))
    }

    /// Adds a frame to the index.
    fn push(&self, frame: &IndexedFrame) -> Result<(), SearchError> {
        match self.found.push(frame) {
            true => Ok(()),
            false => Err(SearchError::TooMany),
        }
    }
}
