//! Easing: how a transition goes from its start to its end.

use serde::{Deserialize, Serialize};

/// Course of a transition in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Easing {
    /// At constant speed.
    #[default]
    Linear,
    /// Slow at the start: x².
    EaseIn,
    /// Slow at the end: 1 − (1 − x)².
    EaseOut,
    /// Slow at both ends: x² (3 − 2x).
    EaseInOut,
}

impl Easing {
    /// All of them.
    pub const ALL: [Easing; 4] = [
        Easing::Linear,
        Easing::EaseIn,
        Easing::EaseOut,
        Easing::EaseInOut,
    ];

    /// The name in files.
    pub fn name(self) -> &'static str {
        match self {
            Easing::Linear => "linear",
            Easing::EaseIn => "ease-in",
            Easing::EaseOut => "ease-out",
            Easing::EaseInOut => "ease-in-out",
        }
    }

    /// The easing of a name.
    pub fn from_name(name: &str) -> Option<Easing> {
        Easing::ALL.into_iter().find(|easing| easing.name() == name)
    }

    /// Progress, 0 to 1, after a fraction of the time, 0 to 1.
    pub fn progress(self, fraction: f64) -> f64 {
        let x = fraction.clamp(0.0, 1.0);
        match self {
            Easing::Linear => x,
            Easing::EaseIn => x * x,
            Easing::EaseOut => 1.0 - (1.0 - x) * (1.0 - x),
            Easing::EaseInOut => x * x * (3.0 - 2.0 * x),
        }
    }

    pub(super) fn is_linear(&self) -> bool {
        *self == Easing::Linear
    }
}
