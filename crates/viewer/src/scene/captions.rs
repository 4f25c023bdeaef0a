//! Text in the scene: atom labels and measured quantities.

use bevy::prelude::*;

use super::camera::Orbit;
use super::displayed::Scene;
use super::measure::{atom_name, measure, segments};
use super::style::{Labels, Style};
use mlipview_core::sim::Frame;

/// Maximum number of labeled atoms; the nearest are taken.
pub const MAX_CAPTIONS: usize = 300;

/// A piece of text at a position of the window.
#[derive(Clone, Debug, PartialEq)]
pub struct Caption {
    /// Center, logical pixels from the upper left of the window.
    pub position: Vec2,
    /// The text.
    pub text: String,
    /// Distance in front of the camera's target, Å.
    pub nearness: f32,
}

/// Labels of the visible atoms in a part of a window of this size (logical pixels), farthest first.
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
        let pixel = orbit.project(*position, window);
        if let Some(pixel) = pixel.filter(|pixel| part.contains(*pixel)) {
            seen.push((towards_eye.dot(*position - orbit.target), atom, pixel));
        }
    }
    let nearer = |one: &(f32, usize, Vec2), other: &(f32, usize, Vec2)| other.0.total_cmp(&one.0);
    if seen.len() > MAX_CAPTIONS {
        seen.select_nth_unstable_by(MAX_CAPTIONS, nearer);
        seen.truncate(MAX_CAPTIONS);
    }
    seen.sort_unstable_by(nearer);
    let captions = seen.into_iter().rev();
    captions
        .map(|(nearness, atom, position)| Caption {
            position,
            text: text(atom),
            nearness,
        })
        .collect()
}

/// Label of each atom; `None` if labels are off or the quantity is not available.
fn names(frame: &Frame, labels: Labels) -> Option<Box<dyn Fn(usize) -> String + '_>> {
    let elements = frame.identity.elements();
    let evaluation = frame.evaluation.as_deref();
    Some(match labels {
        Labels::None => return None,
        Labels::Element => Box::new(|atom| elements[atom].symbol().to_owned()),
        Labels::Index => Box::new(|atom| atom.to_string()),
        Labels::ElementAndIndex => Box::new(|atom| atom_name(frame, atom)),
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

/// The measurement between two to four selected atoms and the position of its text, Å: middle
/// of a distance, inside an angle, middle bond of a dihedral.
pub fn of_measured(scene: &Scene, atoms: &[usize]) -> Option<(String, Vec3)> {
    let text = measure(&scene.frame, atoms)?.to_string();
    let middle = |[from, to]: [Vec3; 2]| (from + to) / 2.0;
    let position = match segments(scene, atoms)[..] {
        [leg] | [_, leg, _] => middle(leg),
        [one, other] => one[1].lerp(middle([one[0], other[1]]), 0.4),
        _ => return None,
    };
    Some((text, position))
}
