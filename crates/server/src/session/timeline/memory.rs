//! Numbers, energies and marks of the frames in memory on the shown line.

use std::collections::VecDeque;
use std::sync::Arc;

use super::energy::EnergyRange;
use super::summary::{MAX_RUNS, NumberRun};
use mlipview_core::sim::Frame;
use mlipview_core::sim::playback::FrameAddress;
use mlipview_core::sim::timeline::{MarkKind, Timeline};

/// Frames read at a time, so that the simulation waits for the timeline only a moment.
const CHUNK: u64 = 1024;

/// Attempts to read frames while others are dropped.
const MAX_ATTEMPTS: usize = 8;

/// A frame without its atoms.
pub(super) struct Entry {
    pub(super) number: u64,
    pub(super) energy: EnergyRange,
    pub(super) mark: Option<MarkKind>,
}

/// The frames in memory on the shown line, oldest first.
#[derive(Default)]
pub(super) struct MemoryFrames {
    pub(super) entries: VecDeque<Entry>,
    /// The frame of the last entry.
    last: Option<Arc<Frame>>,
}

impl MemoryFrames {
    /// Reads new frames, and forgets dropped ones and those of another line.
    pub(super) fn update(&mut self, timeline: &Timeline) {
        let mut attempts = 0;
        while attempts < MAX_ATTEMPTS {
            let known = self.forget(timeline);
            // The last known frame is read again: what follows it belongs here.
            let overlap = known.min(1);
            let frames = timeline.frames_in_memory(known - overlap, CHUNK);
            let last = self.last.as_ref().filter(|_| overlap == 1);
            if last.is_some_and(|last| frames.first().is_none_or(|it| it.number != last.number)) {
                attempts += 1;
                continue;
            }
            let is_end = (frames.len() as u64) < CHUNK;
            for frame in frames.into_iter().skip(overlap as usize) {
                self.push(frame);
            }
            if is_end {
                return;
            }
        }
    }

    /// Forgets frames that are not on the shown line any more; returns the number of known ones.
    ///
    /// The frames before the last known one are its ancestors, so that those missing were dropped at the
    /// front.
    fn forget(&mut self, timeline: &Timeline) -> u64 {
        let file_frames = timeline.frames_of_file();
        let position = self
            .entries
            .back()
            .and_then(|last| timeline.position(FrameAddress::Memory(last.number)));
        let known = position.and_then(|position| (position + 1).checked_sub(file_frames));
        let known = known.and_then(|known| usize::try_from(known).ok());
        let known = known.filter(|known| *known <= self.entries.len());
        let dropped = self.entries.len() - known.unwrap_or(0);
        self.entries.drain(..dropped);
        if self.entries.is_empty() {
            self.last = None;
        }
        self.entries.len() as u64
    }

    fn push(&mut self, frame: Arc<Frame>) {
        let energy = frame.evaluation.as_ref().map(|it| it.energy as f32);
        let last = self.last.as_ref();
        self.entries.push_back(Entry {
            number: frame.number,
            energy: energy.map_or(EnergyRange::UNKNOWN, EnergyRange::of),
            mark: last.and_then(|last| MarkKind::between(last, &frame)),
        });
        self.last = Some(frame);
    }

    /// Runs of consecutive numbers, at most the newest [`MAX_RUNS`].
    pub(super) fn runs(&self) -> Vec<NumberRun> {
        let mut runs: VecDeque<NumberRun> = VecDeque::new();
        for Entry { number, .. } in &self.entries {
            match runs.back_mut() {
                Some(run) if run.first + run.frames == *number => run.frames += 1,
                _ => runs.push_back(NumberRun {
                    first: *number,
                    frames: 1,
                }),
            }
            if runs.len() > MAX_RUNS {
                runs.pop_front();
            }
        }
        runs.into()
    }
}
