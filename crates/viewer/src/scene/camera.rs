//! Where the scene is looked at from: an eye on a sphere around a point.

use std::f32::consts::FRAC_PI_2;

use bevy::camera::ScalingMode;
use bevy::core_pipeline::tonemapping::{DebandDither, Tonemapping};
use bevy::prelude::*;

use super::beam::Beam;
use super::displayed::Scene;
use super::impostor::Eye;
use super::style::Style;
use crate::schedule::ViewerSystems;

/// The angle from the lower to the upper edge of the picture, radians.
const FIELD_OF_VIEW: f32 = 0.6;
/// How near the eye may come to the point it turns about, Å.
const NEAREST: f32 = 0.5;
/// How far it may go, Å.
const FARTHEST: f32 = 1e5;
/// How far in front of the eye of a parallel projection a ray begins: what is there is seen too.
const AHEAD: f32 = 1000.0;

/// The line of sight through a pixel.
#[derive(Clone, Copy, Debug)]
pub struct Sight {
    /// From the eye into the scene, Å.
    pub ray: Ray3d,
    /// Towards the eye, across the picture's plane.
    pub facing: Dir3,
    pixel: Beam,
}

impl Sight {
    /// What is within so many pixels of the line.
    pub fn beam(&self, pixels: f32) -> Beam {
        Beam {
            start: self.pixel.start * pixels,
            growth: self.pixel.growth * pixels,
        }
    }
}

/// Marks the eye at the desk, which looks along the [`Orbit`]; the eyes of a headset do not.
#[derive(Component, Clone, Copy, Debug, Default)]
pub struct DeskEye;

/// The eye, and the point it turns about.
#[derive(Resource, Clone, Copy, Debug, PartialEq)]
pub struct Orbit {
    /// The point that is turned about, Å.
    pub target: Vec3,
    /// From the axes of the picture (right, up, towards the eye) to those of the molecule.
    pub rotation: Quat,
    /// Distance from the eye to the target, Å.
    pub distance: f32,
    /// Whether things farther away look smaller.
    pub perspective: bool,
    /// The part of the window that panels leave free, as shares of its size: the target is in its
    /// middle.
    pub free: Rect,
}

impl Default for Orbit {
    fn default() -> Orbit {
        Orbit {
            target: Vec3::ZERO,
            rotation: Quat::IDENTITY,
            distance: 20.0,
            perspective: true,
            free: Rect::new(0.0, 0.0, 1.0, 1.0),
        }
    }
}

impl Orbit {
    /// Comes as near as all of these points (Å) allow, in the middle of a picture with this ratio of
    /// width to height; those that are no numbers are left out.
    pub fn fit(&mut self, points: &[Vec3], aspect: f32) {
        /// Room around what is drawn at the points, Å.
        const ROOM: f32 = 1.8;
        let turn = self.rotation.inverse();
        let seen = || {
            let finite = points.iter().filter(|point| point.is_finite());
            finite.map(|point| turn * *point)
        };
        let Some(first) = seen().next() else {
            return;
        };
        let (low, high) = seen().fold((first, first), |(low, high), point| {
            (low.min(point), high.max(point))
        });
        let middle = (low + high) / 2.0;
        let free = self.free.size().max(Vec2::splat(0.1));
        let slope = (FIELD_OF_VIEW / 2.0).tan() * Vec2::new(free.x * aspect, free.y);
        let away = |point: Vec3| {
            let from_middle = point - middle;
            let reach = (from_middle.truncate().abs() + ROOM) / slope;
            let ahead = if self.perspective { from_middle.z } else { 0.0 };
            reach.max_element() + ahead
        };
        let distance = seen().map(away).fold(NEAREST, f32::max);
        self.target = self.rotation * middle;
        self.distance = distance.clamp(NEAREST, FARTHEST);
    }

    /// Leaves the scene another part of a window with this ratio of width to height: what filled the
    /// old part fills the new one.
    pub fn make_room(&mut self, free: Rect, aspect: f32) {
        let factor = narrow(self.free, aspect) / narrow(free, aspect);
        self.free = free;
        self.distance = (self.distance * factor).clamp(NEAREST, FARTHEST);
    }

