//! What is asked of the headset: how it blends, what it lets hands feel, how sharp it is to be.

use bevy::prelude::*;

use super::seen::{Blend, Side};

/// A trembling of one hand's controller.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pulse {
    /// Which hand's.
    pub side: Side,
    /// How strong, 0 to 1.
    pub amplitude: f32,
    /// How long, s.
    pub seconds: f32,
    /// How fast, Hz; `None` leaves it to the runtime.
    pub frequency: Option<f32>,
}

/// What is asked of the headset.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct Wishes {
    /// How the picture is put before the room; one of those that are offered.
    pub blend: Blend,
    /// Pulses to be given, at most one for each hand; whoever gives them empties it.
    pulses: [Option<Pulse>; 2],
    /// Drawn pixels for each pixel that the runtime recommends, along each axis.
    pub sharpness: f32,
}

impl Default for Wishes {
    fn default() -> Wishes {
        Wishes {
            blend: Blend::Opaque,
            pulses: [None; 2],
            sharpness: 1.0,
        }
    }
}

impl Wishes {
    /// Lets a hand feel something; the newest for each hand wins.
    pub fn pulse(&mut self, pulse: Pulse) {
        self.pulses[pulse.side.index()] = Some(pulse);
    }

    /// The pulses that are to be given.
    pub fn pulses(&self) -> impl Iterator<Item = Pulse> {
        self.pulses.into_iter().flatten()
    }

    /// The pulses that are to be given, once.
    pub fn take_pulses(&mut self) -> impl Iterator<Item = Pulse> {
        std::mem::take(&mut self.pulses).into_iter().flatten()
    }
}
