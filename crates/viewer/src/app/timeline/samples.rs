//! Samples of the frames in memory: number, time, energy and marks, for the bar and its curve.

use std::collections::VecDeque;

use mlipview_core::sim::timeline::MarkKind;
use mlipview_core::sim::{Frame, Timeline};

/// Sample of a frame in memory.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FrameSample {
    /// Number of the frame.
    pub number: u64,
    /// Simulated time, fs.
    pub time: f64,
    /// Potential energy, eV; NaN if unknown.
    pub energy: f64,
    /// Event since the frame before.
    pub mark: Option<MarkKind>,
}

impl FrameSample {
    fn of(frame: &Frame, before: Option<&Frame>) -> FrameSample {
        let evaluation = frame.evaluation.as_ref();
        FrameSample {
            number: frame.number,
            time: frame.time,
            energy: evaluation.map_or(f64::NAN, |evaluation| evaluation.energy),
            mark: before.and_then(|before| MarkKind::between(before, frame)),
        }
    }
}

/// Maximum number of frames that are read from the timeline at a time.
const BATCH: u64 = 4096;

/// Samples of the frames in memory of the shown line, oldest first.
#[derive(Default)]
pub struct Samples {
    samples: VecDeque<FrameSample>,
    newest: Option<std::sync::Arc<Frame>>,
    /// Version of the timeline when they were taken.
    version: Option<u64>,
}

impl Samples {
    /// Number of samples.
    pub fn len(&self) -> usize {
        self.samples.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.samples.is_empty()
    }

    /// The sample at an index.
    pub fn get(&self, index: usize) -> Option<&FrameSample> {
        self.samples.get(index)
    }

    /// Index of the frame of a number.
    pub fn index_of(&self, number: u64) -> Option<usize> {
        let search = |sample: &FrameSample| sample.number;
        self.samples.binary_search_by_key(&number, search).ok()
    }

    /// The samples, oldest first.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &FrameSample> {
        self.samples.iter()
    }

    /// Takes the frames that were recorded since, and drops those that the timeline has dropped.
    pub(super) fn update(&mut self, timeline: &Timeline) {
        if self.version.replace(timeline.version()) != Some(timeline.version()) {
            self.samples.clear();
            self.newest = None;
        }
        let oldest = timeline.oldest_in_memory();
        while self
            .samples
            .front()
            .is_some_and(|first| oldest.is_none_or(|it| first.number < it))
        {
            self.samples.pop_front();
        }
        loop {
            let frames = timeline.frames_in_memory(self.samples.len() as u64, BATCH);
            for frame in &frames {
                let sample = FrameSample::of(frame, self.newest.as_deref());
                self.samples.push_back(sample);
                self.newest = Some(std::sync::Arc::clone(frame));
            }
            if frames.len() < BATCH as usize {
                return;
            }
        }
    }
}
