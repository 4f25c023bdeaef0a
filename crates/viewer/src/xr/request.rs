//! Requests to the headset: enter, leave, recenter.

use bevy::prelude::*;

use crate::app::xr_status::Mode;

/// A request to the headset, from the window, the tablet or the command line.
#[derive(Message, Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadsetRequest {
    /// Starts a session in this mode; in a running session, switches to it.
    Enter(Mode),
    /// Ends the session.
    Leave,
    /// Ends the session if it is in this mode, else enters this mode.
    Toggle(Mode),
    /// Puts the molecule in front of the head.
    Recenter,
}
