//! Orbit camera: an eye that rotates about a target point.

use std::f32::consts::FRAC_PI_2;

use bevy::camera::ScalingMode;
use bevy::core_pipeline::tonemapping::{DebandDither, Tonemapping};
use bevy::prelude::*;

use super::beam::Beam;
use super::bounds::bounding_box;
use super::displayed::Scene;
use super::impostor::Eye;
use super::style::Style;
use crate::schedule::ViewerSystems;

/// Vertical field of view, radians.
const FIELD_OF_VIEW: f32 = 0.6;
/// Minimum distance of the eye from the target, Å.
const MIN_DISTANCE: f32 = 0.5;
/// Maximum distance, Å.
const MAX_DISTANCE: f32 = 1e5;
/// Distance in front of the eye at which rays of the orthographic projection start, Å: atoms there
/// are visible too.
const ORTHOGRAPHIC_START: f32 = 1000.0;

/// The viewing ray through a pixel.
#[derive(Clone, Copy, Debug)]
pub struct ViewRay {
    /// From the eye into the scene, Å.
    pub ray: Ray3d,
    /// Normal of the image plane, towards the eye.
    pub plane_normal: Dir3,
    pixel: Beam,
}

impl ViewRay {
    /// The beam with a radius of this many pixels.
    pub fn beam(&self, pixels: f32) -> Beam {
        Beam {
            start: self.pixel.start * pixels,
            growth: self.pixel.growth * pixels,
        }
    }
}

/// Marks the camera of the desktop window, which follows the [`Orbit`]; headset eyes do not.
#[derive(Component, Clone, Copy, Debug, Default)]
pub struct DesktopEye;

/// Position and orientation of the camera, relative to its target.
#[derive(Resource, Clone, Copy, Debug, PartialEq)]
pub struct Orbit {
    /// Point about which the camera rotates, Å.
    pub target: Vec3,
    /// Rotation from image axes (right, up, towards the eye) to scene axes.
    pub rotation: Quat,
    /// Distance from the eye to the target, Å.
    pub distance: f32,
    /// Perspective projection instead of orthographic.
    pub perspective: bool,
    /// Part of the window that panels leave free, as fractions of its size; the target appears at
    /// its center.
    pub free_area: Rect,
}

impl Default for Orbit {
    fn default() -> Orbit {
        Orbit {
            target: Vec3::ZERO,
            rotation: Quat::IDENTITY,
            distance: 20.0,
            perspective: true,
            free_area: Rect::new(0.0, 0.0, 1.0, 1.0),
        }
    }
}

impl Orbit {
    /// Moves as close as these points (Å) allow, centered in an image of this aspect ratio (width /
    /// height). Non-finite points are ignored.
    pub fn fit(&mut self, points: &[Vec3], aspect: f32) {
        /// Margin around the points, Å.
        const MARGIN: f32 = 1.8;
        let rotation = self.rotation.inverse();
        let seen = || {
            let finite = points.iter().filter(|point| point.is_finite());
            finite.map(|point| rotation * *point)
        };
        let Some([low, high]) = bounding_box(seen()) else {
            return;
        };
        let middle = (low + high) / 2.0;
        let free = self.free_area.size().max(Vec2::splat(0.1));
        let slope = (FIELD_OF_VIEW / 2.0).tan() * Vec2::new(free.x * aspect, free.y);
        let distance_of = |point: Vec3| {
            let from_middle = point - middle;
            let needed = (from_middle.truncate().abs() + MARGIN) / slope;
            let ahead = if self.perspective { from_middle.z } else { 0.0 };
            needed.max_element() + ahead
        };
        let distance = seen().map(distance_of).fold(MIN_DISTANCE, f32::max);
        self.target = self.rotation * middle;
        self.distance = distance.clamp(MIN_DISTANCE, MAX_DISTANCE);
    }

    /// Moves the scene to another free part of a window of this aspect ratio, keeping its size
    /// relative to that part.
    pub fn set_free_area(&mut self, free: Rect, aspect: f32) {
        let factor = shorter_side(self.free_area, aspect) / shorter_side(free, aspect);
        self.free_area = free;
        self.distance = (self.distance * factor).clamp(MIN_DISTANCE, MAX_DISTANCE);
    }

