//! What is written in the scene: names of atoms, and what is measured between the chosen ones.

use bevy::prelude::*;

use super::camera::Orbit;
use super::displayed::Scene;
use super::measure::{legs, name, quantity};
use super::style::{Labels, Style};
use mlipview_core::sim::Frame;

/// At most so many atoms are named at once: the nearest ones.
pub const MOST: usize = 300;

/// A piece of text in the scene.
#[derive(Clone, Debug, PartialEq)]
pub struct Caption {
    /// Where its middle is on the window, logical pixels from the upper left.
    pub place: Vec2,
    /// What it says.
    pub text: String,
    /// How far in front of the point that the camera turns about it is, Å.
    pub nearness: f32,
}

/// The names of the atoms that are seen in a part of a window of this size, logical pixels, the
/// farthest first.
pub fn of_atoms(
    scene: &Scene,
    style: &Style,
    orbit: &Orbit,
    window: Vec2,
    part: Rect,
) -> Vec<Caption> {
    let Some(text) = names(&scene.frame, style.labels) else {
        return Vec::new();
    };
    let towards_eye = orbit.rotation * Vec3::Z;
    let mut seen: Vec<(f32, usize, Vec2)> = Vec::new();
    for (atom, position) in scene.positions().iter().enumerate() {
        let place = orbit.on_window(*position, window);
        if let Some(place) = place.filter(|place| part.contains(*place)) {
            seen.push((towards_eye.dot(*position - orbit.target), atom, place));
        }
    }
    let nearer = |one: &(f32, usize, Vec2), other: &(f32, usize, Vec2)| other.0.total_cmp(&one.0);
    if seen.len() > MOST {
        seen.select_nth_unstable_by(MOST, nearer);
        seen.truncate(MOST);
    }
    seen.sort_unstable_by(nearer);
    let captions = seen.into_iter().rev();
    captions
        .map(|(nearness, atom, place)| Caption {
            place,
            text: text(atom),
            nearness,
        })
        .collect()
}

/// What each atom is called; `None` where nothing is to be written, or nothing is known.
fn names(frame: &Frame, labels: Labels) -> Option<Box<dyn Fn(usize) -> String + '_>> {
    let elements = frame.identity.elements();
    let evaluation = frame.evaluation.as_deref();
    Some(match labels {
        Labels::None => return None,
        Labels::Element => Box::new(|atom| elements[atom].symbol().to_owned()),
        Labels::Index => Box::new(|atom| atom.to_string()),
        Labels::ElementAndIndex => Box::new(|atom| name(frame, atom)),
        Labels::Force => {
            let forces = &evaluation?.forces;
            Box::new(|atom| format!("{:.2}", forces[atom].length()))
        }
        Labels::Charge => {
            let charges = evaluation?.charges.as_ref()?;
            Box::new(|atom| format!("{:+.2}", charges[atom]))
        }
    })
}

/// What two, three or four chosen atoms are measured to, and where that is written, Å: between two, in
/// the angle of three, at the middle bond of four.
pub fn of_measured(scene: &Scene, atoms: &[usize]) -> Option<(String, Vec3)> {
    let text = quantity(&scene.frame, atoms)?.to_string();
    let middle = |[from, to]: [Vec3; 2]| (from + to) / 2.0;
    let place = match legs(scene, atoms)[..] {
        [leg] | [_, leg, _] => middle(leg),
        [one, other] => one[1].lerp(middle([one[0], other[1]]), 0.4),
        _ => return None,
    };
    Some((text, place))
}
