//! A tablet in the scene that shows the panels to a person in a headset.
//!
//! Its placement and its pointer are set from outside (`xr`); the panels draw into its image, and
//! each eye draws it on top of the scene.

use bevy::math::Isometry3d;
use bevy::prelude::*;

/// Placement of the tablet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TabletPlane {
    /// Center, Å; its axes are right, up and towards the reader.
    pub pose: Isometry3d,
    /// Width of a point, Å.
    pub point_size: f32,
}

impl TabletPlane {
    /// Size, points.
    pub const SIZE: Vec2 = Vec2::new(760.0, 480.0);
    /// Pixels per point.
    pub const PIXELS_PER_POINT: f32 = 1.5;

    /// Matrix from the unit square (−½ to ½, right and up) to the scene.
    pub fn to_scene(&self) -> Mat4 {
        let size = (TabletPlane::SIZE * self.point_size).extend(1.0);
        Mat4::from_scale_rotation_translation(
            size,
            self.pose.rotation,
            self.pose.translation.into(),
        )
    }

    /// Intersection of a ray with the front side of the tablet's plane: position in points from the
    /// upper left corner (may be off the tablet), and distance along the ray, Å.
    pub fn intersect(&self, ray: Ray3d) -> Option<(Vec2, f32)> {
        let facing = Dir3::new(self.pose.rotation * Vec3::Z).ok()?;
        if facing.dot(*ray.direction) >= 0.0 {
            return None;
        }
        let middle = self.pose.translation.into();
        let distance = ray.intersect_plane(middle, InfinitePlane3d::new(facing))?;
        let (position, _) = self.project(ray.get_point(distance));
        position.is_finite().then_some((position, distance))
    }

    /// Projects a point (Å) onto the plane: position in points from the upper left corner (may be
    /// off the tablet), and distance in front of it, Å (negative behind).
    pub fn project(&self, point: Vec3) -> (Vec2, f32) {
        let own = self.pose.inverse() * point;
        let position = TabletPlane::SIZE / 2.0 + Vec2::new(own.x, -own.y) / self.point_size;
        (position, own.z)
    }

    /// Scene position (Å) of a point of the tablet (points from the upper left corner).
    pub fn scene_position(&self, position: Vec2) -> Vec3 {
        let from_middle = position - TabletPlane::SIZE / 2.0;
        let own = Vec3::new(from_middle.x, -from_middle.y, 0.0) * self.point_size;
        self.pose * own
    }

    /// Whether a position is on the tablet, points from the upper left corner.
    pub fn contains(position: Vec2) -> bool {
        Rect::from_corners(Vec2::ZERO, TabletPlane::SIZE).contains(position)
    }
}

/// A pointer on the tablet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TabletPointer {
    /// Position, points from the upper left corner.
    pub position: Vec2,
    /// Whether it is pressed.
    pub pressed: bool,
    /// Scrolling in this frame, points downward.
    pub scroll: f32,
}

/// The tablet.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub struct Tablet {
    /// Its placement; `None` while it is hidden.
    pub plane: Option<TabletPlane>,
    /// The pointer on it.
    pub pointer: Option<TabletPointer>,
}

/// The image that the panels draw into; exists while there is a tablet and panels.
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

    fn plane() -> TabletPlane {
        let turn = Quat::from_euler(EulerRot::XYZ, 0.3, -0.8, 0.2);
        TabletPlane {
            pose: Isometry3d::new(Vec3::new(2.0, 10.0, -5.0), turn),
            point_size: 0.02,
        }
    }

    #[test]
    fn a_ray_hits_the_point_that_it_is_aimed_at_from_the_front_only() {
        let plane = plane();
        for position in [Vec2::ZERO, Vec2::new(700.0, 30.0), Vec2::new(-50.0, 900.0)] {
            let there = plane.scene_position(position);
            let before = there + plane.pose.rotation * Vec3::new(3.0, -2.0, 9.0);
            let ray = Ray3d::new(before, Dir3::new(there - before).unwrap());
            let (met, distance) = plane.intersect(ray).unwrap();
            assert!(met.distance(position) < 0.05, "{met} {position}");
            assert!((distance - before.distance(there)).abs() < 1e-3);
            let behind = there - (before - there);
            let ray = Ray3d::new(behind, Dir3::new(there - behind).unwrap());
            assert_eq!(plane.intersect(ray), None);
        }
        assert!(TabletPlane::contains(Vec2::ONE) && !TabletPlane::contains(Vec2::new(-1.0, 5.0)));
    }

    #[test]
    fn the_corners_of_its_square_are_those_of_its_points() {
        let plane = plane();
        let corner = plane.to_scene().transform_point3(Vec3::new(-0.5, 0.5, 0.0));
        assert!(corner.distance(plane.scene_position(Vec2::ZERO)) < 1e-3);
        let corner = plane.to_scene().transform_point3(Vec3::new(0.5, -0.5, 0.0));
        assert!(corner.distance(plane.scene_position(TabletPlane::SIZE)) < 1e-3);
    }
}
