//! Output to the headset: blend mode, haptics, render scale.

use bevy::prelude::*;

use super::blend_mode::BlendMode;
use super::hand_input::Side;

/// A vibration of one controller.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HapticPulse {
    /// The hand.
    pub side: Side,
    /// Amplitude, 0 to 1.
    pub amplitude: f32,
    /// Duration, s.
    pub seconds: f32,
    /// Frequency, Hz; `None` leaves it to the runtime.
    pub frequency: Option<f32>,
}

/// Output to the headset for the next frame.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct HeadsetOutput {
    /// The blend mode, one of those that the display supports.
    pub blend_mode: BlendMode,
    /// Pending pulses, at most one for each hand.
    pulses: [Option<HapticPulse>; 2],
    /// Rendered pixels per pixel that the runtime recommends, along each axis.
    pub render_scale: f32,
}

impl Default for HeadsetOutput {
    fn default() -> HeadsetOutput {
        HeadsetOutput {
            blend_mode: BlendMode::Opaque,
            pulses: [None; 2],
            render_scale: 1.0,
        }
    }
}

impl HeadsetOutput {
    /// Queues a pulse, in place of a pending one of the same hand.
    pub fn pulse(&mut self, pulse: HapticPulse) {
        self.pulses[pulse.side.index()] = Some(pulse);
    }

    /// The pending pulses.
    pub fn pulses(&self) -> impl Iterator<Item = HapticPulse> {
        self.pulses.into_iter().flatten()
    }

    /// Removes and returns the pending pulses.
    pub fn take_pulses(&mut self) -> impl Iterator<Item = HapticPulse> {
        std::mem::take(&mut self.pulses).into_iter().flatten()
    }
}
