//! Overlap of van der Waals spheres along a direction.

use glam::DVec3;

use crate::chem::{Cell, Structure};

/// Van der Waals sphere of an atom.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sphere {
    /// Center, Å.
    center: DVec3,
    /// Van der Waals radius, Å.
    radius: f64,
}

/// Spheres of the atoms of a structure, translated by an offset (Å).
pub(super) fn spheres(structure: &Structure, offset: DVec3) -> Vec<Sphere> {
    let atoms = structure.elements().iter().zip(structure.positions());
    atoms
        .map(|(element, &position)| Sphere {
            center: position + offset,
            radius: element.van_der_waals_radius(),
        })
        .collect()
}

/// Intervals of translations t ≥ 0 (Å along a unit vector d) with an overlap of a moving and a fixed
/// sphere: merged and sorted.
///
/// Spheres touch where |s − t d|² = R², with s from the moving to the fixed center and R the sum of the
/// radii: t = s·d ± √(R² − |s|² + (s·d)²).
fn blocked_intervals(moving: &[Sphere], fixed: &[Sphere], direction: DVec3) -> Vec<[f64; 2]> {
    let mut intervals: Vec<[f64; 2]> = Vec::new();
    for one in moving {
        for other in fixed {
            let separation = other.center - one.center;
            let along = separation.dot(direction);
            let touch_squared = (one.radius + other.radius).powi(2);
            let half_squared = touch_squared - separation.length_squared() + along * along;
            let half = half_squared.max(0.0).sqrt();
            if half_squared > 0.0 && along + half > 0.0 {
                intervals.push([along - half, along + half]);
            }
        }
    }
    intervals.sort_by(|one, other| one[0].total_cmp(&other[0]));
    let mut joined: Vec<[f64; 2]> = Vec::new();
    for [start, end] in intervals {
        match joined.last_mut() {
            Some(last) if start <= last[1] => last[1] = last[1].max(end),
            _ => joined.push([start, end]),
        }
    }
    joined
}

/// The shortest translation (Å) along a unit vector without overlap.
pub(super) fn first_gap(moving: &[Sphere], fixed: &[Sphere], direction: DVec3) -> f64 {
    let blocked = blocked_intervals(moving, fixed, direction);
    let at_start = blocked.first().filter(|interval| interval[0] < 0.0);
    at_start.map_or(0.0, |interval| interval[1])
}

/// The translation (Å) along a unit vector beyond which nothing overlaps.
pub(super) fn past_all(moving: &[Sphere], fixed: &[Sphere], direction: DVec3) -> f64 {
    let blocked = blocked_intervals(moving, fixed, direction);
    blocked.last().map_or(0.0, |interval| interval[1])
}

/// The translation (Å) along a unit vector after which a plane separates the spheres. Longer than
/// [`past_all`], but in linear time.
pub(super) fn separating_shift(moving: &[Sphere], fixed: &[Sphere], direction: DVec3) -> f64 {
    let front = |sphere: &Sphere| sphere.center.dot(direction) + sphere.radius;
    let back = |sphere: &Sphere| sphere.center.dot(direction) - sphere.radius;
    let front = fixed.iter().map(front).fold(f64::NEG_INFINITY, f64::max);
    let back = moving.iter().map(back).fold(f64::INFINITY, f64::min);
    let shift = front - back;
    if shift.is_finite() {
        shift.max(0.0)
    } else {
        0.0
    }
}

/// The fixed spheres and their periodic images that a translation of up to `reach` (Å) in any direction
/// can touch.
pub(super) fn within_reach(
    moving: &[Sphere],
    fixed: &[Sphere],
    cell: Option<&Cell>,
    reach: f64,
) -> Vec<Sphere> {
    let count = moving.len().max(1) as f64;
    let center = moving.iter().map(|sphere| sphere.center).sum::<DVec3>() / count;
    let extent = moving
        .iter()
        .map(|sphere| sphere.center.distance(center) + sphere.radius)
        .fold(0.0, f64::max);
    let near = |sphere: &Sphere| sphere.center.distance(center) <= reach + extent + sphere.radius;
    let Some(cell) = cell.filter(|cell| cell.is_periodic()) else {
        return fixed.iter().copied().filter(near).collect();
    };
    let (heights, periodic) = (cell.heights(), cell.periodic());
    let largest = fixed.iter().map(|sphere| sphere.radius).fold(0.0, f64::max);
    let counts = [0, 1, 2].map(|axis| {
        let cells = (reach + extent + largest) / heights[axis] + 1.0;
        if periodic[axis] {
            cells.ceil() as i32
        } else {
            0
        }
    });
    let mut found = Vec::new();
    for sphere in fixed {
        let nearest = Sphere {
            center: center + cell.minimum_image(sphere.center - center),
            ..*sphere
        };
        for a in -counts[0]..=counts[0] {
            for b in -counts[1]..=counts[1] {
                for c in -counts[2]..=counts[2] {
                    let image = Sphere {
                        center: nearest.center + cell.translation(glam::IVec3::new(a, b, c)),
                        ..nearest
                    };
                    if near(&image) {
                        found.push(image);
                    }
                }
            }
        }
    }
    found
}
