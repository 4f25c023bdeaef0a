//! Where the molecule is in the room: from metres to Å and back.

use bevy::math::Isometry3d;
use bevy::prelude::*;

use super::headset::Mode;
use super::seen::Pose;

/// How large a molecule is at first, from corner to corner of the box around it, m.
const DIAGONAL: [f32; 2] = [0.70, 0.35];
/// By so much the middle of the box is farther from the head than its diagonal is long, m.
const ROOM: f32 = 0.45;
/// No nearer and no farther, m.
const NEAREST: f32 = 0.55;
const FARTHEST: f32 = 1.25;
/// From the eyes down to the chest, m.
const CHEST: f32 = 0.35;
/// Neither lower nor higher above the floor, m: people sit and lie, and some stand on chairs.
const LOWEST: f32 = 0.6;
const HIGHEST: f32 = 1.6;
/// Where the eyes of most are while nothing is known of them, m above the floor.
const EYES: f32 = 1.6;

/// Where the molecule is in the room: a place of the world (Å) is `place + scale · turn · p`, with p in
/// the room (m).
#[derive(Resource, Clone, Copy, Debug, PartialEq)]
pub struct Rig {
    /// The origin of the room in the world, Å.
    pub place: Vec3,
    /// From the axes of the room to those of the world.
    pub turn: Quat,
    /// Å for each metre.
    pub scale: f32,
}

impl Default for Rig {
    fn default() -> Rig {
        Rig {
            place: Vec3::ZERO,
            turn: Quat::IDENTITY,
            scale: 20.0,
        }
    }
}

impl Rig {
    /// The smallest and the largest scale, Å for each metre: from atoms as large as a person to a
    /// micrometre as long as a metre.
    pub const SCALES: [f32; 2] = [2.0, 1e4];

    /// A point of the room (m) in the world, Å.
    pub fn to_world(&self, point: Vec3) -> Vec3 {
        self.place + self.scale * (self.turn * point)
    }

    /// A point of the world (Å) in the room, m.
    pub fn to_room(&self, point: Vec3) -> Vec3 {
        self.turn.inverse() * (point - self.place) / self.scale
    }

    /// A pose of the room in the world: the place in Å, without scale in its turn.
    pub fn pose_to_world(&self, pose: &Pose) -> Isometry3d {
        Isometry3d::new(
            self.to_world(pose.place),
            (self.turn * pose.turn).normalize(),
        )
    }

    /// A pose of the world in the room.
    pub fn pose_to_room(&self, pose: &Isometry3d) -> Pose {
        Pose {
            place: self.to_room(pose.translation.into()),
            turn: (self.turn.inverse() * pose.rotation).normalize(),
        }
    }

    /// Puts a box of this middle and diagonal (Å) before a head, at the height of the chest, so that it
    /// is seen as in a picture whose axes (right, up, towards the eye) `picture` turns to the world's.
    pub fn before(
        head: Option<&Pose>,
        mode: Mode,
        middle: Vec3,
        diagonal: f32,
        picture: Quat,
    ) -> Rig {
        let length = DIAGONAL[(mode == Mode::Augmented) as usize];
        let [least, most] = Rig::SCALES;
        // Crystals of thousands of Å are larger than asked for, single atoms smaller.
        let scale = (diagonal / length).clamp(least, most);
        let head = head.copied().unwrap_or(Pose {
            place: Vec3::Y * EYES,
            turn: Quat::IDENTITY,
        });
        let heading = heading(&head);
        let distance = (ROOM + length).clamp(NEAREST, FARTHEST);
        let height = (head.place.y - CHEST).clamp(LOWEST, HIGHEST);
        let there = head.place.with_y(height) + heading * Vec3::NEG_Z * distance;
        let turn = (picture * heading.inverse()).normalize();
        Rig {
            place: middle - scale * (turn * there),
            turn,
            scale,
        }
    }
}

