//! Everything on screen, and every way to touch it.
//!
//! The newest [`Frame`](mlipview_core::sim::Frame) comes in through `bridge`, commands go out through
//! [`Simulation`]; in between a rendered frame has the five moments of [`ViewerSystems`]. The room
//! knows nothing of sockets, and no potential but by name.

pub mod action;
pub mod aim;
pub mod barcode;
pub mod bonds;
pub mod bridge;
pub mod camera;
pub mod captions;
pub mod curves;
pub mod demo;
pub mod document;
pub mod edit;
pub mod gesture;
pub mod hands;
pub mod history;
pub mod immersion;
pub mod impostor;
pub mod keyboard;
pub mod looks;
pub mod measure;
pub mod notices;
pub mod pace;
pub mod panels;
pub mod people;
pub mod periodicity;
pub mod pick;
pub mod picture;
pub mod pose;
pub mod presence;
pub mod progress;
mod rest;
pub mod run;
pub mod scene;
pub mod select;
pub mod sharing;
pub mod strokes;
pub mod style;
pub mod tablet;
mod third_party;
pub mod thumbnail;
pub mod view;
pub mod visits;
pub mod window;
#[cfg(feature = "xr")]
pub mod xr;

use bevy::prelude::*;

pub use bridge::Simulation;
pub use scene::Scene;
pub use style::Style;

use mlipview_core::sim::SimHandle;

/// The moments of a rendered frame, in this order.
#[derive(SystemSet, Clone, Debug, PartialEq, Eq, Hash)]
pub enum ViewerSystems {
    /// The newest frame and the news since the last time become the [`Scene`].
    Receive,
    /// Mouse, fingers and controllers become aims, and aims meet atoms and bonds.
    Point,
    /// Gestures become commands, selections and camera motions.
    Steer,
    /// What is drawn gets its place: held atoms at the hand, all others at the frame.
    Place,
    /// Panels and pictures show it.
    Show,
}

/// The window's contents: a scene of one simulation.
pub struct ViewerPlugin {
    /// The simulation that is looked at.
    pub sim: SimHandle,
}

impl Plugin for ViewerPlugin {
    fn build(&self, app: &mut App) {
        use ViewerSystems::{Place, Point, Receive, Show, Steer};
        app.configure_sets(Update, (Receive, Point, Steer, Place, Show).chain());
        app.insert_resource(Simulation::new(self.sim.clone()));
        app.add_plugins((
            bridge::plugin,
            scene::plugin,
            bonds::plugin,
            looks::plugin,
            strokes::plugin,
            camera::plugin,
            impostor::plugin,
            pace::plugin,
            notices::plugin,
            run::plugin,
            progress::plugin,
            history::plugin,
            document::plugin,
            periodicity::plugin,
            tablet::plugin,
        ));
        app.add_plugins((
            action::plugin,
            aim::plugin,
            pick::plugin,
            gesture::plugin,
            hands::plugin,
            demo::plugin,
            keyboard::plugin,
            edit::plugin,
            view::plugin,
            measure::plugin,
            people::plugin,
            visits::plugin,
            presence::plugin,
            sharing::plugin,
            immersion::plugin,
        ));
    }
}
