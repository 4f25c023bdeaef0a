//! Playback of the script at the shown frame, which all people see.

use std::sync::Arc;

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::edited::EditedScript;
use super::labels::labels_of;
use crate::app::session::{camera_pose, orbit_of};
use crate::scene::camera::Orbit;
use crate::scene::displayed::Scene;
use crate::scene::labels::Labels;
use crate::scene::opacities::Opacities;
use crate::schedule::ViewerSystems;
use crate::simulation::Simulation;
use mlipview_core::script::CameraPose;
use mlipview_core::sim::Command;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<EditedScript>()
        .add_systems(Update, (share, play).chain().in_set(ViewerSystems::Steer));
}

/// Gives the timeline an edited script, and shows a paused frame again with it, to all people: `is_unseen`
/// until the simulation has room for that command.
fn share(
    script: Res<EditedScript>,
    scene: Res<Scene>,
    simulation: Res<Simulation>,
    mut is_unseen: Local<bool>,
) {
    let (timeline, played) = (simulation.timeline(), script.played());
    if !Arc::ptr_eq(&timeline.script(), &played) {
        timeline.set_script(played);
        *is_unseen = true;
    }
    if !*is_unseen {
        return;
    }
    let paused = scene.frame.playback.filter(|shown| shown.play.is_none());
    let sent = paused.map(|shown| simulation.send(Command::ShowFrame(shown.address)));
    *is_unseen = sent.is_some_and(|sent| sent.is_err());
}

/// The parts of the scene that a script changes.
#[derive(SystemParam)]
struct ScriptedScene<'w> {
    orbit: ResMut<'w, Orbit>,
    opacities: ResMut<'w, Opacities>,
    labels: ResMut<'w, Labels>,
}

/// Plays the script at the shown frame; without one, nothing of it is left. `free` is the pose at which the
/// user left the camera before the script moved it, while a script plays.
fn play(
    scene: Res<Scene>,
    simulation: Res<Simulation>,
    scripted: ScriptedScene,
    mut free: Local<Option<CameraPose>>,
) {
    let ScriptedScene {
        mut orbit,
        mut opacities,
        mut labels,
    } = scripted;
    let frame = &scene.frame;
    let timeline = simulation.timeline();
    let state = frame
        .playback
        .and_then(|shown| timeline.shown_script(&shown, &frame.positions));
    let Some(state) = state else {
        if free.take().is_some() {
            labels.0.clear();
            opacities.set_if_neq(Opacities::default());
        }
        return;
    };
    let free = *free.get_or_insert(camera_pose(&orbit));
    opacities.set_if_neq(Opacities::of(&state));
    labels.set_if_neq(Labels(labels_of(state.labels)));
    if let Some(camera) = state.camera {
        *orbit = orbit_of(&camera.pose(&free), &orbit);
    }
}