/// To where a head is turned on the floor: about the vertical, from straight ahead.
fn heading(head: &Pose) -> Quat {
    let ahead = head.ahead();
    // Who looks at the floor or the ceiling faces where the crown or the chin points.
    let ahead = if ahead.xz().length() > 0.1 {
        ahead
    } else {
        head.turn * Vec3::NEG_Y * ahead.y.signum()
    };
    Quat::from_rotation_y((-ahead.x).atan2(-ahead.z))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rigs() -> [Rig; 3] {
        let turn = |x, y, z| Quat::from_euler(EulerRot::XYZ, x, y, z);
        [
            Rig::default(),
            Rig {
                place: Vec3::new(3.0, -20.0, 8.0),
                turn: turn(0.3, -2.0, 1.1),
                scale: 25.0,
            },
            Rig {
                place: Vec3::new(-900.0, 40.0, 0.5),
                turn: turn(-1.0, 0.2, 3.0),
                scale: 800.0,
            },
        ]
    }

    #[test]
    fn from_the_room_to_the_world_and_back_nothing_is_lost() {
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
                    place: point,
                    turn: Quat::from_rotation_x(0.7) * Quat::from_rotation_z(point.x),
                };
                let back = rig.pose_to_room(&rig.pose_to_world(&pose));
                assert!(back.place.distance(pose.place) < 1e-5, "{rig:?}");
                assert!(back.turn.angle_between(pose.turn) < 2e-3, "{rig:?}");
            }
        }
    }

    #[test]
    fn a_pose_carries_its_own_points_along_as_the_rig_does() {
        for rig in rigs() {
            let pose = Pose {
                place: Vec3::new(0.2, 1.0, -0.4),
                turn: Quat::from_rotation_y(0.9),
            };
            let tip = Vec3::new(0.01, 0.02, -0.1);
            let in_world = rig.pose_to_world(&pose) * (tip * rig.scale);
            let in_room = pose.place + pose.turn * tip;
            assert!(in_world.distance(rig.to_world(in_room)) < 2e-3, "{rig:?}");
        }
    }

    #[test]
    fn a_molecule_is_put_where_the_head_looks_and_as_large_as_the_mode_has_it() {
        let middle = Vec3::new(5.0, 1.0, -7.0);
        for (mode, length, distance) in [(Mode::Augmented, 0.35, 0.8), (Mode::Virtual, 0.70, 1.15)]
        {
            for angle in [0.0, 1.0, -2.5] {
                let head = Pose {
                    place: Vec3::new(0.4, 1.7, -0.2),
                    turn: Quat::from_rotation_y(angle) * Quat::from_rotation_x(-0.5),
                };
                let rig = Rig::before(Some(&head), mode, middle, 14.0, Quat::IDENTITY);
                assert!((14.0 / rig.scale - length).abs() < 1e-5);
                let there = rig.to_room(middle);
                let away = there - head.place;
                assert!((there.y - 1.35).abs() < 1e-4, "{there}");
                assert!((away.xz().length() - distance).abs() < 1e-4, "{away}");
                let ahead = head.ahead().xz().normalize_or_zero();
                assert!(away.xz().normalize_or_zero().distance(ahead) < 1e-4);
            }
        }
    }

    #[test]
    fn a_molecule_is_seen_in_the_room_as_in_the_picture_at_the_desk() {
        let picture = Quat::from_euler(EulerRot::XYZ, 0.4, -1.0, 2.0);
        let head = Pose {
            place: Vec3::new(0.0, 1.2, 0.0),
            turn: Quat::from_rotation_y(0.8),
        };
        let rig = Rig::before(Some(&head), Mode::Virtual, Vec3::ZERO, 10.0, picture);
        // What the picture has on its right is on the right of the head.
        let right = rig.to_room(picture * Vec3::X) - rig.to_room(Vec3::ZERO);
        assert!(right.normalize_or_zero().distance(head.turn * Vec3::X) < 1e-4);
        let up = rig.to_room(picture * Vec3::Y) - rig.to_room(Vec3::ZERO);
        assert!(up.normalize_or_zero().distance(Vec3::Y) < 1e-4);
    }

    #[test]
    fn whoever_looks_at_the_floor_faces_where_the_crown_points() {
        for down in [-1.57, 1.57_f32] {
            let head = Pose {
                place: Vec3::Y * 1.6,
                turn: Quat::from_rotation_y(0.5) * Quat::from_rotation_x(down),
            };
            let turned = heading(&head);
            assert!(
                turned.angle_between(Quat::from_rotation_y(0.5)) < 2e-3,
                "{down}"
            );
        }
    }

    #[test]
    fn neither_a_single_atom_nor_a_huge_crystal_leaves_the_allowed_scales() {
        for diagonal in [0.0, 3.0, 1e6] {
            let rig = Rig::before(None, Mode::Virtual, Vec3::ZERO, diagonal, Quat::IDENTITY);
            let [least, most] = Rig::SCALES;
            assert!((least..=most).contains(&rig.scale));
            assert!(rig.place.is_finite());
        }
    }
}
