//! Parameters of the systems that save sessions.

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::collect::SessionContents;
use super::frames::SavedFrames;
use super::kept::KeptFields;
use super::live_frame::LiveFrame;
use crate::app::document::{Document, PotentialChoice};
use crate::app::run::RunSettings;
use crate::app::script::EditedScript;
use crate::app::timeline::TimelineView;
use crate::scene::camera::Orbit;
use crate::scene::displayed::Scene;
use crate::scene::selection::Selection;
use crate::scene::style::Style;
use crate::simulation::Simulation;

/// Everything of the window that a session keeps, beside the document.
#[derive(SystemParam)]
pub struct SessionParams<'w> {
    live: LiveFrame<'w>,
    scene: Res<'w, Scene>,
    simulation: Res<'w, Simulation>,
    run: Res<'w, RunSettings>,
    orbit: Res<'w, Orbit>,
    style: Res<'w, Style>,
    selection: Res<'w, Selection>,
    timeline: Res<'w, TimelineView>,
    script: Res<'w, EditedScript>,
    kept: Res<'w, KeptFields>,
}

impl SessionParams<'_> {
    /// The contents of a session file.
    pub fn contents(&self, document: &Document, choice: &PotentialChoice) -> SessionContents {
        let playback = self.scene.frame.playback;
        let timeline = self.simulation.timeline();
        SessionContents {
            title: document.name.clone(),
            live: self.live.get(),
            potential: choice.request().clone(),
            run: self.run.clone(),
            orbit: *self.orbit,
            style: self.style.clone(),
            selection: self.selection.atoms().to_vec(),
            playback: self.timeline.options,
            shown: playback.and_then(|shown| self.timeline.position(shown.address)),
            frames: SavedFrames::of(timeline),
            names: self.script.names().clone(),
            script: self.script.script().clone(),
            kept: self.kept.clone(),
        }
    }
}
