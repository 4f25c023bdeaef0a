//! The state of the headset session.

use bevy::prelude::*;

use super::error::HeadsetError;

/// State of the headset session.
#[derive(Resource, Clone, Debug, PartialEq)]
pub enum Headset {
    /// No session.
    Off {
        /// The reason, if a session failed or could not be started.
        error: Option<HeadsetError>,
    },
    /// A task connects to the runtime.
    Connecting,
    /// The session exists, but the runtime does not show its frames yet.
    Starting,
    /// The headset shows the scene.
    Running {
        /// Whether the session has input focus; a menu of the runtime takes it away.
        focused: bool,
    },
    /// The session is being ended.
    Stopping,
}

impl Default for Headset {
    fn default() -> Headset {
        Headset::Off { error: None }
    }
}

impl Headset {
    /// Whether the headset shows the scene.
    pub fn is_running(&self) -> bool {
        matches!(self, Headset::Running { .. })
    }

    /// Whether the headset shows the scene and the session has input focus.
    pub fn is_focused(&self) -> bool {
        *self == Headset::Running { focused: true }
    }
}
