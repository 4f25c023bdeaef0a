//! Frames found so far by a search, shared with the readers of frames.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::frame_index::{FrameIndex, FrameSpan};
use crate::chem::format::xyz::IndexedFrame;
use crate::files::FileError;

/// The index, and the end of the search.
#[derive(Debug)]
pub(super) struct FoundFrames {
    state: Mutex<State>,
    /// Signals the first frame, or the end of the search.
    first: Condvar,
}

/// State of a search.
#[derive(Debug)]
struct State {
    index: FrameIndex,
    has_ended: bool,
    error: Option<String>,
    /// Why there is no first frame.
    failure: Option<FileError>,
}

impl Default for FoundFrames {
    fn default() -> Self {
        FoundFrames {
            state: Mutex::new(State {
                index: FrameIndex::of_count(0),
                has_ended: false,
                error: None,
                failure: None,
            }),
            first: Condvar::new(),
        }
    }
}

impl FoundFrames {
    /// Number of frames.
    pub(super) fn len(&self) -> u64 {
        self.lock().index.len()
    }

    /// Bytes of a frame.
    pub(super) fn span(&self, index: u64) -> Option<FrameSpan> {
        self.lock().index.span(index)
    }

    /// Energy of a frame, eV, if it is known.
    pub(super) fn energy(&self, index: u64) -> Option<f64> {
        self.lock().index.energy(index)
    }

    /// Whether the search has ended.
    pub(super) fn has_ended(&self) -> bool {
        self.lock().has_ended
    }

    /// Why the search ended before the end of the file.
    pub(super) fn error(&self) -> Option<String> {
        self.lock().error.clone()
    }

    /// Adds a frame; false if there are too many.
    pub(super) fn push(&self, frame: &IndexedFrame) -> bool {
        let mut state = self.lock();
        let is_first = state.index.len() == 0;
        let is_added = state.index.push(frame);
        if is_first {
            self.first.notify_all();
        }
        is_added
    }

    /// Replaces the index.
    pub(super) fn set(&self, index: FrameIndex) {
        self.lock().index = index;
        self.first.notify_all();
    }

    /// Sets why the search ends: for display, and as the error of a file without frames.
    pub(super) fn set_error(&self, error: String, failure: Option<FileError>) {
        let mut state = self.lock();
        state.error = Some(error);
        state.failure = failure;
    }

    /// Marks the end of the search when the result is dropped, also after a panic.
    pub(super) fn end_later(&self) -> EndOfSearch<'_> {
        EndOfSearch(self)
    }

    /// Waits for the first frame or the end of the search; returns whether there is a frame, or else the
    /// error.
    pub(super) fn wait_for_first(&self) -> Result<bool, FileError> {
        let is_waiting = |state: &mut State| state.index.len() == 0 && !state.has_ended;
        let waited = self.first.wait_while(self.lock(), is_waiting);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        if state.index.len() > 0 {
            return Ok(true);
        }
        state.failure.take().map_or(Ok(false), Err)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Marks the end of a search when it is dropped.
pub(super) struct EndOfSearch<'a>(&'a FoundFrames);

impl Drop for EndOfSearch<'_> {
    fn drop(&mut self) {
        self.0.lock().has_ended = true;
        self.0.first.notify_all();
    }
}
