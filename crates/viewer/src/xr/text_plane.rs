//! The plane in front of the head that has the texts of a script.

use bevy::prelude::*;

use super::pose::Pose;
use super::rig::Rig;
use super::tracking::Tracking;
use crate::scene::labels::TextPlane;

/// Distance from the head, m.
const DISTANCE: f32 = 1.5;

/// Height of the plane, m: 44° of the field of view.
const HEIGHT: f32 = 1.2;

/// Time in which the plane follows the head, s: a text that is fixed to the head is uncomfortable.
const FOLLOW_TIME: f32 = 0.3;

/// The pose of the plane in the room; `None` while the head is not tracked.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub struct TextPlanePose(pub Option<Pose>);

impl TextPlanePose {
    /// The plane in the scene.
    pub fn to_scene(self, rig: &Rig) -> Option<TextPlane> {
        Some(TextPlane {
            pose: rig.pose_to_world(&self.0?),
            height: HEIGHT * rig.scale,
        })
    }

    /// Moves the plane toward its place in front of a head, for the time since the last frame (s).
    pub fn follow(&mut self, head: Option<&Pose>, elapsed: f32) {
        let ahead = head.map(in_front_of);
        self.0 = match (self.0, ahead) {
            (Some(now), Some(ahead)) => {
                let part = 1.0 - (-elapsed / FOLLOW_TIME).exp();
                Some(Pose {
                    position: now.position.lerp(ahead.position, part),
                    rotation: now.rotation.slerp(ahead.rotation, part).normalize(),
                })
            }
            (_, ahead) => ahead,
        };
    }
}

/// The pose in front of a head, facing it, with horizontal lines of text.
fn in_front_of(head: &Pose) -> Pose {
    let forward = head.forward();
    // Straight up or down, the crown of the head tells where up is.
    let up = if forward.y.abs() < 0.98 {
        Vec3::Y
    } else {
        head.rotation * Vec3::Y
    };
    Pose {
        position: head.position + DISTANCE * forward,
        rotation: Transform::IDENTITY.looking_to(forward, up).rotation,
    }
}

/// Moves the plane with the head.
pub(super) fn follow(tracking: Res<Tracking>, time: Res<Time>, mut plane: ResMut<TextPlanePose>) {
    plane.follow(tracking.head.as_ref(), time.delta_secs());
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn head(angle: f32) -> Pose {
        Pose {
            position: Vec3::new(0.2, 1.6, 0.3),
            rotation: Quat::from_rotation_y(angle) * Quat::from_rotation_z(0.3),
        }
    }

    #[test]
    fn texts_are_before_the_head_upright_and_face_it() {
        let mut plane = TextPlanePose::default();
        plane.follow(Some(&head(0.7)), 0.01);
        let pose = plane.0.unwrap();
        let ahead = head(0.7).position + 1.5 * head(0.7).forward();
        assert!(pose.position.distance(ahead) < 1e-5);
        assert!(
            (pose.rotation * Vec3::X).y.abs() < 1e-5,
            "lines are horizontal"
        );
        assert!((pose.rotation * Vec3::Z).distance(-head(0.7).forward()) < 1e-5);
        plane.follow(None, 0.01);
        assert_eq!(plane.0, None);
    }

    #[test]
    fn texts_follow_a_turn_of_the_head_slowly_and_arrive() {
        let mut plane = TextPlanePose::default();
        plane.follow(Some(&head(0.0)), 0.01);
        let before = plane.0.unwrap().position;
        let goal = head(1.0).position + 1.5 * head(1.0).forward();
        plane.follow(Some(&head(1.0)), 0.011);
        let after = plane.0.unwrap().position;
        assert!(after.distance(before) < 0.1 * goal.distance(before));
        for _ in 0..300 {
            plane.follow(Some(&head(1.0)), 0.011);
        }
        assert!(plane.0.unwrap().position.distance(goal) < 0.01);
    }

    #[test]
    fn the_plane_in_the_scene_has_the_scale_of_the_rig() {
        let rig = Rig {
            scale: 40.0,
            ..Rig::default()
        };
        let plane = TextPlanePose(Some(Pose::default())).to_scene(&rig).unwrap();
        assert!((plane.height - 48.0).abs() < 1e-4);
        assert_eq!(TextPlanePose(None).to_scene(&rig), None);
    }
}
