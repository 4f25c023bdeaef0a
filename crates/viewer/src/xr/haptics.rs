//! Haptics: pulses when a hand hovers and grabs, and vibration by the force of a pull.

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::display::HeadsetDisplay;
use super::hand::{self, TrackedHands};
use super::hand_input::HandSource;
use super::output::{HapticPulse, HeadsetOutput};
use crate::interact::aim::Aims;
use crate::interact::gesture::{Gestures, Tool};
use crate::interact::hands::Pulls;
use crate::scene::selection::Target;
use mlipview_core::sim::constraint::Hand;

/// Maximum frame time that a pulse of a pull has to bridge, s.
const MAX_FRAME: f32 = 0.02;
/// Pulls below this fraction of the maximum force give no pulse.
const MIN_PULL: f32 = 0.02;
/// Amplitude (0 to 1) and duration (s) of the pulse at a new target.
const HOVER_PULSE: (f32, f32) = (0.25, 0.01);
/// Amplitude (0 to 1) and duration (s) of the pulse at grabbing.
const GRAB_PULSE: (f32, f32) = (0.7, 0.03);

/// Targets of one hand: pointed at, held and pulled.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct HandActivity {
    /// Target of its pointer.
    target: Option<Target>,
    /// Whether it holds atoms.
    holds: bool,
    /// The force of its pull as a fraction of the maximum, 0 to 1; `None` while it pulls nothing.
    pull: Option<f32>,
}

/// Resources that tell the activity of a hand.
#[derive(SystemParam)]
pub(super) struct Activities<'w> {
    aims: Res<'w, Aims>,
    gestures: Res<'w, Gestures>,
    pulls: Res<'w, Pulls>,
    tool: Res<'w, Tool>,
}

impl Activities<'_> {
    fn of(&self, hand: Hand) -> HandActivity {
        let pulls = self.pulls.0.iter().filter(|pull| pull.owner == hand);
        let fractions = pulls.map(|pull| (pull.force / self.tool.max_force) as f32);
        HandActivity {
            target: self.aims.of(hand).and_then(|aim| Some(aim.hit?.target)),
            holds: self.gestures.holds_atoms(hand),
            pull: fractions.reduce(f32::max),
        }
    }
}

/// Amplitude (0 to 1) and duration (s) of the pulse at a change of activity; `frame` is the time
/// between two frames, s.
fn pulse(before: HandActivity, now: HandActivity, frame: f32) -> Option<(f32, f32)> {
    if now.holds && !before.holds {
        return Some(GRAB_PULSE);
    }
    if let Some(fraction) = now.pull {
        // Longer than a frame, so that there is no gap before the next pulse.
        return (fraction > MIN_PULL).then(|| (fraction.clamp(0.0, 1.0), 1.5 * frame));
    }
    let is_new_target = now.target.is_some() && now.target != before.target;
    (is_new_target && !now.holds).then_some(HOVER_PULSE)
}

/// Requests the pulses of both controllers.
pub(super) fn request(
    hands: Res<TrackedHands>,
    activities: Activities,
    display: Res<HeadsetDisplay>,
    mut output: ResMut<HeadsetOutput>,
    mut before: Local<[HandActivity; 2]>,
) {
    let frame = if display.period > 0.0 {
        display.period.min(MAX_FRAME)
    } else {
        MAX_FRAME
    };
    for (side, hand) in hands.iter() {
        let now = activities.of(hand::id(side));
        let before = std::mem::replace(&mut before[side.index()], now);
        if hand.input.source == HandSource::HandTracking {
            continue;
        }
        if let Some((amplitude, seconds)) = pulse(before, now, frame) {
            output.pulse(HapticPulse {
                side,
                amplitude,
                seconds,
                frequency: None,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDLE: HandActivity = HandActivity {
        target: None,
        holds: false,
        pull: None,
    };
    const AT_ATOM: HandActivity = HandActivity {
        target: Some(Target::Atom(3)),
        ..IDLE
    };
    const HOLDING: HandActivity = HandActivity {
        holds: true,
        ..AT_ATOM
    };

    #[test]
    fn a_hand_gets_one_pulse_at_a_new_target_and_one_when_it_grabs() {
        let tick = pulse(IDLE, AT_ATOM, 0.01);
        assert!(tick.is_some());
        assert_eq!(pulse(AT_ATOM, AT_ATOM, 0.01), None);
        assert_eq!(pulse(AT_ATOM, IDLE, 0.01), None);
        let knock = pulse(AT_ATOM, HOLDING, 0.01);
        assert!(knock > tick);
        assert_eq!(pulse(HOLDING, HOLDING, 0.01), None);
    }

    #[test]
    fn the_amplitude_of_a_pull_is_its_force_and_pulses_have_no_gap() {
        let pulls = |fraction| HandActivity {
            pull: Some(fraction),
            ..HOLDING
        };
        let amplitude = |fraction| {
            pulse(pulls(fraction), pulls(fraction), 0.011).map(|(amplitude, _)| amplitude)
        };
        assert_eq!(amplitude(0.0), None);
        assert_eq!(amplitude(0.4), Some(0.4));
        assert_eq!(amplitude(7.0), Some(1.0));
        let duration = pulse(pulls(0.4), pulls(0.4), 0.011).map_or(0.0, |(_, seconds)| seconds);
        assert!(duration > 0.011);
    }
}
