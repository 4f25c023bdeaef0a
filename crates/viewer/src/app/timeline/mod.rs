//! The timeline in the window: samples of the recorded frames, playback options, and their actions.

mod actions;
mod curve;
mod samples;

use bevy::prelude::*;

use crate::schedule::ViewerSystems;
use crate::simulation::Simulation;
use mlipview_core::sim::timeline::playback::DEFAULT_RATE;
use mlipview_core::sim::timeline::{Play, Repeat};
use mlipview_core::sim::{FrameAddress, Timeline};

pub use curve::{Column, columns};
pub use samples::{FrameSample, Samples};

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

/// How frames are played from the bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaybackOptions {
    /// Frames per second.
    pub rate: f64,
    /// The first and last frame to play; `None`: all.
    pub range: Option<[FrameAddress; 2]>,
    /// Behavior at the end.
    pub repeat: Repeat,
    /// Whether positions between two frames are interpolated.
    pub interpolate: bool,
}

impl Default for PlaybackOptions {
    fn default() -> PlaybackOptions {
        PlaybackOptions {
            rate: DEFAULT_RATE,
            range: None,
            repeat: Repeat::default(),
            interpolate: false,
        }
    }
}

impl PlaybackOptions {
    /// Playback with these options, forward or backward.
    pub fn play(&self, backward: bool) -> Play {
        Play {
            rate: if backward { -self.rate } else { self.rate },
            range: self.range,
            repeat: self.repeat,
            interpolate: self.interpolate,
        }
    }
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
    fn update(&mut self, timeline: &Timeline) {
        self.samples.update(timeline);
        self.frames_of_file = timeline.frames_of_file();
        if let Some(range) = self.options.range
            && range.iter().any(|end| self.position(*end).is_none())
        {
            self.options.range = None;
        }
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<TimelineView>()
        .add_systems(
            Update,
            follow
                .in_set(ViewerSystems::Receive)
                .after(crate::scene::displayed::receive),
        )
        .add_systems(
            Update,
            (actions::carry_out, actions::update_play)
                .chain()
                .in_set(ViewerSystems::Steer),
        );
}

fn follow(simulation: Res<Simulation>, mut view: ResMut<TimelineView>) {
    view.bypass_change_detection().update(simulation.timeline());
}
