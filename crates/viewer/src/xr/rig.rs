//! The rig: maps room space (m) to the scene (Å) and back.

use bevy::math::Isometry3d;
use bevy::prelude::*;

use super::pose::Pose;
use crate::app::xr_status::Mode;

/// Initial size of a molecule in VR and in AR: the diagonal of its bounding box, m.
const DIAGONALS: [f32; 2] = [0.70, 0.35];
/// Initial distance from the head to the center of the box is its diagonal plus this, m.
const CLEARANCE: f32 = 0.45;
/// Limits of that distance, m.
const DISTANCES: [f32; 2] = [0.55, 1.25];
/// Height of the eyes above the chest, m.
const EYES_ABOVE_CHEST: f32 = 0.35;
/// Limits of the height above the floor, m: people sit, lie, and stand on chairs.
const HEIGHTS: [f32; 2] = [0.6, 1.6];
/// Assumed height of the eyes while the head is not tracked, m.
const EYE_HEIGHT: f32 = 1.6;

/// Similarity transform from room space to the scene:
/// x_scene (Å) = position + scale · rotation · x_room (m).
#[derive(Resource, Clone, Copy, Debug, PartialEq)]
pub struct Rig {
    /// Origin of room space in the scene, Å.
    pub position: Vec3,
    /// Rotation from the axes of the room to those of the scene.
    pub rotation: Quat,
    /// Å per meter.
    pub scale: f32,
}

impl Default for Rig {
    fn default() -> Rig {
        Rig {
            position: Vec3::ZERO,
            rotation: Quat::IDENTITY,
            scale: 20.0,
        }
    }
}

impl Rig {
    /// Minimum and maximum scale, Å per meter: from atoms as large as a person to a micrometer per
    /// meter.
    pub const SCALES: [f32; 2] = [2.0, 1e4];

    /// Transforms a point from the room (m) to the scene (Å).
    pub fn to_world(&self, point: Vec3) -> Vec3 {
        self.position + self.scale * (self.rotation * point)
    }

    /// Transforms a point from the scene (Å) to the room (m).
    pub fn to_room(&self, point: Vec3) -> Vec3 {
        self.rotation.inverse() * (point - self.position) / self.scale
    }

    /// Transforms a pose from the room (m) to the scene (Å).
    pub fn pose_to_world(&self, pose: &Pose) -> Isometry3d {
        Isometry3d::new(
            self.to_world(pose.position),
            (self.rotation * pose.rotation).normalize(),
        )
    }

    /// Transforms a pose from the scene (Å) to the room (m).
    pub fn pose_to_room(&self, pose: &Isometry3d) -> Pose {
        Pose {
            position: self.to_room(pose.translation.into()),
            rotation: (self.rotation.inverse() * pose.rotation).normalize(),
        }
    }

    /// Rig that puts a bounding box in front of a head, at the height of the chest. `center` and
    /// `diagonal` are those of the box, Å; `view` rotates the axes of the window's view (right, up,
    /// backward) to the scene, so that both show the molecule from the same side.
    pub fn in_front_of(
        head: Option<&Pose>,
        mode: Mode,
        center: Vec3,
        diagonal: f32,
        view: Quat,
    ) -> Rig {
        let size = DIAGONALS[(mode == Mode::Augmented) as usize];
        let [min, max] = Rig::SCALES;
        // At the limits, huge crystals look larger and single atoms smaller than `size`.
        let scale = (diagonal / size).clamp(min, max);
        let head = head.copied().unwrap_or(Pose {
            position: Vec3::Y * EYE_HEIGHT,
            rotation: Quat::IDENTITY,
        });
        let heading = heading(&head);
        let distance = (CLEARANCE + size).clamp(DISTANCES[0], DISTANCES[1]);
        let height = (head.position.y - EYES_ABOVE_CHEST).clamp(HEIGHTS[0], HEIGHTS[1]);
        let target = head.position.with_y(height) + heading * Vec3::NEG_Z * distance;
        let rotation = (view * heading.inverse()).normalize();
        Rig {
            position: center - scale * (rotation * target),
            rotation,
            scale,
        }
    }
}

