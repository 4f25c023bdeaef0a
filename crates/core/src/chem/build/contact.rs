//! How far matter must be shifted until it touches nothing.

use glam::DVec3;

use crate::chem::{Cell, Structure};

/// Atoms as balls of their van der Waals radii: center and radius, Å.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ball {
    at: DVec3,
    radius: f64,
}

/// The atoms of a structure as balls, moved by an offset (Å).
pub(super) fn balls(structure: &Structure, offset: DVec3) -> Vec<Ball> {
    let atoms = structure.elements().iter().zip(structure.positions());
    atoms
        .map(|(element, &position)| Ball {
            at: position + offset,
            radius: element.van_der_waals_radius(),
        })
        .collect()
}

/// The stretches of a way (Å along a unit vector) on which one of the moving balls would overlap one
/// that stands, from its start on: joined and in order.
///
/// Balls touch where |s − t d|² = R², with s from the moving to the standing one and R the sum of their
/// radii: at t = s·d ± √(R² − |s|² + (s·d)²).
fn blocked(moving: &[Ball], standing: &[Ball], direction: DVec3) -> Vec<[f64; 2]> {
    let mut stretches: Vec<[f64; 2]> = Vec::new();
    for one in moving {
        for other in standing {
            let apart = other.at - one.at;
            let along = apart.dot(direction);
            let reach = (one.radius + other.radius).powi(2);
            let half_squared = reach - apart.length_squared() + along * along;
            let half = half_squared.max(0.0).sqrt();
            if half_squared > 0.0 && along + half > 0.0 {
                stretches.push([along - half, along + half]);
            }
        }
    }
    stretches.sort_by(|one, other| one[0].total_cmp(&other[0]));
    let mut joined: Vec<[f64; 2]> = Vec::new();
    for [start, end] in stretches {
        match joined.last_mut() {
            Some(last) if start <= last[1] => last[1] = last[1].max(end),
            _ => joined.push([start, end]),
        }
    }
    joined
}

/// The shortest shift (Å) along a unit vector after which nothing overlaps.
pub(super) fn first_gap(moving: &[Ball], standing: &[Ball], direction: DVec3) -> f64 {
    let blocked = blocked(moving, standing, direction);
    let at_start = blocked.first().filter(|stretch| stretch[0] < 0.0);
    at_start.map_or(0.0, |stretch| stretch[1])
}

/// The shift (Å) along a unit vector from which on nothing overlaps any more.
pub(super) fn beyond_all(moving: &[Ball], standing: &[Ball], direction: DVec3) -> f64 {
    let blocked = blocked(moving, standing, direction);
    blocked.last().map_or(0.0, |stretch| stretch[1])
}

/// A shift (Å) along a unit vector that leaves everything behind: a plane fits between. Further than
/// [`beyond_all`], and found in no time.
pub(super) fn slab(moving: &[Ball], standing: &[Ball], direction: DVec3) -> f64 {
    let front = |ball: &Ball| ball.at.dot(direction) + ball.radius;
    let back = |ball: &Ball| ball.at.dot(direction) - ball.radius;
    let front = standing.iter().map(front).fold(f64::NEG_INFINITY, f64::max);
    let back = moving.iter().map(back).fold(f64::INFINITY, f64::min);
    let shift = front - back;
    if shift.is_finite() {
        shift.max(0.0)
    } else {
        0.0
    }
}

/// The standing balls, with their images in a cell, that one of the moving balls may meet on a way of
/// `reach` (Å) in any direction.
pub(super) fn within_reach(
    moving: &[Ball],
    standing: &[Ball],
    cell: Option<&Cell>,
    reach: f64,
) -> Vec<Ball> {
    let count = moving.len().max(1) as f64;
    let center = moving.iter().map(|ball| ball.at).sum::<DVec3>() / count;
    let extent = moving
        .iter()
        .map(|ball| ball.at.distance(center) + ball.radius)
        .fold(0.0, f64::max);
    let near = |ball: &Ball| ball.at.distance(center) <= reach + extent + ball.radius;
    let Some(cell) = cell.filter(|cell| cell.is_periodic()) else {
        return standing.iter().copied().filter(near).collect();
    };
    let (heights, periodic) = (cell.heights(), cell.periodic());
    let largest = standing.iter().map(|ball| ball.radius).fold(0.0, f64::max);
    let counts = [0, 1, 2].map(|axis| {
        let cells = (reach + extent + largest) / heights[axis] + 1.0;
        if periodic[axis] {
            cells.ceil() as i32
        } else {
            0
        }
    });
    let mut found = Vec::new();
    for ball in standing {
        let nearest = Ball {
            at: center + cell.minimum_image(ball.at - center),
            ..*ball
        };
        for a in -counts[0]..=counts[0] {
            for b in -counts[1]..=counts[1] {
                for c in -counts[2]..=counts[2] {
                    let image = Ball {
                        at: nearest.at + cell.translation(glam::IVec3::new(a, b, c)),
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
