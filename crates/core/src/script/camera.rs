//! Camera of a script: a pose, and the way to it.

use glam::{DQuat, DVec3};
use serde::{Deserialize, Serialize};

use super::error::Place;
use super::speed::MAX_TRANSITION;
use super::{ScriptError, TimingFunction};

/// Bounds of the distance, Å.
const DISTANCES: [f64; 2] = [1e-3, 1e9];

/// Tolerance of the norm of an orientation.
const NORM_TOLERANCE: f64 = 1e-3;

/// Place and orientation of a camera.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CameraPose {
    /// The point that it looks at, Å.
    pub target: [f64; 3],
    /// Rotation from image axes (right, up, towards the eye) to scene axes: a unit quaternion x, y, z, w.
    pub orientation: [f64; 4],
    /// Distance from the eye to the target, Å.
    pub distance: f64,
}

/// A pose of the camera, and the way to it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CameraMove {
    /// The pose.
    pub pose: CameraPose,
    /// Time in which the camera moves there, s.
    #[serde(default, skip_serializing_if = "super::callout::is_zero")]
    pub transition: f64,
    /// Course of the transition.
    #[serde(default, skip_serializing_if = "TimingFunction::is_linear")]
    pub timing: TimingFunction,
}

impl Default for CameraPose {
    /// At 20 Å from the origin, looking along −z.
    fn default() -> CameraPose {
        CameraPose {
            target: [0.0; 3],
            orientation: [0.0, 0.0, 0.0, 1.0],
            distance: 20.0,
        }
    }
}

impl CameraPose {
    /// The pose at a fraction, 0 to 1, of the way to another: the target on a line, the orientation along
    /// the shortest arc, the logarithm of the distance linearly.
    pub fn between(&self, other: &CameraPose, fraction: f64) -> CameraPose {
        if fraction <= 0.0 {
            return *self;
        }
        if fraction >= 1.0 {
            return *other;
        }
        let target = DVec3::from(self.target).lerp(DVec3::from(other.target), fraction);
        let one = DQuat::from_array(self.orientation);
        let orientation = one.slerp(DQuat::from_array(other.orientation), fraction);
        let growth = other.distance / self.distance;
        CameraPose {
            target: target.to_array(),
            orientation: orientation.to_array(),
            distance: self.distance * growth.powf(fraction),
        }
    }

    /// The name and value of the first field that is out of bounds, and what was expected.
    pub(crate) fn invalid(&self) -> Option<(&'static str, String, String)> {
        if let Some(it) = self.target.iter().find(|it| !it.is_finite()) {
            return Some(("target", it.to_string(), "a finite number".to_owned()));
        }
        let norm = DQuat::from_array(self.orientation).length();
        if !(1.0 - NORM_TOLERANCE..=1.0 + NORM_TOLERANCE).contains(&norm) {
            let found = format!("{:?} of norm {norm}", self.orientation);
            return Some(("orientation", found, "a quaternion of norm 1".to_owned()));
        }
        let [low, high] = DISTANCES;
        let within = (low..=high).contains(&self.distance);
        let expected = || format!("a number from {low} to {high}");
        (!within).then(|| ("distance", self.distance.to_string(), expected()))
    }
}

impl CameraMove {
    pub(super) fn check(&self, at: &Place, path: &str) -> Result<(), ScriptError> {
        if let Some((field, found, expected)) = self.pose.invalid() {
            return Err(at.error(format!("{path}.pose.{field}"), found, expected));
        }
        let bounds = [0.0, MAX_TRANSITION];
        at.within(format!("{path}.transition"), self.transition, bounds)
    }
}
