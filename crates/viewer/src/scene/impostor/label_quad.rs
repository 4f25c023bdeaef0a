//! Quad of a label in the image of an eye.

use bevy::math::Isometry3d;
use bevy::prelude::*;

use crate::scene::labels::{LETTER_HEIGHTS, LabelPlace, TextPlane};

/// Maximum width of a label at a place of the window, as a fraction of the free area's width.
const MAX_WIDTH: f32 = 0.96;

/// An eye, to compute quads of labels.
pub(super) struct LabelQuad {
    pub(super) clip_from_view: Mat4,
    pub(super) world_from_view: Isometry3d,
    /// Rotation from eye to head axes: labels face the head, equally for both eyes.
    pub(super) head_from_eye: Quat,
    /// Plane of the labels at places of the window; `None`: the image itself.
    pub(super) text_plane: Option<TextPlane>,
    /// Part of the image in which labels at places of the window are, as fractions of its size.
    pub(super) free_area: Rect,
}

impl LabelQuad {
    /// Transform from the unit square around the origin to clip space, for a label of this size (heights
    /// of a letter). `None` if it is behind the eye.
    pub(super) fn of(&self, place: LabelPlace, size: Vec2) -> Option<Mat4> {
        match (place, self.text_plane) {
            (LabelPlace::Scene(point, height), _) => self.billboard(point, size, height),
            (LabelPlace::Window(place, height), None) => Some(self.overlay(place, size, height)),
            (LabelPlace::Window(place, height), Some(plane)) => {
                let center = self.to_view(plane.point(place.to_array()));
                let rotation = self.world_from_view.rotation.inverse() * plane.pose.rotation;
                let width = size.x * height / TextPlane::ASPECT;
                let extent = plane.height * height * size * (MAX_WIDTH / width).min(1.0);
                Some(self.clip_from_view * quad(center, rotation, extent))
            }
        }
    }

    fn to_view(&self, point: Vec3) -> Vec3 {
        self.world_from_view.inverse() * point
    }

    /// A quad that faces the head, with letters of this height (Å) within their bounds in the image.
    fn billboard(&self, point: Vec3, size: Vec2, height: f32) -> Option<Mat4> {
        let center = self.to_view(point);
        let depth = (self.clip_from_view * center.extend(1.0)).w;
        if depth <= 0.0 {
            return None;
        }
        // The image's height is 2 in clip coordinates after division by the depth.
        let image_height = 2.0 * depth / self.clip_from_view.y_axis.y;
        let [smallest, largest] = LETTER_HEIGHTS.map(|fraction| fraction * image_height);
        let extent = size * height.clamp(smallest, largest);
        let rotation = self.head_from_eye.inverse();
        Some(self.clip_from_view * quad(center, rotation, extent))
    }

    /// A quad at a place of the free area.
    fn overlay(&self, place: Vec2, size: Vec2, height: f32) -> Mat4 {
        let free = self.free_area;
        let height = height * free.height();
        let aspect = self.clip_from_view.y_axis.y / self.clip_from_view.x_axis.x;
        let width = size.x * height / aspect;
        let shrinking = (MAX_WIDTH * free.width() / width).min(1.0);
        let extent = 2.0 * Vec2::new(width, size.y * height) * shrinking;
        let place = free.min + place * free.size();
        let center = Vec3::new(2.0 * place.x - 1.0, 1.0 - 2.0 * place.y, 0.5);
        quad(center, Quat::IDENTITY, extent)
    }
}

