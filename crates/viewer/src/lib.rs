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
mod plugin;
pub mod scene;
mod schedule;
mod simulation;
mod third_party;
#[cfg(feature = "xr")]
pub mod xr;

pub use plugin::ViewerPlugin;
pub use scene::displayed::Scene;
pub use scene::style::Style;
pub use schedule::ViewerSystems;
pub use simulation::{Simulation, SimulationEvent};
