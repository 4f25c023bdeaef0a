//! The timeline: recorded frames in memory and of an opened trajectory file, for playback.
//!
//! A simulation that continues from an earlier frame begins a new line; the frames after the branch
//! stay on the other line until memory is short.

mod contents;
mod line;
mod mark;
pub mod playback;
mod source;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use glam::DVec3;

use super::frame::Frame;
use super::playback::{FrameAddress, PlaybackStatus};
use crate::script::{PlayedScript, ShownScript, TimelineExtent};
use contents::Contents;

pub use contents::LineSummary;
pub use mark::{Mark, MarkKind};
pub use source::{FrameSource, FrameSourceError, FramesOfFile};

/// Default memory of recorded frames, bytes.
pub const DEFAULT_MEMORY: usize = 256 << 20;

/// Recorded frames, oldest first, bounded in memory; clones share them.
///
/// At the bound, the frames after old branches are dropped, then the oldest frames. Frames of an opened
/// file take no memory here. Positions count the frames of the shown line from 0, those of the file
/// first.
///
/// ```
/// use mlipview_core::chem::Structure;
/// use mlipview_core::sim::Engine;
/// use mlipview_core::sim::timeline::Timeline;
/// use mlipview_core::sim::playback::FrameAddress;
///
/// let timeline = Timeline::new(64 << 20);
/// let frame = Engine::new(Structure::empty(), None, 0).frame();
/// timeline.record(frame.clone());
/// assert_eq!(timeline.len(), 1);
/// assert_eq!(timeline.address(0), Some(FrameAddress::Memory(frame.number)));
/// ```
#[derive(Clone, Debug)]
pub struct Timeline {
    contents: Arc<Mutex<Contents>>,
    script: Arc<Mutex<Arc<PlayedScript>>>,
}

impl Default for Timeline {
    /// 256 MiB.
    fn default() -> Self {
        Timeline::new(DEFAULT_MEMORY)
    }
}

/// A frame that is not in a timeline.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NoFrame {
    /// Not in memory, or not any more.
    #[error("frame {address} is not in the timeline, which has {len} frames")]
    Absent {
        /// Its address.
        address: FrameAddress,
        /// Number of frames in the timeline.
        len: u64,
    },
    /// In the file, but unreadable.
    #[error(transparent)]
    Source(#[from] FrameSourceError),
}

impl Timeline {
    /// A timeline that keeps at most `max_bytes` of frames; it always keeps the newest.
    pub fn new(max_bytes: usize) -> Timeline {
        Timeline {
            contents: Arc::new(Mutex::new(Contents::new(max_bytes))),
            script: Arc::default(),
        }
    }

    /// The script of the frames; empty without one.
    pub fn script(&self) -> Arc<PlayedScript> {
        Arc::clone(&self.script.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Replaces the script.
    pub fn set_script(&self, script: Arc<PlayedScript>) {
        *self.script.lock().unwrap_or_else(PoisonError::into_inner) = script;
    }

    /// The state of the script at a shown frame with these positions of the atoms (Å); `None` without a
    /// script, or if the frame is not on the shown line.
    pub fn shown_script(&self, shown: &PlaybackStatus, positions: &[DVec3]) -> Option<ShownScript> {
        let position = self.position(shown.address)? as f64 + shown.fraction;
        let extent = self.extent(shown.rate);
        self.script().at(position, extent, positions)
    }

    /// The number of frames, and a rate of playback without script (frames/s).
    pub fn extent(&self, rate: f64) -> TimelineExtent {
        TimelineExtent {
            frames: self.len(),
            rate,
        }
    }

    /// Adds a frame, which is newer than all others, to the line of the simulation.
    pub fn record(&self, frame: Arc<Frame>) {
        self.lock().record(frame);
    }

    /// Forgets all frames; the frames of a file, if there is one, come before new ones.
    pub fn restart(&self, source: Option<Arc<dyn FrameSource>>) {
        self.lock().restart(source);
    }

    /// The opened trajectory file.
    pub fn source(&self) -> Option<Arc<dyn FrameSource>> {
        self.lock().source.clone()
    }

    /// Number of frames of the shown line, with those of the file that have been found.
    pub fn len(&self) -> u64 {
        self.lock().len()
    }

    /// Whether there are no frames.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Address of the frame at a position of the shown line.
    pub fn address(&self, position: u64) -> Option<FrameAddress> {
        self.lock().address(position)
    }

    /// Position of a frame in the shown line.
    pub fn position(&self, address: FrameAddress) -> Option<u64> {
        self.lock().position(address)
    }

    /// The frame of an address, on any line.
    ///
    /// # Errors
    /// [`NoFrame`] if there is none, or the file cannot be read.
    pub fn frame(&self, address: FrameAddress) -> Result<Arc<Frame>, NoFrame> {
        let contents = self.lock();
        match address {
            FrameAddress::Memory(number) => contents.frame(number).cloned().ok_or_else(|| {
                let len = contents.len();
                NoFrame::Absent { address, len }
            }),
            FrameAddress::File(index) => {
                let source = contents.source.clone();
                let len = contents.len();
                // Reading takes time, in which others use the timeline.
                drop(contents);
                let source = source.ok_or(NoFrame::Absent { address, len })?;
                Ok(source.read(index)?)
            }
        }
    }

    /// Potential energy of a frame, eV, if it is known: a recording may have energies without forces.
    pub fn energy(&self, address: FrameAddress) -> Option<f64> {
        let contents = self.lock();
        match address {
            FrameAddress::Memory(number) => {
                let evaluation = contents.frame(number)?.evaluation.as_ref();
                evaluation.map(|evaluation| evaluation.energy)
            }
            FrameAddress::File(index) => {
                let source = contents.source.clone();
                drop(contents);
                source?.energy(index)
            }
        }
    }

    /// Frames in memory of the shown line, from an index among them, at most `max`.
    pub fn frames_in_memory(&self, from: u64, max: u64) -> Vec<Arc<Frame>> {
        self.lock().frames_in_memory(from, max)
    }

    /// Number of frames of the file before the first in memory, on the shown line.
    pub fn frames_of_file(&self) -> u64 {
        self.lock().frames_of_file()
    }

    /// Number of the oldest frame in memory, on the shown line.
    pub fn oldest_in_memory(&self) -> Option<u64> {
        self.lock().oldest_in_memory()
    }

    /// Changes when another line is shown or begins, or a file is opened; not when a frame is recorded or
    /// the oldest are dropped.
    pub fn version(&self) -> u64 {
        self.lock().version
    }

    /// Memory of the frames, bytes.
    pub fn bytes(&self) -> usize {
        self.lock().bytes
    }

    /// All lines, the oldest first.
    pub fn lines(&self) -> Vec<LineSummary> {
        self.lock().lines()
    }

    /// Shows the line of a frame; without one, the line of the simulation.
    pub(super) fn show_line_of(&self, address: Option<FrameAddress>) {
        self.lock().show_line_of(address);
    }

    /// Begins a new line after a frame, unless that is the newest of its line.
    pub(super) fn branch_after(&self, address: FrameAddress) {
        self.lock().branch_after(address);
    }

    fn lock(&self) -> MutexGuard<'_, Contents> {
        self.contents.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
