//! What can be measured of the atoms chosen last: a place, a distance, an angle, a torsion angle.

use std::fmt;

use bevy::prelude::*;
use glam::DVec3;

use super::coordinates::{to_drawn, to_simulated};
use super::displayed::Scene;
use super::lines::Strokes;
use super::selection::Selection;
use crate::schedule::ViewerSystems;
use mlipview_core::chem::measure::{angle, dihedral, distance};
use mlipview_core::sim::Frame;

/// How many atoms can be measured together.
pub const MOST: usize = 4;

/// A measured quantity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Quantity {
    /// Where an atom is, Å.
    Position(DVec3),
    /// How far apart two atoms are, Å.
    Distance(f64),
    /// The angle at the second of three atoms, degrees.
    Angle(f64),
    /// The torsion angle of four atoms about the line through the middle two, degrees.
    Dihedral(f64),
}

impl fmt::Display for Quantity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Quantity::Position(DVec3 { x, y, z }) => {
                write!(formatter, "({x:.3}, {y:.3}, {z:.3}) Å")
            }
            Quantity::Distance(distance) => write!(formatter, "{distance:.3} Å"),
            Quantity::Angle(angle) | Quantity::Dihedral(angle) => write!(formatter, "{angle:.1}°"),
        }
    }
}

/// What one to four atoms of a frame are measured to, in this order, from each to the nearest image of
/// the next. `None` for none, for more, for an atom that is not there, or where there is no answer.
pub fn quantity(frame: &Frame, atoms: &[usize]) -> Option<Quantity> {
    let (positions, cell) = (&frame.positions[..], frame.cell.as_ref());
    match *atoms {
        [atom] => positions.get(atom).copied().map(Quantity::Position),
        [one, other] => distance(positions, cell, [one, other]).map(Quantity::Distance),
        [one, vertex, other] => angle(positions, cell, [one, vertex, other])
            .map(|angle| Quantity::Angle(angle.to_degrees())),
        [one, two, three, four] => dihedral(positions, cell, [one, two, three, four])
            .map(|angle| Quantity::Dihedral(angle.to_degrees())),
        _ => None,
    }
}

/// An atom by element and index, counted from 0, as in `O17`; empty for one that is not there.
pub fn name(frame: &Frame, atom: usize) -> String {
    let element = frame.identity.elements().get(atom);
    element.map_or_else(String::new, |element| format!("{element}{atom}"))
}

/// One to four atoms by their names, and what they are measured to: `C0–C1–O2: 109.5°`.
pub fn in_words(frame: &Frame, atoms: &[usize]) -> String {
    let names: Vec<String> = atoms.iter().map(|atom| name(frame, *atom)).collect();
    let names = names.join("–");
    quantity(frame, atoms).map_or(names.clone(), |quantity| format!("{names}: {quantity}"))
}

/// The lines that two to four atoms are measured along, as they are drawn, Å: from each to the nearest
/// image of the next. None for other numbers of atoms, or where one of them is not there.
pub fn legs(scene: &Scene, atoms: &[usize]) -> Vec<[Vec3; 2]> {
    if !(2..=MOST).contains(&atoms.len()) {
        return Vec::new();
    }
    let cell = scene.frame.cell.as_ref();
    let places = atoms
        .iter()
        .map(|atom| scene.positions().get(*atom).copied());
    let Some(places) = places.collect::<Option<Vec<Vec3>>>() else {
        return Vec::new();
    };
    let mut from = places[0];
    let mut legs = Vec::with_capacity(MOST - 1);
    for pair in places.windows(2) {
        let leg = to_simulated(pair[1] - pair[0]);
        if !leg.is_finite() {
            return Vec::new();
        }
        let leg = to_drawn(cell.map_or(leg, |cell| cell.minimum_image(leg)));
        legs.push([from, from + leg]);
        from += leg;
    }
    legs
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, draw.in_set(ViewerSystems::Place));
}

/// A dashed line from each of two to four chosen atoms to the next.
fn draw(scene: Res<Scene>, selection: Res<Selection>, mut strokes: ResMut<Strokes>) {
    const YELLOW: [u8; 3] = [250, 220, 90];
    const WIDTH: f32 = 2.0;
    for [from, to] in legs(&scene, selection.atoms()) {
        strokes.dashed(from, to, WIDTH, YELLOW);
    }
}
