//! Grabbing the world: one hand moves and rotates the scene, two hands also scale it.

use bevy::prelude::*;

use super::hand::{self, TrackedHands};
use super::hand_input::Side;
use super::pose::Pose;
use super::rig::Rig;
use crate::interact::gesture::Gestures;

/// The rig and the hands at the moment when a hand grabbed or released the world.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WorldGrab {
    rig: Rig,
    hands: [Option<Pose>; 2],
}

impl WorldGrab {
    /// Grabs the world with these hands, in room space.
    pub fn new(rig: Rig, hands: [Option<Pose>; 2]) -> WorldGrab {
        WorldGrab { rig, hands }
    }

    /// Whether exactly these hands grab the world.
    fn has_hands(&self, hands: &[Option<Pose>; 2]) -> bool {
        self.hands.map(|hand| hand.is_some()) == hands.map(|hand| hand.is_some())
    }

    /// The rig that keeps the grabbed points under the hands. With one hand all points near it move
    /// as one rigid body; with two, the two grabbed points follow. At a limit of the scale, only the
    /// midpoint of the hands follows.
    pub fn rig(&self, now: [Option<Pose>; 2]) -> Rig {
        match (self.hands, now) {
            ([Some(left), Some(right)], [Some(left_now), Some(right_now)]) => {
                self.rig_of_two([left, right], [left_now, right_now])
            }
            ([Some(before), None], [Some(now), _]) | ([None, Some(before)], [_, Some(now)]) => {
                self.rig_of_one(before, now)
            }
            _ => self.rig,
        }
    }

    /// One hand: R' = R · R_hand · R_hand'⁻¹, and the point under the hand stays under it.
    fn rig_of_one(&self, before: Pose, now: Pose) -> Rig {
        let rotation = (self.rig.rotation * before.rotation * now.rotation.inverse()).normalize();
        let scale = self.rig.scale;
        Rig {
            position: self.rig.to_world(before.position) - scale * (rotation * now.position),
            rotation,
            scale,
        }
    }

    /// Two hands: the scale follows their distance, the rotation the line between them (swing) and
    /// the mean of their rotations about it (twist), the position their midpoint.
    fn rig_of_two(&self, before: [Pose; 2], now: [Pose; 2]) -> Rig {
        let span = |[left, right]: [Pose; 2]| right.position - left.position;
        let (span_before, span_now) = (span(before), span(now));
        let (Some(from), Some(to)) = (span_before.try_normalize(), span_now.try_normalize()) else {
            // Two hands at one point have no direction.
            return self.rig;
        };
        let swing = Quat::from_rotation_arc(from, to);
        let twists = [0, 1].map(|hand| {
            let rotation = now[hand].rotation * before[hand].rotation.inverse();
            twist(rotation * swing.inverse(), to)
        });
        // The mean angle: two hands that rotate against each other cancel.
        let twist = Quat::from_axis_angle(to, (twists[0] + twists[1]) / 2.0);
        let rotation = (self.rig.rotation * (twist * swing).inverse()).normalize();
        let [min, max] = Rig::SCALES;
        let scale = (self.rig.scale * span_before.length() / span_now.length()).clamp(min, max);
        let midpoint = |[left, right]: [Pose; 2]| (left.position + right.position) / 2.0;
        Rig {
            position: self.rig.to_world(midpoint(before)) - scale * (rotation * midpoint(now)),
            rotation,
            scale,
        }
    }
}

/// Angle of a rotation about an axis of unit length (swing-twist decomposition), radians, −π to π.
fn twist(rotation: Quat, axis: Vec3) -> f32 {
    let angle = 2.0 * rotation.xyz().dot(axis).atan2(rotation.w);
    (angle + std::f32::consts::PI).rem_euclid(std::f32::consts::TAU) - std::f32::consts::PI
}

