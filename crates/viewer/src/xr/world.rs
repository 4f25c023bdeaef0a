//! Taking hold of the world: one hand moves and turns it, two also scale it.

use bevy::prelude::*;

use super::hand;
use super::hand::TwoHands;
use super::rig::Rig;
use super::seen::{Pose, Side};
use crate::interact::gesture::Gestures;

/// The world as it was when a hand took hold of it or let it go: what was under the hands stays there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hold {
    rig: Rig,
    hands: [Option<Pose>; 2],
}

impl Hold {
    /// Takes hold with these hands, in the space of the room.
    pub fn new(rig: Rig, hands: [Option<Pose>; 2]) -> Hold {
        Hold { rig, hands }
    }

    /// Whether the same hands have it.
    fn is_of(&self, hands: &[Option<Pose>; 2]) -> bool {
        self.hands.map(|hand| hand.is_some()) == hands.map(|hand| hand.is_some())
    }

    /// The rig with which the points that were under the hands are under them again: for one hand with
    /// any motion, for two wherever they are. Beyond the scales that are allowed, it is the point between
    /// the two that stays.
    pub fn carried(&self, now: [Option<Pose>; 2]) -> Rig {
        match (self.hands, now) {
            ([Some(left), Some(right)], [Some(left_now), Some(right_now)]) => {
                self.by_two([left, right], [left_now, right_now])
            }
            ([Some(before), None], [Some(now), _]) | ([None, Some(before)], [_, Some(now)]) => {
                self.by_one(before, now)
            }
            _ => self.rig,
        }
    }

    fn by_one(&self, before: Pose, now: Pose) -> Rig {
        let turn = (self.rig.turn * before.turn * now.turn.inverse()).normalize();
        let scale = self.rig.scale;
        Rig {
            place: self.rig.to_world(before.place) - scale * (turn * now.place),
            turn,
            scale,
        }
    }

    fn by_two(&self, before: [Pose; 2], now: [Pose; 2]) -> Rig {
        let span = |[left, right]: [Pose; 2]| right.place - left.place;
        let (was, is) = (span(before), span(now));
        let (Some(from), Some(to)) = (was.try_normalize(), is.try_normalize()) else {
            // Hands in one place say nothing of directions.
            return self.rig;
        };
        let swing = Quat::from_rotation_arc(from, to);
        let twists = [0, 1].map(|hand| {
            let turned = now[hand].turn * before[hand].turn.inverse();
            twist(turned * swing.inverse(), to)
        });
        // Angles in the middle, so that two hands that turn against each other turn nothing.
        let twist = Quat::from_axis_angle(to, (twists[0] + twists[1]) / 2.0);
        let turn = (self.rig.turn * (twist * swing).inverse()).normalize();
        let [least, most] = Rig::SCALES;
        let scale = (self.rig.scale * was.length() / is.length()).clamp(least, most);
        let middle = |[left, right]: [Pose; 2]| (left.place + right.place) / 2.0;
        Rig {
            place: self.rig.to_world(middle(before)) - scale * (turn * middle(now)),
            turn,
            scale,
        }
    }
}

/// By which angle a rotation turns about an axis of unit length, radians, −π to π.
fn twist(rotation: Quat, axis: Vec3) -> f32 {
    let angle = 2.0 * rotation.xyz().dot(axis).atan2(rotation.w);
    (angle + std::f32::consts::PI).rem_euclid(std::f32::consts::TAU) - std::f32::consts::PI
}