    /// The camera for an image without panels, of this aspect ratio, that shows all that a window of another
    /// one shows between its panels.
    pub fn for_image(mut self, window: f32, image: f32) -> Orbit {
        self.set_free_area(Orbit::default().free_area, window);
        if image < window {
            self.zoom(image / window);
        }
        self
    }

    /// Rotates the scene about the vertical and the horizontal image axis, radians. Positive values
    /// turn the front to the right and down.
    pub fn rotate(&mut self, right: f32, down: f32) {
        let rotation = Quat::from_rotation_y(-right) * Quat::from_rotation_x(-down);
        self.rotation = (self.rotation * rotation).normalize();
    }

    /// Rotates the scene in the image plane, radians counterclockwise.
    pub fn roll(&mut self, angle: f32) {
        self.rotation = (self.rotation * Quat::from_rotation_z(-angle)).normalize();
    }

    /// Rolls about the point where a viewing ray meets the target plane.
    pub fn roll_about(&mut self, ray: &ViewRay, angle: f32) {
        if let Some(fixed) = self.on_target_plane(ray) {
            let rotation = Quat::from_axis_angle(*ray.plane_normal, -angle);
            self.target = fixed + rotation * (self.target - fixed);
        }
        self.roll(angle);
    }

    /// Moves the scene with the pointer; the motion is a fraction of the image height, right and
    /// up.
    pub fn pan(&mut self, right: f32, up: f32) {
        let shift = Vec3::new(right, up, 0.0) * self.height();
        self.target -= self.rotation * shift;
    }

    /// Zooms in by this factor (above 1) or out (below 1).
    pub fn zoom(&mut self, factor: f32) {
        let distance = self.distance / factor;
        if distance.is_finite() {
            self.distance = distance.clamp(MIN_DISTANCE, MAX_DISTANCE);
        }
    }

    /// Zooms about the point where a viewing ray meets the target plane.
    pub fn zoom_towards(&mut self, ray: &ViewRay, factor: f32) {
        let fixed = self.on_target_plane(ray);
        let before = self.distance;
        self.zoom(factor);
        if let Some(fixed) = fixed {
            self.target = fixed + (self.target - fixed) * (self.distance / before);
        }
    }

    /// Intersection of a viewing ray with the plane through the target that faces the eye, Å.
    pub fn on_target_plane(&self, ray: &ViewRay) -> Option<Vec3> {
        let plane = InfinitePlane3d::new(ray.plane_normal);
        ray.ray.plane_intersection_point(self.target, plane)
    }

    /// The viewing ray through a position in a window of this size, logical pixels from the upper
    /// left; `None` for an empty window.
    pub fn view_ray(&self, position: Vec2, window: Vec2) -> Option<ViewRay> {
        if !(window.min_element() > 0.0 && position.is_finite()) {
            return None;
        }
        let aspect = window.x / window.y;
        let eye = self.transform(aspect);
        let fraction = (position / window - Vec2::splat(0.5)) * Vec2::new(aspect, -1.0);
        let plane_normal = Dir3::new(self.rotation * Vec3::Z).ok()?;
        let pixel = 1.0 / window.y;
        if self.perspective {
            let slope = 2.0 * (FIELD_OF_VIEW / 2.0).tan();
            let direction = Vec3::new(fraction.x * slope, fraction.y * slope, -1.0);
            Some(ViewRay {
                ray: Ray3d::new(eye.translation, Dir3::new(self.rotation * direction).ok()?),
                plane_normal,
                pixel: Beam {
                    start: 0.0,
                    growth: slope * pixel,
                },
            })
        } else {
            let aside = Vec3::new(fraction.x, fraction.y, 0.0) * self.height();
            let ahead = Vec3::Z * (ORTHOGRAPHIC_START + self.distance);
            Some(ViewRay {
                ray: Ray3d::new(
                    eye.translation + self.rotation * (aside + ahead),
                    -plane_normal,
                ),
                plane_normal,
                pixel: Beam {
                    start: self.height() * pixel,
                    growth: 0.0,
                },
            })
        }
    }

    /// Projects a point (Å) to a window of this size, logical pixels from the upper left; `None`
    /// behind the eye.
    pub fn project(&self, point: Vec3, window: Vec2) -> Option<Vec2> {
        let aspect = window.x / window.y;
        let eye = self.transform(aspect);
        let seen = self.rotation.inverse() * (point - eye.translation);
        let height = if self.perspective {
            -seen.z * 2.0 * (FIELD_OF_VIEW / 2.0).tan()
        } else {
            self.height()
        };
        let fraction = Vec2::new(seen.x / aspect, -seen.y) / height + Vec2::splat(0.5);
        (height > 0.0 && fraction.is_finite()).then(|| fraction * window)
    }

