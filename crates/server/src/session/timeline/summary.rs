//! Summary of a timeline, as clients receive it.

use super::energy::EnergyColumn;
use mlipview_core::sim::frame::Activity;
use mlipview_core::sim::playback::FrameAddress;
use mlipview_core::sim::timeline::{LineSummary, MarkKind};

/// Maximum number of columns of the energy curve, and of marks.
pub const MAX_COLUMNS: usize = 512;

/// Maximum number of runs of consecutive numbers; older ones are left out.
pub const MAX_RUNS: usize = 256;

/// Maximum number of lines; older ones are left out.
pub const MAX_LINES: usize = 256;

/// Summary of a timeline. Positions count the frames of the shown line from 0, those of the file first.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineSummary {
    /// Number of the summary; it rises with every change.
    pub revision: u64,
    /// Name of the opened trajectory file; empty if there is none.
    pub file: String,
    /// Number of frames of the file on the shown line.
    pub file_frames: u64,
    /// Fraction of the file that has been searched for frames, 0 to 1.
    pub searched: f64,
    /// Why the search ended before the end of the file; empty if it did not.
    pub search_error: String,
    /// Number of frames in memory on the shown line.
    pub memory_frames: u64,
    /// Number of the first frame in memory; 0 if there is none.
    pub first: u64,
    /// Number of the last frame in memory; 0 if there is none.
    pub last: u64,
    /// Numbers of the frames in memory, by rising position; at most the newest [`MAX_RUNS`].
    pub runs: Vec<NumberRun>,
    /// Marks by rising position, at most one for each column of the energy curve.
    pub marks: Vec<ShownMark>,
    /// All lines, at most the newest [`MAX_LINES`].
    pub lines: Vec<LineSummary>,
    /// Energy curve, at most [`MAX_COLUMNS`].
    pub energy: Vec<EnergyColumn>,
    /// Activity of the simulation.
    pub activity: Activity,
}

impl TimelineSummary {
    /// Whether another summary differs in its revision only.
    pub fn says_same(&self, other: &TimelineSummary) -> bool {
        let revision = self.revision;
        *self
            == TimelineSummary {
                revision,
                ..other.clone()
            }
    }
}

/// Consecutive numbers of frames in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberRun {
    /// Number of the first frame.
    pub first: u64,
    /// Number of frames.
    pub frames: u64,
}

/// A mark on the shown line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShownMark {
    /// Position of its frame.
    pub position: u64,
    /// Address of its frame.
    pub address: FrameAddress,
    /// The kind of the mark.
    pub kind: MarkKind,
}
