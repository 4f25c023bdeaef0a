//! Playback of the script at the shown frame.

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::played::{PlayedScript, TimelineExtent};
use crate::app::session::{camera_pose, orbit_of};
use crate::app::timeline::TimelineView;
use crate::scene::appearance::Opacities;
use crate::scene::camera::Orbit;
use crate::scene::displayed::Scene;
use crate::scene::labels::Labels;
use crate::schedule::ViewerSystems;
use crate::simulation::Simulation;
use mlipview_core::script::CameraPose;
use mlipview_core::sim::Command;
use mlipview_core::sim::playback::Play;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<PlayedScript>()
        .add_systems(Update, play.in_set(ViewerSystems::Steer));
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
    view: Res<TimelineView>,
    simulation: Res<Simulation>,
    mut played: ResMut<PlayedScript>,
    scripted: ScriptedScene,
    mut free: Local<Option<CameraPose>>,
) {
    let ScriptedScene {
        mut orbit,
        mut opacities,
        mut labels,
    } = scripted;
    let shown = scene.frame.playback;
    let position = shown.and_then(|shown| view.position(shown.address));
    let (Some(shown), Some(position), false) = (shown, position, played.script().is_empty()) else {
        if free.take().is_some() {
            labels.0.clear();
            opacities.set_if_neq(Opacities::default());
        }
        return;
    };
    let rate = view.options.rate;
    let free = *free.get_or_insert(camera_pose(&orbit));
    let extent = TimelineExtent {
        frames: view.len(),
        rate,
    };
    let state = played
        .bypass_change_detection()
        .at(position as f64, extent, &scene.frame, &free);
    opacities.set_if_neq(Opacities(state.opacities));
    if labels.0 != state.labels {
        labels.0 = state.labels;
    }
    if let Some(pose) = state.camera {
        *orbit = orbit_of(&pose, &orbit);
    }
    let wanted = state.rate.unwrap_or(rate);
    if let Some(play) = shown.play.filter(|play| play.rate.abs() != wanted) {
        let rate = wanted.copysign(play.rate);
        // Retried at the next frame while the inbox is full.
        let _ = simulation.send(Command::Play(Some(Play { rate, ..play })));
    }
}
