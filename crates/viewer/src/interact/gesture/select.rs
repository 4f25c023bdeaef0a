//! Selection by clicks and boxes.

use bevy::prelude::*;

use super::{BoxSelected, Clicked, Steering, Tool, ToolMode};
use crate::interact::aim::Pointer;
use crate::interact::pick::images;
use crate::scene::camera::Orbit;
use crate::scene::displayed::Scene;
use crate::scene::selection::{Selection, Target};
use crate::scene::style::Style;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, (click, frame).in_set(Steering::Act));
}

fn click(
    mut clicks: MessageReader<Clicked>,
    tool: Res<Tool>,
    scene: Res<Scene>,
    mut selection: ResMut<Selection>,
    mut orbit: ResMut<Orbit>,
) {
    for click in clicks.read() {
        if tool.mode != ToolMode::Manipulate {
            continue;
        }
        match click.target() {
            Some(Target::Atom(atom)) if click.double => {
                if let (Some(position), Some(hit)) = (scene.positions().get(atom), click.aim.hit) {
                    orbit.target = *position + hit.image;
                }
                if !click.aim.extend {
                    selection.set([atom]);
                }
            }
            Some(Target::Atom(atom)) if click.aim.extend => selection.toggle(atom),
            Some(Target::Atom(atom)) => selection.set([atom]),
            None if !click.aim.extend && !selection.atoms().is_empty() => selection.clear(),
            Some(Target::Bond(_)) | None => {}
        }
    }
}

/// Adds the atoms whose center is inside the box, in any periodic image.
fn frame(
    mut frames: MessageReader<BoxSelected>,
    pointer: Res<Pointer>,
    orbit: Res<Orbit>,
    scene: Res<Scene>,
    style: Res<Style>,
    mut selection: ResMut<Selection>,
) {
    for framed in frames.read() {
        let images = images(scene.frame.cell.as_ref(), style.images);
        let is_inside = |position: Vec3| {
            let position = orbit.project(position, pointer.window);
            position.is_some_and(|position| framed.rectangle.contains(position))
        };
        for (atom, position) in scene.positions().iter().enumerate() {
            if images.iter().any(|image| is_inside(*position + *image)) {
                selection.add(atom);
            }
        }
    }
}
