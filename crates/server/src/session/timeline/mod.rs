//! Summaries of the timeline of a room: numbers of frames, marks, lines and the energy curve.
//!
//! A [`TimelineTracker`] reads each frame once, so that an update costs little even for long timelines.

mod energy;
mod memory;
mod place;
mod summary;
mod tracker;

pub use energy::{EnergyColumn, EnergyRange};
pub use place::TimelinePlace;
pub use summary::{MAX_COLUMNS, MAX_LINES, MAX_RUNS, NumberRun, ShownMark, TimelineSummary};
pub use tracker::TimelineTracker;
