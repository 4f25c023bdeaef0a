//! What hands feel: a tick at what they come to, a knock when they take it, and the force of a pull.

use bevy::prelude::*;

use super::hand;
use super::hand::TwoHands;
use super::seen::{HandKind, Seen};
use super::wishes::{Pulse, Wishes};
use crate::interact::aim::Aims;
use crate::interact::gesture::{Gestures, Tool};
use crate::interact::hands::Pulls;
use crate::scene::selection::Target;
use mlipview_core::sim::constraint::Hand;

/// A pulse while a pull lasts goes on until the next picture, and a little longer, s.
const LONGEST_PICTURE: f32 = 0.02;
/// Weaker pulls than this share of the strongest are not felt.
const FAINT: f32 = 0.02;

/// What one hand is about.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Touching {
    /// What it points at.
    target: Option<Target>,
    /// Whether it has atoms.
    holds: bool,
    /// The force of its pull as a share of the strongest, 0 to 1; `None` while it pulls nothing.
    pull: Option<f32>,
}

/// What hands do in the scene.
#[derive(bevy::ecs::system::SystemParam)]
pub(super) struct Doings<'w> {
    aims: Res<'w, Aims>,
    gestures: Res<'w, Gestures>,
    pulls: Res<'w, Pulls>,
    tool: Res<'w, Tool>,
}

impl Doings<'_> {
    fn of(&self, hand: Hand) -> Touching {
        let pulls = self.pulls.0.iter().filter(|pull| pull.whose == hand);
        let shares = pulls.map(|pull| (pull.force / self.tool.max_force) as f32);
        Touching {
            target: self.aims.of(hand).and_then(|aim| Some(aim.hit?.target)),
            holds: self.gestures.holds_atoms(hand),
            pull: shares.reduce(f32::max),
        }
    }
}

/// How strong (0 to 1) and how long (s) a hand is to tremble.
fn felt(before: Touching, now: Touching, picture: f32) -> Option<(f32, f32)> {
    if now.holds && !before.holds {
        return Some((0.7, 0.03));
    }
    if let Some(share) = now.pull {
        return (share > FAINT).then(|| (share.clamp(0.0, 1.0), 1.5 * picture));
    }
    let comes = now.target.is_some() && now.target != before.target;
    (comes && !now.holds).then_some((0.25, 0.01))
}

/// Lets both hands feel what they do.
pub(super) fn feel(
    hands: Res<TwoHands>,
    doings: Doings,
    seen: Res<Seen>,
    mut wishes: ResMut<Wishes>,
    mut before: Local<[Touching; 2]>,
) {
    let picture = if seen.period > 0.0 {
        seen.period.min(LONGEST_PICTURE)
    } else {
        LONGEST_PICTURE
    };
    for (side, tracked) in hands.list() {
        let now = doings.of(hand::name(side));
        let before = std::mem::replace(&mut before[side.index()], now);
        if tracked.seen.kind == HandKind::Bare {
            continue;
        }
        if let Some((amplitude, seconds)) = felt(before, now, picture) {
            wishes.pulse(Pulse {
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

    const IDLE: Touching = Touching {
        target: None,
        holds: false,
        pull: None,
    };
    const AT_ATOM: Touching = Touching {
        target: Some(Target::Atom(3)),
        ..IDLE
    };
    const TAKEN: Touching = Touching {
        holds: true,
        ..AT_ATOM
    };

    #[test]
    fn a_hand_feels_once_what_it_comes_to_and_once_that_it_took_it() {
        let tick = felt(IDLE, AT_ATOM, 0.01);
        assert!(tick.is_some());
        assert_eq!(felt(AT_ATOM, AT_ATOM, 0.01), None);
        assert_eq!(felt(AT_ATOM, IDLE, 0.01), None);
        let knock = felt(AT_ATOM, TAKEN, 0.01);
        assert!(knock > tick);
        assert_eq!(felt(TAKEN, TAKEN, 0.01), None);
    }

    #[test]
    fn a_pull_is_felt_as_strong_as_it_is_and_without_a_gap() {
        let pulls = |share| Touching {
            pull: Some(share),
            ..TAKEN
        };
        let strength =
            |share| felt(pulls(share), pulls(share), 0.011).map(|(strength, _)| strength);
        assert_eq!(strength(0.0), None);
        assert_eq!(strength(0.4), Some(0.4));
        assert_eq!(strength(7.0), Some(1.0));
        let lasts = felt(pulls(0.4), pulls(0.4), 0.011).map_or(0.0, |(_, seconds)| seconds);
        assert!(lasts > 0.011);
    }
}