    /// Turns the scene under the eye by so many radians about the picture's vertical and horizontal
    /// axis: positive turns what is in front to the right, and down.
    pub fn turn(&mut self, right: f32, down: f32) {
        let turn = Quat::from_rotation_y(-right) * Quat::from_rotation_x(-down);
        self.rotation = (self.rotation * turn).normalize();
    }

    /// Turns the scene in the plane of the picture, radians counter-clockwise.
    pub fn roll(&mut self, angle: f32) {
        self.rotation = (self.rotation * Quat::from_rotation_z(-angle)).normalize();
    }

    /// Turns as [`Orbit::roll`] does, so that what is on a line of sight at the target's distance
    /// stays on it.
    pub fn roll_about(&mut self, sight: &Sight, angle: f32) {
        if let Some(fixed) = self.on_target_plane(sight) {
            let turn = Quat::from_axis_angle(*sight.facing, -angle);
            self.target = fixed + turn * (self.target - fixed);
        }
        self.roll(angle);
    }

    /// Moves the scene with the pointer, which moved by shares of the picture's height, right and
    /// up.
    pub fn pan(&mut self, right: f32, up: f32) {
        let shift = Vec3::new(right, up, 0.0) * self.height();
        self.target -= self.rotation * shift;
    }

    /// Comes nearer by this factor, above 1, or goes away, below.
    pub fn zoom(&mut self, factor: f32) {
        let distance = self.distance / factor;
        if distance.is_finite() {
            self.distance = distance.clamp(NEAREST, FARTHEST);
        }
    }

    /// Comes nearer as [`Orbit::zoom`] does, so that what is on a line of sight at the target's
    /// distance stays on it.
    pub fn zoom_towards(&mut self, sight: &Sight, factor: f32) {
        let fixed = self.on_target_plane(sight);
        let before = self.distance;
        self.zoom(factor);
        if let Some(fixed) = fixed {
            self.target = fixed + (self.target - fixed) * (self.distance / before);
        }
    }

    /// Where a line of sight is at the target's distance, Å.
    pub fn on_target_plane(&self, sight: &Sight) -> Option<Vec3> {
        let plane = InfinitePlane3d::new(sight.facing);
        sight.ray.plane_intersection_point(self.target, plane)
    }

    /// The line of sight through a place on a window of this size, both in logical pixels, the place
    /// from the upper left; `None` where the window has no size.
    pub fn sight(&self, place: Vec2, window: Vec2) -> Option<Sight> {
        if !(window.min_element() > 0.0 && place.is_finite()) {
            return None;
        }
        let aspect = window.x / window.y;
        let eye = self.transform(aspect);
        let share = (place / window - Vec2::splat(0.5)) * Vec2::new(aspect, -1.0);
        let facing = Dir3::new(self.rotation * Vec3::Z).ok()?;
        let pixel = 1.0 / window.y;
        if self.perspective {
            let slope = 2.0 * (FIELD_OF_VIEW / 2.0).tan();
            let direction = Vec3::new(share.x * slope, share.y * slope, -1.0);
            Some(Sight {
                ray: Ray3d::new(eye.translation, Dir3::new(self.rotation * direction).ok()?),
                facing,
                pixel: Beam {
                    start: 0.0,
                    growth: slope * pixel,
                },
            })
        } else {
            let aside = Vec3::new(share.x, share.y, 0.0) * self.height();
            let ahead = Vec3::Z * (AHEAD + self.distance);
            Some(Sight {
                ray: Ray3d::new(eye.translation + self.rotation * (aside + ahead), -facing),
                facing,
                pixel: Beam {
                    start: self.height() * pixel,
                    growth: 0.0,
                },
            })
        }
    }

    /// Where on a window of this size a point (Å) is seen, logical pixels from the upper left;
    /// `None` behind the eye.
    pub fn on_window(&self, point: Vec3, window: Vec2) -> Option<Vec2> {
        let aspect = window.x / window.y;
        let eye = self.transform(aspect);
        let seen = self.rotation.inverse() * (point - eye.translation);
        let height = if self.perspective {
            -seen.z * 2.0 * (FIELD_OF_VIEW / 2.0).tan()
        } else {
            self.height()
        };
        let share = Vec2::new(seen.x / aspect, -seen.y) / height + Vec2::splat(0.5);
        (height > 0.0 && share.is_finite()).then(|| share * window)
    }