/// Rotation about the vertical from −z to the horizontal direction of a head.
fn heading(head: &Pose) -> Quat {
    let forward = head.forward();
    // Looking straight down or up, the crown or the chin gives the direction.
    let forward = if forward.xz().length() > 0.1 {
        forward
    } else {
        head.rotation * Vec3::NEG_Y * forward.y.signum()
    };
    Quat::from_rotation_y((-forward.x).atan2(-forward.z))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rigs() -> [Rig; 3] {
        let rotation = |x, y, z| Quat::from_euler(EulerRot::XYZ, x, y, z);
        [
            Rig::default(),
            Rig {
                position: Vec3::new(3.0, -20.0, 8.0),
                rotation: rotation(0.3, -2.0, 1.1),
                scale: 25.0,
            },
            Rig {
                position: Vec3::new(-900.0, 40.0, 0.5),
                rotation: rotation(-1.0, 0.2, 3.0),
                scale: 800.0,
            },
        ]
    }

    #[test]
    fn points_and_poses_survive_the_way_to_the_world_and_back() {
        let points = [
            Vec3::ZERO,
            Vec3::new(0.3, 1.4, -0.8),
            Vec3::new(-2.0, 0.1, 1.5),
        ];
        for rig in rigs() {
            for point in points {
                let there = rig.to_world(point);
                assert!(rig.to_room(there).distance(point) < 1e-5, "{rig:?} {point}");
                let pose = Pose {
                    position: point,
                    rotation: Quat::from_rotation_x(0.7) * Quat::from_rotation_z(point.x),
                };
                let back = rig.pose_to_room(&rig.pose_to_world(&pose));
                assert!(back.position.distance(pose.position) < 1e-5, "{rig:?}");
                assert!(back.rotation.angle_between(pose.rotation) < 2e-3, "{rig:?}");
            }
        }
    }

    #[test]
    fn a_transformed_pose_and_its_transformed_points_agree() {
        for rig in rigs() {
            let pose = Pose {
                position: Vec3::new(0.2, 1.0, -0.4),
                rotation: Quat::from_rotation_y(0.9),
            };
            let tip = Vec3::new(0.01, 0.02, -0.1);
            let in_world = rig.pose_to_world(&pose) * (tip * rig.scale);
            let in_room = pose.position + pose.rotation * tip;
            assert!(in_world.distance(rig.to_world(in_room)) < 2e-3, "{rig:?}");
        }
    }

    #[test]
    fn a_molecule_is_put_in_front_of_the_head_in_the_size_of_the_mode() {
        let center = Vec3::new(5.0, 1.0, -7.0);
        for (mode, length, distance) in [(Mode::Augmented, 0.35, 0.8), (Mode::Virtual, 0.70, 1.15)]
        {
            for angle in [0.0, 1.0, -2.5] {
                let head = Pose {
                    position: Vec3::new(0.4, 1.7, -0.2),
                    rotation: Quat::from_rotation_y(angle) * Quat::from_rotation_x(-0.5),
                };
                let rig = Rig::in_front_of(Some(&head), mode, center, 14.0, Quat::IDENTITY);
                assert!((14.0 / rig.scale - length).abs() < 1e-5);
                let there = rig.to_room(center);
                let away = there - head.position;
                assert!((there.y - 1.35).abs() < 1e-4, "{there}");
                assert!((away.xz().length() - distance).abs() < 1e-4, "{away}");
                let forward = head.forward().xz().normalize_or_zero();
                assert!(away.xz().normalize_or_zero().distance(forward) < 1e-4);
            }
        }
    }

    #[test]
    fn the_headset_shows_a_molecule_from_the_same_side_as_the_window() {
        let view = Quat::from_euler(EulerRot::XYZ, 0.4, -1.0, 2.0);
        let head = Pose {
            position: Vec3::new(0.0, 1.2, 0.0),
            rotation: Quat::from_rotation_y(0.8),
        };
        let rig = Rig::in_front_of(Some(&head), Mode::Virtual, Vec3::ZERO, 10.0, view);
        // The right of the view is at the right of the head.
        let right = rig.to_room(view * Vec3::X) - rig.to_room(Vec3::ZERO);
        assert!(right.normalize_or_zero().distance(head.rotation * Vec3::X) < 1e-4);
        let up = rig.to_room(view * Vec3::Y) - rig.to_room(Vec3::ZERO);
        assert!(up.normalize_or_zero().distance(Vec3::Y) < 1e-4);
    }

    #[test]
    fn the_heading_of_a_head_that_looks_down_is_where_the_crown_points() {
        for down in [-1.57, 1.57_f32] {
            let head = Pose {
                position: Vec3::Y * 1.6,
                rotation: Quat::from_rotation_y(0.5) * Quat::from_rotation_x(down),
            };
            let heading = heading(&head);
            assert!(
                heading.angle_between(Quat::from_rotation_y(0.5)) < 2e-3,
                "{down}"
            );
        }
    }

    #[test]
    fn a_single_atom_and_a_huge_crystal_stay_within_the_limits_of_the_scale() {
        for diagonal in [0.0, 3.0, 1e6] {
            let rig = Rig::in_front_of(None, Mode::Virtual, Vec3::ZERO, diagonal, Quat::IDENTITY);
            let [min, max] = Rig::SCALES;
            assert!((min..=max).contains(&rig.scale));
            assert!(rig.position.is_finite());
        }
    }
}
