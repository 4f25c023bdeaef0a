//! Dynamics that another program computes: its frames, its state, and what is sent back to it.
//!
//! An [`Engine`](super::Engine) that follows such dynamics takes its positions from them in place of steps of
//! its own, and passes the pulls of hands on as forces.

mod dynamics;
mod frame;
mod status;

pub use dynamics::{ExternalDynamics, ExternalEnd};
pub use frame::{ExternalFrame, ExternalValues};
pub use status::{ExternalPhase, ExternalStatus};
