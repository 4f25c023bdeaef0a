//! Intersections of a ray with sticks of bonds and with spheres.

use bevy::prelude::*;

use crate::scene::beam::Beam;

/// Maximum bond length, Å: 1.3225 × twice the largest covalent radius (2.6 Å).
const MAX_BOND_LENGTH: f32 = 7.0;

/// Whether a ray misses every stick that starts at a point: a fast rejection test.
pub(super) fn misses_sticks(ray: Ray3d, beam: Beam, from: Vec3, stick: f32) -> bool {
    let away = from - ray.origin;
    let along = away.dot(*ray.direction);
    let aside = (away - along * *ray.direction).length_squared();
    let reach = MAX_BOND_LENGTH + stick.max(beam.radius(along + MAX_BOND_LENGTH));
    aside > reach * reach
}

pub(super) fn misses_sphere(ray: Ray3d, beam: Beam, center: Vec3, radius: f32) -> bool {
    let away = center - ray.origin;
    let along = away.dot(*ray.direction);
    let aside = (away - along * *ray.direction).length();
    aside > radius + beam.radius(along + radius) || along < -radius
}

/// Ray–stick intersection: position along the stick (fraction of its length, up to `max_fraction`) and
/// distance along the ray.
pub(super) fn intersect_stick(
    ray: Ray3d,
    beam: Beam,
    [from, to]: [Vec3; 2],
    stick: f32,
    max_fraction: f32,
) -> Option<(f32, f32)> {
    let axis = to - from;
    let away = from - ray.origin;
    // Nearest points of ray (origin 0, direction d) and segment (from w along a): s = ((a·d)(w·d) −
    // w·a) / (|a|² − (a·d)²).
    let (slant, length) = (axis.dot(*ray.direction), axis.length_squared());
    let (along, across) = (away.dot(*ray.direction), away.dot(axis));
    let spread = length - slant * slant;
    let fraction = if spread > 1e-6 * length {
        ((slant * along - across) / spread).clamp(0.0, max_fraction)
    } else {
        max_fraction / 2.0
    };
    let along = along + fraction * slant;
    let gap = (away + fraction * axis - along * *ray.direction).length_squared();
    let radius = stick.max(beam.radius(along));
    (gap <= radius * radius && along > 0.0)
        .then(|| (fraction, (along - (radius * radius - gap).sqrt()).max(0.0)))
}
