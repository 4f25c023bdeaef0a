//! Modes of the headset: virtual or augmented reality.

use bevy::prelude::*;

/// Environment around the molecule in a headset.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Virtual reality.
    #[default]
    Virtual,
    /// Augmented reality: the real room.
    Augmented,
}

impl Mode {
    /// Both.
    pub const ALL: [Mode; 2] = [Mode::Virtual, Mode::Augmented];

    /// Short name.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Virtual => "VR",
            Mode::Augmented => "AR",
        }
    }

    /// Description.
    pub fn about(self) -> &'static str {
        match self {
            Mode::Virtual => "Virtual reality: only the molecule (F8)",
            Mode::Augmented => "Augmented reality: the molecule in your room (F9)",
        }
    }
}
