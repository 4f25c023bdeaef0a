//! How matter moves.
//!
//! One thread owns the [`State`]; everyone else sends a [`Command`] and reads the newest [`Frame`].
//! The loop is in `thread.rs` and is short; all that is worth testing is in [`Engine`], which has no
//! thread and no clock. This room has never heard of a screen or a socket.

pub mod command;
mod common_motion;
pub mod constraint;
pub mod edit;
pub mod engine;
pub mod event;
pub mod frame;
pub mod guard;
pub mod history;
pub mod hub;
pub mod inbox;
pub mod propagate;
pub mod roster;
pub mod state;
pub mod task;
pub mod thread;
pub mod timeline;

pub use command::{Command, DEFAULT_SPEED_LIMIT};
pub use constraint::{Grip, Hand};
pub use edit::Edit;
pub use engine::Engine;
pub use event::Event;
pub use frame::{Activity, Frame};
pub use propagate::Propagator;
pub use roster::Roster;
pub use state::State;
pub use task::Task;
pub use thread::{SimHandle, spawn};