    /// Whether a point (Å) is in the part that panels leave free, of a window with this ratio of width
    /// to height.
    pub fn shows(&self, point: Vec3, aspect: f32) -> bool {
        let window = Vec2::new(aspect, 1.0);
        let place = self.on_window(point, window);
        place.is_some_and(|place| self.free.contains(place / window))
    }

    /// Looks along an axis (unit length), the other one upwards on the picture.
    pub fn look_along(&mut self, axis: Vec3, up: Vec3) {
        self.rotation = Transform::IDENTITY.looking_to(axis, up).rotation;
    }

    /// What the picture shows from its lower to its upper edge at the target's distance, Å.
    pub fn height(&self) -> f32 {
        2.0 * self.distance * (FIELD_OF_VIEW / 2.0).tan()
    }

    /// Where the eye is, and how it looks, for a picture with this ratio of width to height.
    pub fn transform(&self, aspect: f32) -> Transform {
        let middle = self.free.center() - Vec2::splat(0.5);
        let aside = Vec3::new(-middle.x * aspect, middle.y, 0.0) * self.height();
        let eye = self.target + self.rotation * (aside + Vec3::Z * self.distance);
        Transform::from_translation(eye).with_rotation(self.rotation)
    }

    /// The projection that goes with it.
    pub fn projection(&self) -> Projection {
        if self.perspective {
            Projection::Perspective(PerspectiveProjection {
                fov: FIELD_OF_VIEW.min(FRAC_PI_2),
                near: 0.05,
                far: 4.0 * FARTHEST,
                ..default()
            })
        } else {
            Projection::Orthographic(OrthographicProjection {
                scaling_mode: ScalingMode::FixedVertical {
                    viewport_height: self.height(),
                },
                near: -FARTHEST,
                far: FARTHEST,
                ..OrthographicProjection::default_3d()
            })
        }
    }
}

/// The narrower side of a part of a window with this ratio of width to height, as a share of the
/// window's height.
fn narrow(free: Rect, aspect: f32) -> f32 {
    let free = free.size().max(Vec2::splat(0.1));
    free.y.min(free.x * aspect).max(0.1)
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Orbit>()
        .add_systems(Startup, open_eye)
        .add_systems(
            Update,
            (look_at_new, follow).chain().in_set(ViewerSystems::Place),
        );
}

fn open_eye(mut commands: Commands) {
    commands.spawn((
        Camera3d::default(),
        Eye::default(),
        DeskEye,
        Msaa::Off,
        Tonemapping::None,
        DebandDither::Disabled,
    ));
}

/// The first structure is looked at whole, and all of it again when something is added out of sight.
fn look_at_new(
    scene: Res<Scene>,
    style: Res<Style>,
    cameras: Query<&Camera, With<DeskEye>>,
    mut orbit: ResMut<Orbit>,
    mut seen: Local<Option<usize>>,
) {
    let atoms = scene.positions().len();
    let aspect = cameras.iter().find_map(aspect);
    let (Some(aspect), true) = (aspect, *seen != Some(atoms)) else {
        return;
    };
    let before = seen.replace(atoms).unwrap_or(0);
    // What was added beside the picture would be looked for in vain.
    let mut added = scene.positions().iter().skip(before);
    if before == 0 || added.any(|place| place.is_finite() && !orbit.shows(*place, aspect)) {
        orbit.fit(&scene.outline(&style), aspect);
    }
}

fn follow(
    orbit: Res<Orbit>,
    mut eyes: Query<(&Camera, &mut Transform, &mut Projection), With<DeskEye>>,
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

/// The ratio of width to height of a camera's picture.
pub fn aspect(camera: &Camera) -> Option<f32> {
    let size = camera.logical_viewport_size()?;
    (size.min_element() > 0.0).then(|| size.x / size.y)
}
