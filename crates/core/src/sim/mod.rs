//! Molecular dynamics and relaxation.
//!
//! One thread owns the [`State`]; all others send a [`Command`] and read the newest [`Frame`]. The
//! loop of the thread is short; the logic is in [`Engine`], which has no thread and no clock.
//! Displays and sockets are not known here.

pub mod bond_rotation;
pub mod command;
pub mod constraint;
pub mod edit;
pub mod engine;
pub mod event;
pub mod external;
pub mod frame;
pub mod guard;
pub mod hub;
pub mod inbox;
pub mod playback;
pub mod propagate;
mod rigid_bodies;
mod rigid_motion;
pub mod sink;
pub mod state;
pub mod task;
pub mod thread;
pub mod timeline;
pub mod undo;

pub use command::{Command, DEFAULT_SPEED_LIMIT};
pub use constraint::{Grip, Hand};
pub use edit::Edit;
pub use engine::Engine;
pub use event::Event;
pub use external::{ExternalDynamics, ExternalEnd};
pub use frame::{Activity, Frame};
pub use playback::{FrameAddress, Play};
pub use propagate::Propagator;
pub use rigid_bodies::FastRotation;
pub use sink::FrameSink;
pub use state::State;
pub use task::Task;
pub use thread::{SimHandle, spawn};
pub use timeline::Timeline;