/// The unit square moved to a center, rotated, and scaled to an extent.
fn quad(center: Vec3, rotation: Quat, extent: Vec2) -> Mat4 {
    Mat4::from_scale_rotation_translation(extent.extend(0.0), rotation, center)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn eye() -> LabelQuad {
        LabelQuad {
            clip_from_view: Mat4::perspective_infinite_reverse_rh(0.8, 1.5, 0.1),
            world_from_view: Isometry3d::new(
                Vec3::new(3.0, -2.0, 20.0),
                Quat::from_euler(EulerRot::XYZ, 0.1, -0.2, 0.3),
            ),
            head_from_eye: Quat::IDENTITY,
            text_plane: None,
            free_area: Rect::new(0.0, 0.0, 1.0, 1.0),
        }
    }

    /// Corners of a quad in the image, from −1 to 1.
    fn corners(matrix: Mat4) -> [Vec2; 2] {
        [Vec2::splat(-0.5), Vec2::splat(0.5)]
            .map(|corner| matrix.project_point3(corner.extend(0.0)).truncate())
    }

    #[test]
    fn a_callout_is_around_its_point_and_its_letters_have_their_height_within_bounds() {
        let eye = eye();
        let point = Vec3::new(1.0, 0.5, -2.0);
        let view_from_world = eye.world_from_view.inverse();
        let clip = eye.clip_from_view * (view_from_world * point).extend(1.0);
        let size = Vec2::new(5.0, 1.5);
        let height = |letters| {
            let quad = eye.of(LabelPlace::Scene(point, letters), size).unwrap();
            let [low, high] = corners(quad);
            let middle = (low + high) / 2.0;
            assert!(middle.distance(clip.truncate().truncate() / clip.w) < 1e-4);
            assert!(((high - low).x * 1.5 / (high - low).y - 5.0 / 1.5).abs() < 1e-3);
            (high - low).y / 2.0 / size.y
        };
        let middle = 0.05 * 2.0 * clip.w / eye.clip_from_view.y_axis.y;
        assert!((height(middle) - 0.05).abs() < 1e-4);
        assert!((height(1e-4) - LETTER_HEIGHTS[0]).abs() < 1e-4);
        assert!((height(1e4) - LETTER_HEIGHTS[1]).abs() < 1e-4);
        let behind = eye.world_from_view * Vec3::new(0.0, 0.0, 3.0);
        assert_eq!(eye.of(LabelPlace::Scene(behind, 1.0), size), None);
    }

    #[test]
    fn a_text_is_at_its_place_of_the_image_and_never_wider() {
        let place = Vec2::new(0.5, 0.85);
        let at = |size| corners(eye().of(LabelPlace::Window(place, 0.05), size).unwrap());
        let [low, high] = at(Vec2::new(6.0, 1.5));
        assert!(((low + high) / 2.0).distance(Vec2::new(0.0, -0.7)) < 1e-5);
        assert!(((high - low).y / 2.0 - 0.05 * 1.5).abs() < 1e-5);
        assert!(((high - low).x / 2.0 - 0.05 * 6.0 / 1.5).abs() < 1e-5);
        let [low, high] = at(Vec2::new(60.0, 1.5));
        assert!(((high - low).x / 2.0 - MAX_WIDTH).abs() < 1e-4);
    }

    #[test]
    fn a_text_is_where_panels_leave_the_image_free() {
        let eye = LabelQuad {
            free_area: Rect::new(0.4, 0.0, 1.0, 0.8),
            ..eye()
        };
        let place = Vec2::new(0.5, 0.85);
        let at = |size| corners(eye.of(LabelPlace::Window(place, 0.05), size).unwrap());
        let [low, high] = at(Vec2::new(6.0, 1.5));
        let expected = Vec2::new(2.0 * 0.7 - 1.0, 1.0 - 2.0 * 0.68);
        assert!(((low + high) / 2.0).distance(expected) < 1e-5);
        assert!(((high - low).y / 2.0 - 0.04 * 1.5).abs() < 1e-5);
        let [low, high] = at(Vec2::new(60.0, 1.5));
        assert!(((high - low).x / 2.0 - 0.6 * MAX_WIDTH).abs() < 1e-4);
    }

    #[test]
    fn a_text_on_a_plane_is_where_the_plane_is() {
        let plane = TextPlane {
            pose: Isometry3d::new(Vec3::new(2.0, 1.0, -3.0), Quat::from_rotation_y(0.2)),
            height: 8.0,
        };
        let eye = LabelQuad {
            text_plane: Some(plane),
            ..eye()
        };
        let place = Vec2::new(0.5, 0.85);
        let quad = eye
            .of(LabelPlace::Window(place, 0.05), Vec2::new(6.0, 1.5))
            .unwrap();
        let expected = plane.pose * Vec3::new(0.0, -0.35 * 8.0, 0.0);
        let view_from_world = eye.world_from_view.inverse();
        let clip = eye.clip_from_view * (view_from_world * expected).extend(1.0);
        let found = quad * Vec4::W;
        assert!(found.distance(clip) < 1e-3, "{found} {clip}");
    }
}