/// Moves the rig with hands that squeeze or pinch beside all atoms.
pub(super) fn grab(
    hands: Res<TrackedHands>,
    gestures: Res<Gestures>,
    mut rig: ResMut<Rig>,
    mut grab: Local<Option<WorldGrab>>,
) {
    let now = Side::BOTH.map(|side| {
        let hand = hands.get(side)?;
        let grabs = hand.squeezed || gestures.moves_camera(hand::id(side));
        grabs.then(|| hand.grab_pose())
    });
    match *grab {
        // After another change of the rig, such as recentering, the grab begins anew.
        Some(begun) if begun.has_hands(&now) && !rig.is_changed() => {
            let moved = begun.rig(now);
            if moved.position.is_finite() && moved.rotation.is_finite() && moved != *rig {
                // This system's own change must not restart the grab.
                *rig.bypass_change_detection() = moved;
            }
        }
        _ => {
            *grab = now
                .iter()
                .any(Option::is_some)
                .then(|| WorldGrab::new(*rig, now));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn positions() -> impl Strategy<Value = Vec3> {
        (-0.8..0.8f32, 0.4..1.8f32, -0.9..0.2f32).prop_map(|(x, y, z)| Vec3::new(x, y, z))
    }

    fn poses() -> impl Strategy<Value = Pose> {
        (positions(), -3.0..3.0f32, -1.5..1.5f32, -3.0..3.0f32).prop_map(|(position, x, y, z)| {
            Pose {
                position,
                rotation: Quat::from_euler(EulerRot::XYZ, x, y, z),
            }
        })
    }

    fn rigs() -> impl Strategy<Value = Rig> {
        (poses(), 20.0..60.0f32).prop_map(|(pose, scale)| Rig {
            position: 10.0 * pose.position,
            rotation: pose.rotation,
            scale,
        })
    }

    proptest! {
        #[test]
        fn one_hand_moves_the_world_as_a_rigid_body(
            rig in rigs(), before in poses(), now in poses(), offset in positions(), is_left: bool,
        ) {
            let pair = |pose| if is_left { [Some(pose), None] } else { [None, Some(pose)] };
            let moved = WorldGrab::new(rig, pair(before)).rig(pair(now));
            // An arbitrary point near the hand.
            let in_world = rig.to_world(before.position + before.rotation * offset);
            let in_room = moved.to_room(in_world);
            prop_assert!(in_room.distance(now.position + now.rotation * offset) < 1e-4);
            prop_assert_eq!(moved.scale, rig.scale);
        }

        #[test]
        fn the_two_points_that_two_hands_grab_stay_under_them_for_any_motion(
            rig in rigs(), before in [poses(), poses()], now in [poses(), poses()],
        ) {
            let span = |pair: [Pose; 2]| pair[0].position.distance(pair[1].position);
            prop_assume!(span(before) > 0.1 && span(now) > 0.1);
            let moved = WorldGrab::new(rig, before.map(Some)).rig(now.map(Some));
            let [min, max] = Rig::SCALES;
            prop_assume!(moved.scale > min && moved.scale < max);
            for hand in 0..2 {
                let in_world = rig.to_world(before[hand].position);
                let gap = moved.to_room(in_world).distance(now[hand].position);
                prop_assert!(gap < 1e-4, "{gap} m");
            }
        }

        #[test]
        fn at_a_limit_of_the_scale_the_midpoint_of_the_hands_stays(
            rig in rigs(), before in [poses(), poses()], now in [poses(), poses()],
        ) {
            prop_assume!(before[0].position.distance(before[1].position) > 0.1);
            let near = |hand: usize| Pose { position: now[0].position + 1e-4 * hand as f32 * Vec3::X, ..now[hand] };
            let now = [near(0), near(1)];
            let moved = WorldGrab::new(rig, before.map(Some)).rig(now.map(Some));
            prop_assert_eq!(moved.scale, Rig::SCALES[1]);
            let midpoint = rig.to_world((before[0].position + before[1].position) / 2.0);
            let gap = moved.to_room(midpoint).distance(now[0].position);
            prop_assert!(gap < 1e-3, "{gap} m");
        }
    }

    #[test]
    fn two_hands_that_roll_together_rotate_the_world_about_the_line_between_them() {
        let pair = |angle: f32| {
            [-0.2, 0.2].map(|x| {
                Some(Pose {
                    position: Vec3::new(x, 1.0, -0.5),
                    rotation: Quat::from_rotation_x(angle),
                })
            })
        };
        let rig = Rig::default();
        let moved = WorldGrab::new(rig, pair(0.0)).rig(pair(0.4));
        let point = Vec3::new(0.0, 1.1, -0.5);
        let rotated = moved.to_room(rig.to_world(point)) - Vec3::new(0.0, 1.0, -0.5);
        let expected = Quat::from_rotation_x(0.4) * Vec3::new(0.0, 0.1, 0.0);
        assert!(rotated.distance(expected) < 1e-5, "{rotated}");
    }
}
