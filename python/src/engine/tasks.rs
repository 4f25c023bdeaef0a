//! Tasks from the names and numbers of Python.

use mlipview_core::chem::units;
use mlipview_core::sim::Task;
use mlipview_core::sim::propagate::{CellFreedom, CellRelaxation, Method, Relaxation, RigidMotion};
use mlipview_core::sim::task::{Barostat, DynamicsSettings, Thermostat};
use pyo3::PyResult;

use crate::configuration::invalid;

/// A relaxation; `cell` has the pressure and the threshold of the stress, bar, of one that changes the cell.
pub(super) fn relaxation(
    optimizer: Option<&str>,
    fmax: f64,
    max_step: f64,
    cell: Option<(f64, Option<f64>)>,
) -> PyResult<Task> {
    let method = match optimizer {
        None => Method::Auto,
        Some("bfgs") => Method::Bfgs,
        Some("lbfgs") => Method::Lbfgs,
        Some("fire") => Method::Fire,
        Some("fire2") => Method::Fire2,
        Some(other) => {
            return Err(invalid(format!(
                "unknown optimizer {other:?}: expected bfgs, lbfgs, fire or fire2"
            )));
        }
    };
    let cell = cell.map(|(pressure, smax)| CellRelaxation {
        pressure: pressure * units::BAR,
        smax: smax.map(|smax| smax * units::BAR),
        ..CellRelaxation::default()
    });
    Ok(Task::Relaxation(Relaxation {
        method,
        fmax,
        max_step,
        cell,
    }))
}

/// Dynamics with a thermostat (name, friction in 1/ps, relaxation time in fs) and a barostat (freedom,
/// pressure in bar, relaxation time in fs, compressibility in 1/bar).
pub(super) fn dynamics(
    timestep: f64,
    temperature: f64,
    (thermostat, friction, relaxation_time): (Option<&str>, f64, f64),
    barostat: Option<(&str, f64, f64, f64)>,
) -> PyResult<Task> {
    let thermostat = match thermostat {
        None => Thermostat::None,
        Some("langevin") => Thermostat::Langevin,
        Some("bussi") => Thermostat::Bussi,
        Some(other) => {
            return Err(invalid(format!(
                "unknown thermostat {other:?}: expected langevin, bussi or None"
            )));
        }
    };
    if barostat.is_some() && thermostat != Thermostat::Bussi {
        return Err(invalid("a barostat requires thermostat=\"bussi\""));
    }
    let settings = DynamicsSettings {
        timestep,
        temperature,
        thermostat,
        friction,
        relaxation_time,
        barostat: barostat.map(pressure_control).transpose()?,
        rigid_motion: RigidMotion::Free,
    };
    Ok(settings.task())
}

fn pressure_control(
    (freedom, pressure, relaxation_time, compressibility): (&str, f64, f64, f64),
) -> PyResult<Barostat> {
    let freedom = match freedom {
        "isotropic" => CellFreedom::Isotropic,
        "anisotropic" => CellFreedom::Anisotropic,
        other => {
            return Err(invalid(format!(
                "unknown barostat {other:?}: expected isotropic, anisotropic or None"
            )));
        }
    };
    Ok(Barostat {
        freedom,
        pressure: pressure * units::BAR,
        relaxation_time,
        compressibility: compressibility / units::BAR,
    })
}
