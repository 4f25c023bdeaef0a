//! The panels on a tablet that hangs in the scene, for those who cannot see the window.
//!
//! Whoever hangs it up says where, and what points at it; the panels draw on its picture, and the eyes
//! see it before everything else.

use bevy::math::Isometry3d;
use bevy::prelude::*;

/// Where a tablet hangs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Board {
    /// Its middle, Å; its axes are right, up and towards the reader.
    pub pose: Isometry3d,
    /// How wide a point is, Å.
    pub point: f32,
}

impl Board {
    /// The size, points.
    pub const POINTS: Vec2 = Vec2::new(760.0, 480.0);
    /// Pixels for each point.
    pub const DENSITY: f32 = 1.5;

    /// From its own square (−½ to ½, right and up) to the scene.
    pub fn to_scene(&self) -> Mat4 {
        let size = (Board::POINTS * self.point).extend(1.0);
        Mat4::from_scale_rotation_translation(
            size,
            self.pose.rotation,
            self.pose.translation.into(),
        )
    }

    /// Where a ray meets its plane from the front: points from the upper left corner, which may be
    /// beside it, and how far along the ray, Å.
    pub fn met(&self, ray: Ray3d) -> Option<(Vec2, f32)> {
        let facing = Dir3::new(self.pose.rotation * Vec3::Z).ok()?;
        if facing.dot(*ray.direction) >= 0.0 {
            return None;
        }
        let middle = self.pose.translation.into();
        let distance = ray.intersect_plane(middle, InfinitePlane3d::new(facing))?;
        let (place, _) = self.beneath(ray.get_point(distance));
        place.is_finite().then_some((place, distance))
    }

    /// The place (points from the upper left corner, which may be beside it) before which a point (Å)
    /// is, and how far before, Å; negative behind it.
    pub fn beneath(&self, point: Vec3) -> (Vec2, f32) {
        let own = self.pose.inverse() * point;
        let place = Board::POINTS / 2.0 + Vec2::new(own.x, -own.y) / self.point;
        (place, own.z)
    }

    /// A place on it (points from the upper left corner) in the scene, Å.
    pub fn place(&self, place: Vec2) -> Vec3 {
        let from_middle = place - Board::POINTS / 2.0;
        let own = Vec3::new(from_middle.x, -from_middle.y, 0.0) * self.point;
        self.pose * own
    }

    /// Whether a place is on it, points from the upper left corner.
    pub fn has(place: Vec2) -> bool {
        Rect::from_corners(Vec2::ZERO, Board::POINTS).contains(place)
    }
}

/// What points at a tablet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TabletPointer {
    /// Where, points from the upper left corner.
    pub place: Vec2,
    /// Whether it presses.
    pub pressed: bool,
    /// How far what is there is to be scrolled in this frame, points downwards.
    pub scroll: f32,
}

/// The tablet.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub struct Tablet {
    /// Where it hangs; `None` while it is put away.
    pub board: Option<Board>,
    /// What points at it.
    pub pointer: Option<TabletPointer>,
}

/// What is on the tablet; there while it hangs, where panels are.
#[derive(Resource, Clone, Debug, Default)]
pub struct TabletPicture(pub Option<Handle<Image>>);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Tablet>()
        .init_resource::<TabletPicture>();
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn board() -> Board {
        let turn = Quat::from_euler(EulerRot::XYZ, 0.3, -0.8, 0.2);
        Board {
            pose: Isometry3d::new(Vec3::new(2.0, 10.0, -5.0), turn),
            point: 0.02,
        }
    }

    #[test]
    fn a_ray_meets_the_place_that_it_is_pointed_at_from_the_front_only() {
        let board = board();
        for place in [Vec2::ZERO, Vec2::new(700.0, 30.0), Vec2::new(-50.0, 900.0)] {
            let there = board.place(place);
            let before = there + board.pose.rotation * Vec3::new(3.0, -2.0, 9.0);
            let ray = Ray3d::new(before, Dir3::new(there - before).unwrap());
            let (met, distance) = board.met(ray).unwrap();
            assert!(met.distance(place) < 0.05, "{met} {place}");
            assert!((distance - before.distance(there)).abs() < 1e-3);
            let behind = there - (before - there);
            let ray = Ray3d::new(behind, Dir3::new(there - behind).unwrap());
            assert_eq!(board.met(ray), None);
        }
        assert!(Board::has(Vec2::ONE) && !Board::has(Vec2::new(-1.0, 5.0)));
    }

    #[test]
    fn its_square_has_its_corners_where_its_points_begin_and_end() {
        let board = board();
        let corner = board.to_scene().transform_point3(Vec3::new(-0.5, 0.5, 0.0));
        assert!(corner.distance(board.place(Vec2::ZERO)) < 1e-3);
        let corner = board.to_scene().transform_point3(Vec3::new(0.5, -0.5, 0.0));
        assert!(corner.distance(board.place(Board::POINTS)) < 1e-3);
    }
}
