//! Timing functions of transitions, as in CSS: linear, ease-in, ease-out, ease-in-out.

use serde::{Deserialize, Serialize};

/// Course of a transition in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimingFunction {
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

impl TimingFunction {
    /// All of them.
    pub const ALL: [TimingFunction; 4] = [
        TimingFunction::Linear,
        TimingFunction::EaseIn,
        TimingFunction::EaseOut,
        TimingFunction::EaseInOut,
    ];

    /// The name in files.
    pub fn name(self) -> &'static str {
        match self {
            TimingFunction::Linear => "linear",
            TimingFunction::EaseIn => "ease-in",
            TimingFunction::EaseOut => "ease-out",
            TimingFunction::EaseInOut => "ease-in-out",
        }
    }

    /// The function of a name.
    pub fn from_name(name: &str) -> Option<TimingFunction> {
        TimingFunction::ALL
            .into_iter()
            .find(|timing| timing.name() == name)
    }

    /// Progress, 0 to 1, after a fraction of the time, 0 to 1.
    pub fn progress(self, fraction: f64) -> f64 {
        let x = fraction.clamp(0.0, 1.0);
        match self {
            TimingFunction::Linear => x,
            TimingFunction::EaseIn => x * x,
            TimingFunction::EaseOut => 1.0 - (1.0 - x) * (1.0 - x),
            TimingFunction::EaseInOut => x * x * (3.0 - 2.0 * x),
        }
    }

    pub(super) fn is_linear(&self) -> bool {
        *self == TimingFunction::Linear
    }
}
