//! The plugin of the viewer.

use bevy::prelude::*;

use crate::simulation::Simulation;
use crate::{app, interact, scene, schedule, simulation};
use mlipview_core::sim::SimHandle;

/// The viewer of one simulation, without panels and window.
pub struct ViewerPlugin {
    /// The simulation that is shown and controlled.
    pub sim: SimHandle,
}

impl Plugin for ViewerPlugin {
    fn build(&self, app: &mut App) {
        app.insert_resource(Simulation::new(self.sim.clone()));
        app.add_plugins((
            schedule::plugin,
            simulation::plugin,
            scene::plugin,
            app::plugin,
            interact::plugin,
        ));
    }
}
