//! Index of frames: the byte offset, line and energy of each.

use crate::chem::format::xyz::IndexedFrame;

/// Maximum number of frames in an index, 24 bytes each; the others of a file are left out, and its search
/// error says so. DCD has no such limit.
pub const MAX_FRAMES: u64 = 100_000_000;

/// Frames per block of the index. Blocks are never moved, so that the index takes no more than its size.
const BLOCK: usize = 1 << 16;

/// The frames found so far.
#[derive(Debug)]
pub(super) enum FrameIndex {
    /// Frames of different lengths.
    Listed(ListedFrames),
    /// Frames at offsets that follow from their number.
    Regular(RegularFrames),
}

/// Bytes of a frame, and the number of lines before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FrameSpan {
    pub(super) start: u64,
    pub(super) end: u64,
    pub(super) line: usize,
}

/// List of frames, 24 bytes for each.
#[derive(Debug, Default)]
pub(super) struct ListedFrames {
    blocks: Vec<Vec<Entry>>,
    /// Byte offset of the end of the last frame.
    end: u64,
}

/// A frame; it ends where the next one starts.
#[derive(Clone, Copy, Debug)]
struct Entry {
    start: u64,
    line: usize,
    /// eV; NaN if unknown.
    energy: f64,
}

/// Frames of the same length, but for the first.
#[derive(Clone, Copy, Debug)]
pub(super) struct RegularFrames {
    /// Byte offset of the first.
    pub(super) start: u64,
    /// Length of the first and of each other frame, bytes.
    pub(super) lengths: [u64; 2],
    pub(super) count: u64,
}

impl FrameIndex {
    /// This many frames without offsets; those in memory have none.
    pub(super) fn of_count(count: u64) -> FrameIndex {
        FrameIndex::Regular(RegularFrames {
            start: 0,
            lengths: [1, 1],
            count,
        })
    }

    /// Adds the next frame; false if there are too many.
    pub(super) fn push(&mut self, frame: &IndexedFrame) -> bool {
        if let FrameIndex::Regular(_) = self {
            *self = FrameIndex::Listed(ListedFrames::default());
        }
        match self {
            FrameIndex::Listed(frames) => frames.push(frame),
            FrameIndex::Regular(_) => false,
        }
    }

    /// Number of frames.
    pub(super) fn len(&self) -> u64 {
        match self {
            FrameIndex::Listed(frames) => frames.len(),
            FrameIndex::Regular(frames) => frames.count,
        }
    }

    /// Bytes of a frame.
    pub(super) fn span(&self, index: u64) -> Option<FrameSpan> {
        match self {
            FrameIndex::Listed(frames) => frames.span(index),
            FrameIndex::Regular(frames) => frames.span(index),
        }
    }

    /// Energy of a frame, eV, if it is known.
    pub(super) fn energy(&self, index: u64) -> Option<f64> {
        match self {
            FrameIndex::Listed(frames) => {
                let energy = frames.entry(index)?.energy;
                (!energy.is_nan()).then_some(energy)
            }
            FrameIndex::Regular(_) => None,
        }
    }
}

impl ListedFrames {
    /// Adds the next frame; false if there are too many.
    fn push(&mut self, frame: &IndexedFrame) -> bool {
        if self.len() >= MAX_FRAMES {
            return false;
        }
        if self.blocks.last().is_none_or(|block| block.len() == BLOCK) {
            // The first block grows; most files have few frames.
            let capacity = if self.blocks.is_empty() { 0 } else { BLOCK };
            self.blocks.push(Vec::with_capacity(capacity));
        }
        if let Some(block) = self.blocks.last_mut() {
            block.push(Entry {
                start: frame.start,
                line: frame.line,
                energy: frame.energy.unwrap_or(f64::NAN),
            });
        }
        self.end = frame.end;
        true
    }

    fn len(&self) -> u64 {
        let full = self.blocks.len().saturating_sub(1) * BLOCK;
        (full + self.blocks.last().map_or(0, Vec::len)) as u64
    }

    fn entry(&self, index: u64) -> Option<&Entry> {
        let index = usize::try_from(index).ok()?;
        self.blocks.get(index / BLOCK)?.get(index % BLOCK)
    }

    fn span(&self, index: u64) -> Option<FrameSpan> {
        let entry = self.entry(index)?;
        let next = self.entry(index + 1);
        Some(FrameSpan {
            start: entry.start,
            end: next.map_or(self.end, |next| next.start),
            line: entry.line,
        })
    }
}

impl RegularFrames {
    /// Sets the number of complete frames in this many bytes of the file; returns whether the last one is
    /// cut short.
    pub(super) fn set_bytes(&mut self, bytes: u64) -> bool {
        let [first, other] = self.lengths;
        match bytes.saturating_sub(self.start).checked_sub(first) {
            None => {
                self.count = 0;
                bytes > self.start
            }
            Some(behind_first) => {
                self.count = 1 + behind_first / other.max(1);
                behind_first % other.max(1) > 0
            }
        }
    }

    fn span(&self, index: u64) -> Option<FrameSpan> {
        let [first, other] = self.lengths;
        let start_of = |index: u64| match index {
            0 => self.start,
            _ => self.start + first + (index - 1) * other,
        };
        (index < self.count).then(|| FrameSpan {
            start: start_of(index),
            end: start_of(index + 1),
            line: 0,
        })
    }
}
