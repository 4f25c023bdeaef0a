//! Sticks of double, triple and aromatic bonds: number, width, dashes.

mod cell_faces;
mod sticks;

use std::f64::consts::FRAC_PI_3;

use bevy::math::Quat;
use glam::DVec3;
use mlipview_core::chem::Structure;

use crate::test_renderer::{Drawing, TestRenderer, structure};

/// Radius of single sticks in the default style, Å.
const STICK: f64 = 0.12;

/// Distance of both sticks of a double bond from its axis, Å.
const ASIDE: f64 = 0.92 * STICK;

/// Part of a bond between its balls, as fractions of its length.
const FREE: [f64; 2] = [0.32, 0.68];

/// Ethene in the image plane, with C=C along x.
fn ethene() -> Structure {
    structure(&[
        ("C", [-0.6695, 0.0, 0.0]),
        ("C", [0.6695, 0.0, 0.0]),
        ("H", [-1.232, 0.929, 0.0]),
        ("H", [-1.232, -0.929, 0.0]),
        ("H", [1.232, 0.929, 0.0]),
        ("H", [1.232, -0.929, 0.0]),
    ])
}

/// Ethyne, along x.
fn ethyne() -> Structure {
    structure(&[
        ("C", [-0.6015, 0.0, 0.0]),
        ("C", [0.6015, 0.0, 0.0]),
        ("H", [-1.6645, 0.0, 0.0]),
        ("H", [1.6645, 0.0, 0.0]),
    ])
}

/// Benzene in the image plane: the carbon atoms in order, then their hydrogen atoms.
fn benzene() -> Structure {
    let ring = |symbol, radius: f64| {
        (0..6).map(move |corner| {
            let angle = f64::from(corner) * FRAC_PI_3;
            (symbol, [radius * angle.cos(), radius * angle.sin(), 0.0])
        })
    };
    let atoms: Vec<_> = ring("C", 1.397).chain(ring("H", 2.481)).collect();
    structure(&atoms)
}

/// Renders the surroundings of a center in orthographic projection.
fn draw_around(renderer: &mut TestRenderer, center: DVec3, rotation: Quat) -> Drawing {
    renderer.orbit(|orbit| {
        orbit.target = center.as_vec3();
        orbit.rotation = rotation;
        orbit.perspective = false;
        orbit.distance = 7.0;
    });
    renderer.draw()
}

/// Lengths of the drawn segments between two positions, pixels.
fn segments(drawing: &Drawing, from: DVec3, to: DVec3) -> Vec<f32> {
    const STEP: f32 = 0.25;
    let [start, end] = [from, to].map(|position| drawing.pixel(position.to_array()));
    let steps = (start.distance(end) / STEP) as usize;
    let mut segments = vec![0.0];
    for step in 0..=steps {
        let drawn = !drawing.is_black(start.lerp(end, step as f32 / steps as f32));
        match segments.last_mut() {
            Some(length) if drawn => *length += STEP,
            Some(length) if *length > 0.0 => segments.push(0.0),
            _ => {}
        }
    }
    segments.retain(|length| *length > 0.0);
    segments
}

/// Drawn segments on a line across a bond, at a fraction of its length, in a direction.
fn across(drawing: &Drawing, [one, other]: [DVec3; 2], share: f64, aside: DVec3) -> Vec<f32> {
    let center = one.lerp(other, share);
    segments(drawing, center - 0.3 * aside, center + 0.3 * aside)
}

/// Positions of the first two atoms.
fn ends(structure: &Structure) -> [DVec3; 2] {
    [structure.positions()[0], structure.positions()[1]]
}

/// Converts a length from Å to pixels.
fn to_pixels(drawing: &Drawing, length: f64) -> f32 {
    drawing.pixels([0.0; 3], length as f32)
}
