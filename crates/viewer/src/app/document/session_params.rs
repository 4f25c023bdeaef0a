//! Parameters of the system that saves sessions.

use std::sync::Arc;

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::potential_choice::PotentialChoice;
use super::state::Document;
use crate::app::run::RunSettings;
use crate::app::script::PlayedScript;
use crate::app::session::{KeptFields, SavedFrames, SessionContents};
use crate::app::timeline::TimelineView;
use crate::scene::camera::Orbit;
use crate::scene::displayed::Scene;
use crate::scene::selection::Selection;
use crate::scene::style::Style;
use crate::simulation::Simulation;
use mlipview_core::sim::Frame;

/// Everything of the window that a session keeps, beside the document.
#[derive(SystemParam)]
pub(super) struct SessionParams<'w> {
    scene: Res<'w, Scene>,
    simulation: Res<'w, Simulation>,
    run: Res<'w, RunSettings>,
    orbit: Res<'w, Orbit>,
    style: Res<'w, Style>,
    selection: Res<'w, Selection>,
    timeline: Res<'w, TimelineView>,
    script: Res<'w, PlayedScript>,
    kept: Res<'w, KeptFields>,
}

impl SessionParams<'_> {
    /// The contents of a session file.
    pub(super) fn contents(
        &self,
        document: &Document,
        choice: &PotentialChoice,
    ) -> SessionContents {
        let playback = self.scene.frame.playback;
        let timeline = self.simulation.timeline();
        SessionContents {
            title: document.name.clone(),
            live: self.live(),
            potential: choice.request().clone(),
            run: self.run.clone(),
            orbit: *self.orbit,
            style: self.style.clone(),
            selection: self.selection.atoms().to_vec(),
            playback: self.timeline.options,
            shown: playback.and_then(|shown| self.timeline.position(shown.address)),
            frames: SavedFrames::of(timeline, document.path.as_deref()),
            in_memory: self.timeline.samples.len(),
            script: self.script.script().clone(),
            kept: self.kept.clone(),
        }
    }

    /// The newest frame of the simulation, also during playback.
    fn live(&self) -> Arc<Frame> {
        let timeline = self.simulation.timeline();
        let lines = timeline.lines();
        let newest = lines
            .iter()
            .find(|line| line.is_live)
            .and_then(|line| line.newest);
        let newest = newest.and_then(|address| timeline.frame(address).ok());
        newest.unwrap_or_else(|| Arc::clone(&self.scene.frame))
    }
}
