//! The timeline script of the session: its speed, callouts, texts and camera while frames are shown.

use std::collections::HashMap;

use bevy::prelude::*;

use super::session::{camera_pose, orbit_of};
use super::timeline::TimelineView;
use crate::scene::appearance::Opacities;
use crate::scene::camera::Orbit;
use crate::scene::displayed::Scene;
use crate::schedule::ViewerSystems;
use crate::simulation::Simulation;
use mlipview_core::script::color::parse;
use mlipview_core::script::{CameraPose, FrameNames, ResolvedScript, Script, ScriptState};
use mlipview_core::sim::playback::Play;
use mlipview_core::sim::{Command, Frame};

/// The script of the open session, and what it shows now.
#[derive(Resource, Default)]
pub struct PlayedScript {
    script: Script,
    ids: HashMap<String, u64>,
    /// The script for the present number of frames and rate.
    resolved: Option<(u64, f64, ResolvedScript)>,
    /// Where the user left the camera before the script moved it.
    free: Option<CameraPose>,
    /// Labels to draw over the scene.
    pub labels: Vec<ScriptLabel>,
}

/// A callout or text of a script.
#[derive(Clone, Debug, PartialEq)]
pub struct ScriptLabel {
    /// The text, with line breaks.
    pub text: String,
    /// Where it is drawn.
    pub place: LabelPlace,
    /// Color of the text, sRGB with alpha, 0 to 1.
    pub color: [f32; 4],
    /// Color behind it.
    pub background: [f32; 4],
}

/// Place of a label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LabelPlace {
    /// A point of the scene, Å, and the height of its letters, Å.
    Scene(Vec3, f32),
    /// Fractions of the window's width and height, and the height of its letters as such a fraction.
    Window(Vec2, f32),
}

/// White letters on slate.
const COLORS: [[f32; 4]; 2] = [[1.0; 4], [0.06, 0.07, 0.09, 0.84]];

/// Frames by their ids in a session.
struct Names<'a> {
    ids: &'a HashMap<String, u64>,
    count: u64,
}

impl FrameNames for Names<'_> {
    fn count(&self) -> u64 {
        self.count
    }

    fn index_of(&self, id: &str) -> Option<u64> {
        self.ids.get(id).copied()
    }
}

impl PlayedScript {
    /// The script.
    pub fn script(&self) -> &Script {
        &self.script
    }

    /// Replaces the script; `ids` are the names of frames with their positions.
    pub fn set(&mut self, script: Script, ids: HashMap<String, u64>) {
        *self = PlayedScript {
            script,
            ids,
            ..PlayedScript::default()
        };
    }

    /// The state of the script at a position of a timeline with this number of frames.
    fn state(&mut self, position: u64, frames: u64, rate: f64) -> ScriptState<'_> {
        let is_current = |known: &(u64, f64, ResolvedScript)| (known.0, known.1) == (frames, rate);
        if !self.resolved.as_ref().is_some_and(is_current) {
            let names = Names {
                ids: &self.ids,
                count: frames,
            };
            self.resolved = Some((frames, rate, self.script.resolve(&names, rate)));
        }
        match &self.resolved {
            Some((_, _, resolved)) => resolved.at(position as f64),
            None => ScriptState::default(),
        }
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<PlayedScript>()
        .add_systems(Update, play.in_set(ViewerSystems::Steer));
}

/// Plays the script at the shown frame; without one, nothing of it is left.
fn play(
    scene: Res<Scene>,
    view: Res<TimelineView>,
    simulation: Res<Simulation>,
    mut played: ResMut<PlayedScript>,
    mut orbit: ResMut<Orbit>,
    mut opacities: ResMut<Opacities>,
) {
    let shown = scene.frame.playback;
    let position = shown.and_then(|shown| view.position(shown.address));
    let (Some(shown), Some(position), false) = (shown, position, played.script.is_empty()) else {
        if !played.labels.is_empty() {
            played.labels.clear();
        }
        played.free = None;
        opacities.set_if_neq(Opacities::default());
        return;
    };
    let rate = view.options.rate;
    let free = *played.free.get_or_insert(camera_pose(&orbit));
    let state = played.state(position, view.len(), rate);
    let wanted = state.rate.unwrap_or(rate);
    let pose = state.camera.map(|camera| camera.pose(&free));
    let atoms = scene.frame.positions.len();
    let faded = state.opacity.map_or_else(Vec::new, |blend| {
        blend
            .atoms(atoms)
            .into_iter()
            .map(|opacity| opacity as f32)
            .collect()
    });
    let labels = labels(&state, &scene.frame);
    opacities.set_if_neq(Opacities(faded));
    played.labels = labels;
    if let Some(pose) = pose {
        *orbit = orbit_of(&pose, &orbit);
    }
    if let Some(play) = shown.play.filter(|play| play.rate.abs() != wanted) {
        let rate = wanted.copysign(play.rate);
        // Retried at the next frame while the inbox is full.
        let _ = simulation.send(Command::Play(Some(Play { rate, ..play })));
    }
}

fn labels(state: &ScriptState<'_>, frame: &Frame) -> Vec<ScriptLabel> {
    let color =
        |name: Option<&str>, default: usize| name.and_then(parse).unwrap_or(COLORS[default]);
    let callouts = state.callouts.iter().filter_map(|visible| {
        let callout = visible.callout;
        let place = callout.position(&frame.positions)?.as_vec3();
        let style = &callout.style;
        let opacity = style.opacity.unwrap_or(1.0) as f32;
        let faded = |[red, green, blue, alpha]: [f32; 4]| [red, green, blue, alpha * opacity];
        Some(ScriptLabel {
            text: callout.text.clone(),
            place: LabelPlace::Scene(place, callout.letter_height() as f32),
            color: faded(color(style.color.as_deref(), 0)),
            background: faded(color(style.background.as_deref(), 1)),
        })
    });
    let texts = state.texts.iter().map(|visible| {
        let text = visible.text;
        let [x, y] = text.position.map(|fraction| fraction as f32);
        ScriptLabel {
            text: text.text.clone(),
            place: LabelPlace::Window(Vec2::new(x, y), text.size as f32),
            color: color(text.color.as_deref(), 0),
            background: color(text.background.as_deref(), 1),
        }
    });
    callouts.chain(texts).collect()
}
