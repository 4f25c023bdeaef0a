//! Geometry of a drag: displacement and rotation of atoms by a pointer or hand.

use bevy::math::Isometry3d;
use bevy::prelude::*;
use glam::{DQuat, DVec3};

use crate::interact::aim::{Aim, Hit};
use crate::scene::displayed::Scene;

/// Maximum displacement of a drag, Å; farther away the ray is nearly parallel to the plane.
const MAX_DISPLACEMENT: f32 = 2000.0;
/// Minimum sine of the angle between ray and axis; below it positions along the axis are undefined.
const MIN_SINE: f32 = 0.03;

/// Position (Å) and rotation since the grab that were sent last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct SentPose {
    pub(super) position: DVec3,
    pub(super) rotation: DQuat,
}

/// A drag, from the press on.
#[derive(Clone, Debug)]
pub(crate) struct Drag {
    /// The pressed atom.
    pub(super) atom: usize,
    /// Where the ray hit it, Å.
    point: Vec3,
    /// Normal of the drag plane.
    plane_normal: Dir3,
    /// Inverse pose of the hand at the grab, if a hand carries the atoms.
    inverse_grab_pose: Option<Isometry3d>,
    /// Offset of the pressed periodic image, Å.
    pub(super) image: Vec3,
    pub(super) grab: Grab,
}

/// Progress of the grab of the dragged atoms.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Grab {
    /// The grab has not been sent yet.
    Pending,
    /// Grabbed, with the atom at this position, Å.
    Holding { from: DVec3, sent: SentPose },
    /// The atoms are not held any more.
    Lost,
}

impl Drag {
    pub(super) fn new(start: &Aim, atom: usize, hit: Hit) -> Drag {
        Drag {
            atom,
            point: start.ray.get_point(hit.distance),
            plane_normal: start.plane_normal,
            inverse_grab_pose: None,
            image: hit.image,
            grab: Grab::Pending,
        }
    }

    /// Attaches the atoms to the hand, at the current position of the pressed atom.
    pub(super) fn attach_to_hand(&mut self, aim: &Aim, scene: &Scene) {
        if let (Some(hand), Some(position)) = (aim.hand_pose, scene.positions().get(self.atom)) {
            self.inverse_grab_pose = Some(hand.pose.inverse());
            self.point = *position + self.image;
        }
    }

    /// Displacement of the atoms by a pointer, Å.
    pub(super) fn displacement_of(&self, aim: &Aim, axis: Option<usize>) -> Option<Vec3> {
        match (aim.hand_pose, self.inverse_grab_pose) {
            (Some(hand), Some(inverse_grab_pose)) => {
                self.rigid_displacement(hand.pose, inverse_grab_pose, axis)
            }
            _ => self.displacement(aim.ray, axis),
        }
    }

    /// Rotation of the atoms by a hand; none if restricted to an axis.
    pub(super) fn rotation_of(&self, aim: &Aim, axis: Option<usize>) -> DQuat {
        match (aim.hand_pose, self.inverse_grab_pose, axis) {
            (Some(hand), Some(inverse_grab_pose), None) => {
                (hand.pose.rotation * inverse_grab_pose.rotation).as_dquat()
            }
            _ => DQuat::IDENTITY,
        }
    }

    /// Displacement of the point as part of a rigid body with the hand, Å.
    fn rigid_displacement(
        &self,
        pose: Isometry3d,
        inverse_grab_pose: Isometry3d,
        axis: Option<usize>,
    ) -> Option<Vec3> {
        let displacement = pose * (inverse_grab_pose * self.point) - self.point;
        let displacement = axis.map_or(displacement, |axis| {
            displacement.project_onto(Vec3::AXES[axis])
        });
        (displacement.length() < MAX_DISPLACEMENT).then_some(displacement)
    }

    /// Displacement by a ray, Å: in the drag plane, or along one axis. `None` where the ray defines
    /// none.
    fn displacement(&self, ray: Ray3d, axis: Option<usize>) -> Option<Vec3> {
        let displacement = match axis {
            None => {
                let plane = InfinitePlane3d::new(self.plane_normal);
                ray.plane_intersection_point(self.point, plane)? - self.point
            }
            Some(axis) => {
                // Nearest point of the axis to the ray: s = ((a·d)(w·d) − w·a) / (1 − (a·d)²), w =
                // point − origin.
                let axis = Vec3::AXES[axis];
                let away = self.point - ray.origin;
                let slant = axis.dot(*ray.direction);
                let spread = 1.0 - slant * slant;
                if spread < MIN_SINE * MIN_SINE {
                    return None;
                }
                axis * ((slant * away.dot(*ray.direction) - away.dot(axis)) / spread)
            }
        };
        (displacement.length() < MAX_DISPLACEMENT).then_some(displacement)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn pressed_at(point: Vec3, plane_normal: Dir3) -> Drag {
        Drag {
            atom: 0,
            point,
            plane_normal,
            inverse_grab_pose: None,
            image: Vec3::ZERO,
            grab: Grab::Pending,
        }
    }

    #[test]
    fn the_ray_that_pressed_moves_nothing_along_any_axis() {
        let ray = Ray3d::new(
            Vec3::new(1.0, 2.0, 20.0),
            Dir3::new(Vec3::new(0.1, -0.3, -1.0)).unwrap(),
        );
        let drag = pressed_at(ray.get_point(18.0), Dir3::Z);
        for axis in [None, Some(0), Some(1), Some(2)] {
            let displacement = drag.displacement(ray, axis).unwrap();
            assert!(displacement.length() < 1e-4, "{axis:?}: {displacement}");
        }
    }

    #[test]
    fn in_the_plane_the_pressed_point_stays_on_the_ray() {
        let eye = Vec3::new(0.0, 0.0, 20.0);
        let drag = pressed_at(Vec3::new(0.5, 0.0, 2.0), Dir3::Z);
        let goal = Vec3::new(1.5, -0.7, 2.0);
        let ray = Ray3d::new(eye, Dir3::new(goal - eye).unwrap());
        let displacement = drag.displacement(ray, None).unwrap();
        assert!((drag.point + displacement - goal).length() < 1e-4);
        let along = drag.displacement(ray, Some(0)).unwrap();
        assert_eq!((along.y, along.z), (0.0, 0.0));
        assert!((along.x - 1.0).abs() < 0.1);
    }

    #[test]
    fn a_ray_along_the_axis_defines_no_displacement() {
        let drag = pressed_at(Vec3::ZERO, Dir3::Z);
        let ray = Ray3d::new(Vec3::new(0.1, 0.0, 20.0), Dir3::NEG_Z);
        assert_eq!(drag.displacement(ray, Some(2)), None);
        let grazing = Ray3d::new(
            Vec3::new(-20.0, 0.0, 1e-3),
            Dir3::new(Vec3::new(1.0, 0.0, -1e-9)).unwrap(),
        );
        assert_eq!(drag.displacement(grazing, None), None);
    }
}
