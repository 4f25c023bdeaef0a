//! Frames of a trajectory file or a recording, read one at a time.

use std::fmt::Debug;
use std::path::PathBuf;
use std::sync::Arc;

use super::mark::Mark;
use crate::sim::frame::Frame;

/// A trajectory file: its frames are found by an index, which may still grow, and read on demand.
///
/// All methods return at once, except [`FrameSource::read`], which reads one frame.
pub trait FrameSource: Debug + Send + Sync {
    /// Name for display: the file name.
    fn name(&self) -> &str;

    /// The file of the first frames, if they are in a file of their own, to which a session may link.
    fn file(&self) -> Option<FramesOfFile> {
        None
    }

    /// Number of frames found so far; it never falls.
    fn len(&self) -> u64;

    /// Whether no frame has been found yet.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Fraction of the file that has been searched for frames, 0 to 1; 1 when all are found.
    fn searched(&self) -> f64;

    /// Why the search ended before the end of the file, if it did; the frames before remain.
    fn search_error(&self) -> Option<String>;

    /// Reads a frame, by its index from 0. Frames with the same atoms share one
    /// [`Frame::identity`](crate::sim::Frame::identity).
    ///
    /// # Errors
    /// If the frame has not been found, or is damaged.
    fn read(&self, index: u64) -> Result<Arc<Frame>, FrameSourceError>;

    /// Potential energy of a frame, eV, if the index has it.
    fn energy(&self, index: u64) -> Option<f64>;

    /// Edits and starts of runs among the frames found so far, by rising address.
    fn marks(&self) -> Vec<Mark>;
}

/// The first frames of a source that are in a file of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FramesOfFile {
    /// The file.
    pub path: PathBuf,
    /// Number of frames found so far.
    pub count: u64,
    /// Whether they are all of the file, or will be.
    pub is_whole: bool,
}

/// Why a frame of a file cannot be shown.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FrameSourceError {
    /// No such frame.
    #[error("{name} has no frame {index}: expected 0 to {}", .len.saturating_sub(1))]
    NoSuchFrame {
        /// The file.
        name: String,
        /// The index that was asked for.
        index: u64,
        /// Number of frames found.
        len: u64,
    },
    /// The frame cannot be read.
    #[error("cannot read frame {index} of {name}: {reason}")]
    Unreadable {
        /// The file.
        name: String,
        /// The index of the frame.
        index: u64,
        /// Why.
        reason: String,
    },
}
