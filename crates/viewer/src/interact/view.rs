//! Actions of the view: camera and representation.

use bevy::prelude::*;

use super::action::{Action, AxisView};
use super::aim::Pointer;
use super::gesture::Steering;
use crate::scene::camera::Orbit;
use crate::scene::displayed::Scene;
use crate::scene::selection::Selection;
use crate::scene::style::{Labels, Representation, Style};

/// Representations in the order of the shortcut, without the automatic one.
const REPRESENTATIONS: [Representation; 4] = [
    Representation::BallAndStick,
    Representation::SpaceFilling,
    Representation::Licorice,
    Representation::Lines,
];

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, (look, change_style).in_set(Steering::Look));
}

fn look(
    mut actions: MessageReader<Action>,
    pointer: Res<Pointer>,
    scene: Res<Scene>,
    selection: Res<Selection>,
    style: Res<Style>,
    mut orbit: ResMut<Orbit>,
) {
    for action in actions.read() {
        match action {
            Action::Center => {
                orbit.target = center_of(&scene, &selection)
                    .unwrap_or(scene.bounds_with_images(style.images).0);
            }
            Action::Fit => {
                let size = pointer.window;
                let aspect = if size.min_element() > 0.0 {
                    size.x / size.y
                } else {
                    1.0
                };
                orbit.fit(&scene.extent_points(&style), aspect);
            }
            Action::ViewAlong(view) => look_along(&mut orbit, *view),
            Action::Rotate { right, down } => orbit.rotate(right.to_radians(), down.to_radians()),
            Action::Zoom(factor) => orbit.zoom(*factor),
            Action::TogglePerspective => orbit.perspective = !orbit.perspective,
            _ => {}
        }
    }
}

/// Mean drawn position of the selected atoms, Å; `None` without any.
fn center_of(scene: &Scene, selection: &Selection) -> Option<Vec3> {
    let atoms = selection.atoms().iter();
    let positions: Vec<Vec3> = atoms
        .filter_map(|atom| scene.positions().get(*atom).copied())
        .filter(|position| position.is_finite())
        .collect();
    let sum: Vec3 = positions.iter().sum();
    (!positions.is_empty()).then(|| sum / positions.len() as f32)
}

/// The axis points to the eye, the next one (x → y → z → x) to the right, the third up; from behind
/// the next one points to the left.
fn look_along(orbit: &mut Orbit, view: AxisView) {
    let axis = view.axis % 3;
    let to_eye = if view.from_behind {
        -Vec3::AXES[axis]
    } else {
        Vec3::AXES[axis]
    };
    orbit.look_along(-to_eye, Vec3::AXES[(axis + 2) % 3]);
}

fn change_style(mut actions: MessageReader<Action>, scene: Res<Scene>, mut style: ResMut<Style>) {
    for action in actions.read() {
        match action {
            Action::NextRepresentation => {
                let now = style
                    .representation
                    .resolve(scene.frame.identity.elements());
                style.representation = next(&REPRESENTATIONS, now);
            }
            Action::NextLabels => style.labels = next(&Labels::ALL, style.labels),
            Action::ToggleForces => style.arrows.forces = !style.arrows.forces,
            Action::ToggleCell => style.cell_box = !style.cell_box,
            _ => {}
        }
    }
}

/// The next element, cyclically.
fn next<T: Copy + PartialEq>(all: &[T], now: T) -> T {
    let index = all.iter().position(|other| *other == now);
    all[index.map_or(0, |index| (index + 1) % all.len())]
}
