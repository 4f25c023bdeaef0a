//! The interactive viewer: a bevy app around one simulation.
//!
//! - [`scene`]: what is drawn, and from where.
//! - [`interact`]: pointers, picking, gestures, keys, actions and edits.
//! - [`app`]: documents, runs, people, panels and the window.
//! - `xr`: the same scene in an OpenXR headset.
//!
//! The newest [`Frame`](mlipview_core::sim::Frame) comes in and commands go out through
//! [`Simulation`]; the systems of a rendered frame run in the order of [`ViewerSystems`]. The crate
//! knows no sockets, and potentials only by name.

pub mod app;
pub mod interact;
pub mod scene;
mod schedule;
mod simulation;
mod third_party;
#[cfg(feature = "xr")]
pub mod xr;

use bevy::prelude::*;

pub use scene::displayed::Scene;
pub use scene::style::Style;
pub use schedule::ViewerSystems;
pub use simulation::{Simulation, SimulationEvent};

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