/// Hands that squeeze, and those that were closed on nothing, have the world.
pub(super) fn carry(
    hands: Res<TwoHands>,
    gestures: Res<Gestures>,
    mut rig: ResMut<Rig>,
    mut hold: Local<Option<Hold>>,
) {
    let now = Side::BOTH.map(|side| {
        let hand = hands.of(side)?;
        let has = hand.squeezes || gestures.looks(hand::name(side));
        has.then(|| hand.body())
    });
    match *hold {
        // The rig may have been changed by others, too: the molecule was put before the head again.
        Some(held) if held.is_of(&now) && !rig.is_changed() => {
            let carried = held.carried(now);
            if carried.place.is_finite() && carried.turn.is_finite() && carried != *rig {
                // Not a change to be told: it is our own.
                *rig.bypass_change_detection() = carried;
            }
        }
        _ => {
            *hold = now
                .iter()
                .any(Option::is_some)
                .then(|| Hold::new(*rig, now));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn places() -> impl Strategy<Value = Vec3> {
        (-0.8..0.8f32, 0.4..1.8f32, -0.9..0.2f32).prop_map(|(x, y, z)| Vec3::new(x, y, z))
    }

    fn poses() -> impl Strategy<Value = Pose> {
        (places(), -3.0..3.0f32, -1.5..1.5f32, -3.0..3.0f32).prop_map(|(place, x, y, z)| Pose {
            place,
            turn: Quat::from_euler(EulerRot::XYZ, x, y, z),
        })
    }

    fn rigs() -> impl Strategy<Value = Rig> {
        (poses(), 20.0..60.0f32).prop_map(|(pose, scale)| Rig {
            place: 10.0 * pose.place,
            turn: pose.turn,
            scale,
        })
    }

    proptest! {
        #[test]
        fn all_of_the_world_that_one_hand_has_moves_with_it_as_one_body(
            rig in rigs(), before in poses(), now in poses(), own in places(), is_left: bool,
        ) {
            let pair = |pose| if is_left { [Some(pose), None] } else { [None, Some(pose)] };
            let carried = Hold::new(rig, pair(before)).carried(pair(now));
            // A point that is anywhere at the hand.
            let in_world = rig.to_world(before.place + before.turn * own);
            let now_there = carried.to_room(in_world);
            prop_assert!(now_there.distance(now.place + now.turn * own) < 1e-4);
            prop_assert_eq!(carried.scale, rig.scale);
        }

        #[test]
        fn two_points_that_two_hands_have_stay_under_them_for_any_motion(
            rig in rigs(), before in [poses(), poses()], now in [poses(), poses()],
        ) {
            let span = |pair: [Pose; 2]| pair[0].place.distance(pair[1].place);
            prop_assume!(span(before) > 0.1 && span(now) > 0.1);
            let carried = Hold::new(rig, before.map(Some)).carried(now.map(Some));
            let [least, most] = Rig::SCALES;
            prop_assume!(carried.scale > least && carried.scale < most);
            for hand in 0..2 {
                let in_world = rig.to_world(before[hand].place);
                let gap = carried.to_room(in_world).distance(now[hand].place);
                prop_assert!(gap < 1e-4, "{gap} m");
            }
        }

        #[test]
        fn beyond_the_allowed_scales_the_point_between_the_hands_stays(
            rig in rigs(), before in [poses(), poses()], now in [poses(), poses()],
        ) {
            prop_assume!(before[0].place.distance(before[1].place) > 0.1);
            let near = |hand: usize| Pose { place: now[0].place + 1e-4 * hand as f32 * Vec3::X, ..now[hand] };
            let now = [near(0), near(1)];
            let carried = Hold::new(rig, before.map(Some)).carried(now.map(Some));
            prop_assert_eq!(carried.scale, Rig::SCALES[1]);
            let middle = rig.to_world((before[0].place + before[1].place) / 2.0);
            let gap = carried.to_room(middle).distance(now[0].place);
            prop_assert!(gap < 1e-3, "{gap} m");
        }
    }

    #[test]
    fn two_hands_that_roll_together_turn_the_world_about_the_line_between_them() {
        let pair = |angle: f32| {
            [-0.2, 0.2].map(|x| {
                Some(Pose {
                    place: Vec3::new(x, 1.0, -0.5),
                    turn: Quat::from_rotation_x(angle),
                })
            })
        };
        let rig = Rig::default();
        let carried = Hold::new(rig, pair(0.0)).carried(pair(0.4));
        let point = Vec3::new(0.0, 1.1, -0.5);
        let turned = carried.to_room(rig.to_world(point)) - Vec3::new(0.0, 1.0, -0.5);
        let expected = Quat::from_rotation_x(0.4) * Vec3::new(0.0, 0.1, 0.0);
        assert!(turned.distance(expected) < 1e-5, "{turned}");
    }
}
