//! Names and fields of simulation settings in session files.

use serde::{Deserialize, Serialize};

use crate::sim::propagate::{CellFreedom, CellRelaxation, Method, Relaxation, RigidMotion};
use crate::sim::task::{Barostat, DynamicsSettings, Thermostat};

/// Fields of [`DynamicsSettings`].
#[derive(Serialize, Deserialize)]
#[serde(remote = "DynamicsSettings", default = "default_dynamics")]
pub(super) struct DynamicsSettingsRecord {
    timestep: f64,
    temperature: f64,
    #[serde(with = "ThermostatName")]
    thermostat: Thermostat,
    friction: f64,
    relaxation_time: f64,
    #[serde(with = "barostat")]
    barostat: Option<Barostat>,
    #[serde(with = "RigidMotionName")]
    rigid_motion: RigidMotion,
}

/// Settings of dynamics that a file does not have: a free molecule stays in view.
pub(super) fn default_dynamics() -> DynamicsSettings {
    DynamicsSettings {
        rigid_motion: RigidMotion::Damped,
        ..DynamicsSettings::default()
    }
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Thermostat", rename_all = "snake_case")]
enum ThermostatName {
    None,
    Langevin,
    Bussi,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "RigidMotion", rename_all = "snake_case")]
enum RigidMotionName {
    Free,
    Damped,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "CellFreedom", rename_all = "snake_case")]
enum CellFreedomName {
    Isotropic,
    Anisotropic,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Barostat")]
struct BarostatRecord {
    #[serde(with = "CellFreedomName")]
    freedom: CellFreedom,
    pressure: f64,
    relaxation_time: f64,
    compressibility: f64,
}

/// Fields of [`Relaxation`].
#[derive(Serialize, Deserialize)]
#[serde(remote = "Relaxation", default = "Relaxation::default")]
pub(super) struct RelaxationRecord {
    #[serde(with = "MethodName")]
    method: Method,
    fmax: f64,
    max_step: f64,
    #[serde(with = "cell_relaxation")]
    cell: Option<CellRelaxation>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Method", rename_all = "snake_case")]
enum MethodName {
    Auto,
    Bfgs,
    Lbfgs,
    Fire,
    Fire2,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "CellRelaxation", default = "CellRelaxation::default")]
struct CellRelaxationRecord {
    pressure: f64,
    smax: Option<f64>,
    #[serde(with = "CellFreedomName")]
    freedom: CellFreedom,
}

/// A barostat, or none.
mod barostat {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{Barostat, BarostatRecord};

    #[derive(Serialize, Deserialize)]
    #[serde(transparent)]
    struct Record(#[serde(with = "BarostatRecord")] Barostat);

    pub(super) fn serialize<S: Serializer>(
        barostat: &Option<Barostat>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        barostat.map(Record).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Barostat>, D::Error> {
        let record = Option::<Record>::deserialize(deserializer)?;
        Ok(record.map(|Record(barostat)| barostat))
    }
}

/// A relaxation of the cell, or none.
mod cell_relaxation {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{CellRelaxation, CellRelaxationRecord};

    #[derive(Serialize, Deserialize)]
    #[serde(transparent)]
    struct Record(#[serde(with = "CellRelaxationRecord")] CellRelaxation);

    pub(super) fn serialize<S: Serializer>(
        cell: &Option<CellRelaxation>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        cell.map(Record).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<CellRelaxation>, D::Error> {
        let record = Option::<Record>::deserialize(deserializer)?;
        Ok(record.map(|Record(cell)| cell))
    }
}

/// The text of a request for a potential, or none.
pub(super) mod request {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::potential::Request;

    pub(in crate::session_file) fn serialize<S: Serializer>(
        request: &Option<Request>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let text = request.as_ref().map(Request::to_string);
        text.serialize(serializer)
    }

    pub(in crate::session_file) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Request>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        let request = text.map(|text| text.parse::<Request>());
        request.transpose().map_err(D::Error::custom)
    }
}
