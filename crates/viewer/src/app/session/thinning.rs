//! Thinning of the frames that a session keeps: each n-th, so that the file stays small.

use mlipview_core::script::{FrameReference, Script};
use mlipview_core::session_file::MAX_FRAMES;

/// Maximum number of rows of positions of the frames in a session; more frames are thinned out.
const MAX_ROWS: usize = 1_000_000;

/// Choice of each n-th of the frames after those of a linked file. The newest is always among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Thinning {
    /// Number of frames of the linked file, which all stay.
    pub(super) linked: u64,
    /// Number of frames after them.
    pub(super) count: u64,
    /// One of this many is kept.
    pub(super) stride: u64,
}

impl Thinning {
    /// A choice of `count` frames with this number of rows of positions in all.
    pub(super) fn of(linked: u64, count: usize, rows: usize) -> Thinning {
        let stride = (rows.div_ceil(MAX_ROWS)).max(count.div_ceil(MAX_FRAMES));
        Thinning {
            linked,
            count: count as u64,
            stride: stride.max(1) as u64,
        }
    }

    /// Whether a frame is kept, by its index after the linked file.
    pub(super) fn keeps(&self, index: u64) -> bool {
        index < self.count && (self.count - 1 - index).is_multiple_of(self.stride)
    }

    /// Position in the session of the frame at a position of the timeline, or of the next one that is kept.
    pub(super) fn position(&self, position: u64) -> u64 {
        let Some(index) = position.checked_sub(self.linked) else {
            return position;
        };
        let first = self.count.saturating_sub(1) % self.stride;
        self.linked + index.saturating_sub(first).div_ceil(self.stride)
    }

    /// A script for the kept frames.
    pub(super) fn script(&self, script: &Script) -> Script {
        let mut script = script.clone();
        let ranges = script.messages.iter_mut().map(|message| &mut message.range);
        let ends = ranges.flat_map(|range| [&mut range.start, &mut range.end]);
        for frame in ends.flatten() {
            self.reference(frame);
        }
        script
    }

    fn reference(&self, frame: &mut FrameReference) {
        let signed = |position: u64| i64::try_from(position).unwrap_or(i64::MAX);
        let total = self.linked + self.count;
        if let Some(Ok(index)) = frame.index.map(u64::try_from) {
            frame.index = Some(signed(self.position(index)));
        }
        if let Some(offset) = frame.offset.filter(|offset| *offset < 0) {
            let position = total.saturating_sub(offset.unsigned_abs());
            let newest = self.position(total.saturating_sub(1));
            frame.offset = Some(signed(self.position(position)) - signed(newest) - 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kept_frame_has_its_position_and_dropped_ones_that_of_the_next() {
        for (linked, count, stride) in [(0, 10, 1), (0, 10, 3), (5, 11, 4), (7, 1, 9), (3, 0, 2)] {
            let thinning = Thinning {
                linked,
                count,
                stride,
            };
            let mut next = linked;
            for index in 0..count {
                assert_eq!(
                    thinning.position(linked + index),
                    next,
                    "{thinning:?} {index}"
                );
                next += u64::from(thinning.keeps(index));
            }
            assert!(count == 0 || thinning.keeps(count - 1), "the newest");
            assert!((0..linked).all(|position| thinning.position(position) == position));
        }
    }

    #[test]
    fn references_name_the_same_frames_afterwards() {
        let thinning = Thinning {
            linked: 5,
            count: 11,
            stride: 4,
        };
        // Kept: indices 2, 6 and 10, at positions 7, 11 and 15 of 16.
        let mut frame = FrameReference::at_index(11);
        thinning.reference(&mut frame);
        assert_eq!(frame.index, Some(6));
        for (offset, expected) in [(-1, -1), (-5, -2), (-9, -3), (-12, -4)] {
            let mut frame = FrameReference::at_offset(offset);
            thinning.reference(&mut frame);
            assert_eq!(frame.offset, Some(expected), "{offset}");
        }
    }

    #[test]
    fn both_bounds_of_a_session_are_kept() {
        let thinning = Thinning::of(0, 250_000, 750_000);
        assert_eq!(thinning.stride, 3);
        assert_eq!(Thinning::of(0, 10, 2_500_000).stride, 3);
        assert_eq!(Thinning::of(0, 0, 0).stride, 1);
    }
}
