//! Measurements between selected atoms: position, distance, angle, dihedral.

use std::fmt;

use bevy::prelude::*;
use glam::DVec3;

use super::coordinates::{to_drawn, to_simulated};
use super::displayed::Scene;
use super::lines::Lines;
use super::selection::Selection;
use crate::schedule::ViewerSystems;
use mlipview_core::chem::measure::{angle, dihedral, distance};
use mlipview_core::sim::Frame;

/// Maximum number of measured atoms.
pub const MAX_ATOMS: usize = 4;

/// A measurement between atoms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Measurement {
    /// Position of one atom, Å.
    Position(DVec3),
    /// Distance of two atoms, Å.
    Distance(f64),
    /// Angle at the second of three atoms, degrees.
    Angle(f64),
    /// Dihedral of four atoms about the middle two, degrees.
    Dihedral(f64),
}

impl fmt::Display for Measurement {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Measurement::Position(DVec3 { x, y, z }) => {
                write!(formatter, "({x:.3}, {y:.3}, {z:.3}) Å")
            }
            Measurement::Distance(distance) => write!(formatter, "{distance:.3} Å"),
            Measurement::Angle(angle) | Measurement::Dihedral(angle) => {
                write!(formatter, "{angle:.1}°")
            }
        }
    }
}

/// The measurement that one to four atoms define, in order, each with the nearest periodic image of
/// the next. `None` for other numbers, missing atoms, or undefined angles.
pub fn measure(frame: &Frame, atoms: &[usize]) -> Option<Measurement> {
    let (positions, cell) = (&frame.positions[..], frame.cell.as_ref());
    match *atoms {
        [atom] => positions.get(atom).copied().map(Measurement::Position),
        [one, other] => distance(positions, cell, [one, other]).map(Measurement::Distance),
        [one, vertex, other] => angle(positions, cell, [one, vertex, other])
            .map(|angle| Measurement::Angle(angle.to_degrees())),
        [one, two, three, four] => dihedral(positions, cell, [one, two, three, four])
            .map(|angle| Measurement::Dihedral(angle.to_degrees())),
        _ => None,
    }
}

/// Element and index of an atom, counted from 0, as in `O17`; empty if there is no such atom.
pub fn atom_name(frame: &Frame, atom: usize) -> String {
    let element = frame.identity.elements().get(atom);
    element.map_or_else(String::new, |element| format!("{element}{atom}"))
}

/// Names of one to four atoms with their measurement: `C0–C1–O2: 109.5°`.
pub fn in_words(frame: &Frame, atoms: &[usize]) -> String {
    let names: Vec<String> = atoms.iter().map(|atom| atom_name(frame, *atom)).collect();
    let names = names.join("–");
    measure(frame, atoms).map_or(names.clone(), |measurement| {
        format!("{names}: {measurement}")
    })
}

/// The drawn line segments of a measurement between two to four atoms, Å, each to the nearest image
/// of the next atom. Empty for other numbers or missing atoms.
pub fn segments(scene: &Scene, atoms: &[usize]) -> Vec<[Vec3; 2]> {
    if !(2..=MAX_ATOMS).contains(&atoms.len()) {
        return Vec::new();
    }
    let cell = scene.frame.cell.as_ref();
    let positions = atoms
        .iter()
        .map(|atom| scene.positions().get(*atom).copied());
    let Some(positions) = positions.collect::<Option<Vec<Vec3>>>() else {
        return Vec::new();
    };
    let mut from = positions[0];
    let mut segments = Vec::with_capacity(MAX_ATOMS - 1);
    for pair in positions.windows(2) {
        let segment = to_simulated(pair[1] - pair[0]);
        if !segment.is_finite() {
            return Vec::new();
        }
        let segment = to_drawn(cell.map_or(segment, |cell| cell.minimum_image(segment)));
        segments.push([from, from + segment]);
        from += segment;
    }
    segments
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, draw.in_set(ViewerSystems::Place));
}

/// Draws dashed lines between two to four selected atoms.
fn draw(scene: Res<Scene>, selection: Res<Selection>, mut lines: ResMut<Lines>) {
    const YELLOW: [u8; 3] = [250, 220, 90];
    const WIDTH: f32 = 2.0;
    for [from, to] in segments(&scene, selection.atoms()) {
        lines.dashed(from, to, WIDTH, YELLOW);
    }
}
