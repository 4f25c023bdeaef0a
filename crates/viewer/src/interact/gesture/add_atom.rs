//! Clicks of the tool that adds atoms: on an atom one is bonded to it, beside all one stands alone.

use bevy::prelude::*;

use super::{Clicked, Purpose, Steering, Tool};
use crate::app::notices::Notices;
use crate::interact::edit::{Edits, Site, Wish};
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
        let Purpose::AddAtom(element) = tool.purpose else {
            continue;
        };
        let site = match click.target() {
            Some(Target::Atom(atom)) => Some(Site::On {
                atom,
                revision: scene.frame.revision,
            }),
            // In the hand, where it is one,
            None if let Some(reach) = click.aim.reach => {
                Some(Site::At(to_simulated(reach.pose.translation.into())))
            }
            // or as far away as what the camera turns about.
            None => {
                let plane = InfinitePlane3d::new(click.aim.facing);
                let point = click.aim.ray.plane_intersection_point(orbit.target, plane);
                point.map(|point| Site::At(to_simulated(point)))
            }
            // A near miss of either end, and what was meant cannot be told.
            Some(Target::Bond(_)) => None,
        };
        if let Some(site) = site {
            edits.ask(Wish::AddAtom(element, site), &mut notices);
        }
    }
}
