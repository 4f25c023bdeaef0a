//! Settings of dynamics and relaxation in a session.

use serde::{Deserialize, Serialize};

use super::sim_records::{DynamicsSettingsRecord, RelaxationRecord, default_dynamics};
use crate::sim::propagate::Relaxation;
use crate::sim::task::DynamicsSettings;
use crate::sim::{DEFAULT_SPEED_LIMIT, Task};

/// Kind of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunKind {
    /// Molecular dynamics.
    #[default]
    Dynamics,
    /// Geometry optimization.
    Relaxation,
}

/// Settings of dynamics and relaxation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RunSettings {
    /// Kind of the last run.
    pub kind: RunKind,
    /// Whether the simulation ran when the session was saved.
    pub running: bool,
    /// Settings of dynamics.
    #[serde(with = "DynamicsSettingsRecord")]
    pub dynamics: DynamicsSettings,
    /// Settings of relaxation.
    #[serde(with = "RelaxationRecord")]
    pub relaxation: Relaxation,
    /// Maximum simulated time per second in dynamics, fs/s; `None`: unlimited.
    pub speed_limit: Option<f64>,
    /// Seed of the random numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
}

impl Default for RunSettings {
    fn default() -> RunSettings {
        RunSettings {
            kind: RunKind::Dynamics,
            running: false,
            dynamics: default_dynamics(),
            relaxation: Relaxation::default(),
            speed_limit: Some(DEFAULT_SPEED_LIMIT),
            seed: None,
        }
    }
}

impl RunSettings {
    /// The task of the last kind.
    pub fn task(&self) -> Task {
        match self.kind {
            RunKind::Dynamics => self.dynamics.task(),
            RunKind::Relaxation => Task::Relaxation(self.relaxation),
        }
    }
}
