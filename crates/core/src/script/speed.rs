//! Speed of playback during a message.

use serde::{Deserialize, Serialize};

use super::error::Place;
use super::{ScriptError, TimingFunction};

/// Bounds of a rate, frames/s.
pub(super) const RATES: [f64; 2] = [0.01, 1000.0];

/// Maximum length of a transition, s.
pub(super) const MAX_TRANSITION: f64 = 600.0;

/// Speed of playback: a rate, or else a multiple of the rate without script.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Speed {
    /// Frames per second.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<f64>,
    /// Multiple of the rate without script; ignored beside a rate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub multiplier: Option<f64>,
    /// Time in which the speed changes from that before, s.
    #[serde(default, skip_serializing_if = "super::callout::is_zero")]
    pub transition: f64,
    /// Course of the transition.
    #[serde(default, skip_serializing_if = "TimingFunction::is_linear")]
    pub timing: TimingFunction,
}

impl Speed {
    /// A rate, frames/s.
    pub fn frames_per_second(rate: f64) -> Speed {
        Speed {
            rate: Some(rate),
            ..Speed::default()
        }
    }

    /// A multiple of the rate without script.
    pub fn multiplied(multiplier: f64) -> Speed {
        Speed {
            multiplier: Some(multiplier),
            ..Speed::default()
        }
    }

    /// The rate, frames/s, within 0.01 to 1000.
    pub fn effective_rate(&self, default_rate: f64) -> f64 {
        let multiplied = || default_rate * self.multiplier.unwrap_or(1.0);
        let rate = self.rate.unwrap_or_else(multiplied);
        rate.clamp(RATES[0], RATES[1])
    }

    pub(super) fn check(&self, at: &Place, path: &str) -> Result<(), ScriptError> {
        if self.rate.is_none() && self.multiplier.is_none() {
            return Err(at.error(path, "neither", "a rate or a multiplier"));
        }
        at.within(format!("{path}.rate"), self.rate.unwrap_or(1.0), RATES)?;
        let multiplier = self.multiplier.unwrap_or(1.0);
        at.within(format!("{path}.multiplier"), multiplier, [1e-6, 1e6])?;
        let bounds = [0.0, MAX_TRANSITION];
        at.within(format!("{path}.transition"), self.transition, bounds)
    }
}
