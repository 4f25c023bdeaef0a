//! How matter moves.
//!
//! One thread owns the [`State`]; everyone else sends commands and reads the newest frame. This room
//! has never heard of a screen or a socket.

mod common_motion;
pub mod constraint;
pub mod propagate;
pub mod state;

pub use propagate::{Progress, Propagator};
pub use state::State;