    /// Whether a point (Å) is in the free part of a window of this aspect ratio.
    pub fn is_visible(&self, point: Vec3, aspect: f32) -> bool {
        let window = Vec2::new(aspect, 1.0);
        let position = self.project(point, window);
        position.is_some_and(|position| self.free_area.contains(position / window))
    }

    /// Looks along an axis (unit length) with another one up.
    pub fn look_along(&mut self, axis: Vec3, up: Vec3) {
        self.rotation = Transform::IDENTITY.looking_to(axis, up).rotation;
    }

    /// Height of the visible region at the distance of the target, Å.
    pub fn height(&self) -> f32 {
        2.0 * self.distance * (FIELD_OF_VIEW / 2.0).tan()
    }

    /// Transform of the eye, for an image of this aspect ratio.
    pub fn transform(&self, aspect: f32) -> Transform {
        let middle = self.free_area.center() - Vec2::splat(0.5);
        let aside = Vec3::new(-middle.x * aspect, middle.y, 0.0) * self.height();
        let eye = self.target + self.rotation * (aside + Vec3::Z * self.distance);
        Transform::from_translation(eye).with_rotation(self.rotation)
    }

    /// The matching projection.
    pub fn projection(&self) -> Projection {
        if self.perspective {
            Projection::Perspective(PerspectiveProjection {
                fov: FIELD_OF_VIEW.min(FRAC_PI_2),
                near: 0.05,
                far: 4.0 * MAX_DISTANCE,
                ..default()
            })
        } else {
            Projection::Orthographic(OrthographicProjection {
                scaling_mode: ScalingMode::FixedVertical {
                    viewport_height: self.height(),
                },
                near: -MAX_DISTANCE,
                far: MAX_DISTANCE,
                ..OrthographicProjection::default_3d()
            })
        }
    }
}

/// The shorter side of a part of a window of this aspect ratio, as a fraction of the window's
/// height.
fn shorter_side(free: Rect, aspect: f32) -> f32 {
    let free = free.size().max(Vec2::splat(0.1));
    free.y.min(free.x * aspect).max(0.1)
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Orbit>()
        .add_systems(Startup, spawn_eye)
        .add_systems(
            Update,
            (frame_new_atoms, follow)
                .chain()
                .in_set(ViewerSystems::Place),
        );
}

fn spawn_eye(mut commands: Commands) {
    commands.spawn((
        Camera3d::default(),
        Eye::default(),
        DesktopEye,
        Msaa::Off,
        Tonemapping::None,
        DebandDither::Disabled,
    ));
}

/// Frames the first structure, and the whole scene when atoms are added out of view.
fn frame_new_atoms(
    scene: Res<Scene>,
    style: Res<Style>,
    cameras: Query<&Camera, With<DesktopEye>>,
    mut orbit: ResMut<Orbit>,
    mut seen: Local<Option<usize>>,
) {
    let atoms = scene.positions().len();
    let aspect = cameras.iter().find_map(aspect);
    let (Some(aspect), true) = (aspect, *seen != Some(atoms)) else {
        return;
    };
    let before = seen.replace(atoms).unwrap_or(0);
    // Atoms added outside of the image would be missed.
    let mut added = scene.positions().iter().skip(before);
    if before == 0
        || added.any(|position| position.is_finite() && !orbit.is_visible(*position, aspect))
    {
        orbit.fit(&scene.extent_points(&style), aspect);
    }
}

fn follow(
    orbit: Res<Orbit>,
    mut eyes: Query<(&Camera, &mut Transform, &mut Projection), With<DesktopEye>>,
) {
    for (camera, mut transform, mut projection) in &mut eyes {
        let Some(aspect) = aspect(camera) else {
            continue;
        };
        transform.set_if_neq(orbit.transform(aspect));
        if orbit.is_changed() {
            *projection = orbit.projection();
        }
    }
}

/// Aspect ratio (width / height) of a camera's viewport.
pub fn aspect(camera: &Camera) -> Option<f32> {
    let size = camera.logical_viewport_size()?;
    (size.min_element() > 0.0).then(|| size.x / size.y)
}
