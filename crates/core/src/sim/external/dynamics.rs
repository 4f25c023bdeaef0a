//! The interface to dynamics that another program computes.

use std::sync::Arc;

use glam::DVec3;

use super::{ExternalFrame, ExternalStatus};
use crate::waker::Waker;

/// How to part with another program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExternalEnd {
    /// Its run goes on without us.
    Detach,
    /// Its run ends too, if the program permits that.
    Kill,
}

/// Dynamics that another program computes.
///
/// No method waits for the program: commands go into bounded queues, and frames that nobody took are replaced
/// by newer ones. Dropping it detaches.
pub trait ExternalDynamics: Send {
    /// Sets the waker to call when [`ExternalDynamics::has_news`] becomes true.
    fn on_news(&mut self, waker: Arc<Waker>);

    /// Whether a frame or another status has arrived since the last call of [`ExternalDynamics::take_frame`].
    fn has_news(&self) -> bool;

    /// Takes the newest frame, if one has arrived since the last call.
    fn take_frame(&mut self) -> Option<ExternalFrame>;

    /// The present status.
    fn status(&self) -> ExternalStatus;

    /// Replaces the forces of hands, eV/Å, which act until they are replaced: one item per atom.
    fn set_forces(&mut self, forces: Vec<(usize, DVec3)>);

    /// Pauses the other program.
    fn pause(&mut self);

    /// Lets the other program continue.
    fn resume(&mut self);

    /// Parts with the other program.
    fn end(&mut self, end: ExternalEnd);
}
