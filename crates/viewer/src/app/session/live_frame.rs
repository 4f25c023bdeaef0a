//! Parameters of systems that read the newest frame of the simulation, also during playback.

use std::sync::Arc;

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use crate::scene::displayed::Scene;
use crate::simulation::Simulation;
use mlipview_core::sim::Frame;

/// Access to the newest frame of the simulation, also while a recorded one is shown.
#[derive(SystemParam)]
pub struct LiveFrame<'w> {
    scene: Res<'w, Scene>,
    simulation: Res<'w, Simulation>,
}

impl LiveFrame<'_> {
    /// The newest frame.
    pub fn get(&self) -> Arc<Frame> {
        if self.scene.frame.playback.is_none() {
            return Arc::clone(&self.scene.frame);
        }
        let timeline = self.simulation.timeline();
        let lines = timeline.lines();
        let live = lines.iter().find(|line| line.is_live);
        let newest = live.and_then(|line| timeline.frame(line.newest?).ok());
        newest.unwrap_or_else(|| Arc::clone(&self.scene.frame))
    }
}
