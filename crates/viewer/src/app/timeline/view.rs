//! The recorded frames as the timeline bar shows them.

use bevy::prelude::*;

use super::options::PlaybackOptions;
use super::samples::Samples;
use mlipview_core::sim::{FrameAddress, Timeline};

/// The recorded frames of the simulation, as the timeline bar shows them.
#[derive(Resource, Default)]
pub struct TimelineView {
    /// Samples of the frames in memory, on the shown line.
    pub samples: Samples,
    /// Number of frames of the opened file before those in memory, found so far.
    pub frames_of_file: u64,
    /// How frames are played.
    pub options: PlaybackOptions,
}

impl TimelineView {
    /// Number of frames.
    pub fn len(&self) -> u64 {
        self.frames_of_file + self.samples.len() as u64
    }

    /// Whether there are no frames.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Address of the frame at a position.
    pub fn address(&self, position: u64) -> Option<FrameAddress> {
        match position.checked_sub(self.frames_of_file) {
            None => Some(FrameAddress::File(position)),
            Some(index) => {
                let sample = self.samples.get(usize::try_from(index).ok()?)?;
                Some(FrameAddress::Memory(sample.number))
            }
        }
    }

    /// Position of a frame.
    pub fn position(&self, address: FrameAddress) -> Option<u64> {
        match address {
            FrameAddress::File(index) => (index < self.frames_of_file).then_some(index),
            FrameAddress::Memory(number) => {
                let index = self.samples.index_of(number)?;
                Some(self.frames_of_file + index as u64)
            }
        }
    }

    /// Takes new frames, and forgets those that the timeline has dropped.
    pub(super) fn update(&mut self, timeline: &Timeline) {
        self.samples.update(timeline);
        self.frames_of_file = timeline.frames_of_file();
        if let Some(range) = self.options.range
            && range.iter().any(|end| self.position(*end).is_none())
        {
            self.options.range = None;
        }
    }
}
