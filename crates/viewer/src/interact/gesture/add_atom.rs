//! The tool that adds atoms: bonded to a clicked atom, or in free space.

use bevy::prelude::*;

use super::{Clicked, Steering, Tool, ToolMode};
use crate::app::notices::Notices;
use crate::interact::edit::{AtomSite, EditRequest, Edits};
use crate::scene::camera::Orbit;
use crate::scene::coordinates::to_simulated;
use crate::scene::displayed::Scene;
use crate::scene::selection::Target;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, click.in_set(Steering::Act));
}

fn click(
    mut clicks: MessageReader<Clicked>,
    tool: Res<Tool>,
    scene: Res<Scene>,
    orbit: Res<Orbit>,
    mut edits: ResMut<Edits>,
    mut notices: ResMut<Notices>,
) {
    for click in clicks.read() {
        let ToolMode::AddAtom(element) = tool.mode else {
            continue;
        };
        let site = match click.target() {
            Some(Target::Atom(atom)) => Some(AtomSite::BondedTo {
                atom,
                revision: scene.frame.revision,
            }),
            // At the hand of a controller,
            None if let Some(hand_pose) = click.aim.hand_pose => Some(AtomSite::At(to_simulated(
                hand_pose.pose.translation.into(),
            ))),
            // or in the target plane of the camera.
            None => {
                let plane = InfinitePlane3d::new(click.aim.plane_normal);
                let point = click.aim.ray.plane_intersection_point(orbit.target, plane);
                point.map(|point| AtomSite::At(to_simulated(point)))
            }
            // Ambiguous: a near miss of either end.
            Some(Target::Bond(_)) => None,
        };
        if let Some(site) = site {
            edits.push(EditRequest::AddAtom(element, site), &mut notices);
        }
    }
}
