//! Simulation parameters of a client, kept between its starts. \[22\]

use super::message::{Start, StartParameters};
use mlipview_core::chem::excerpt;
use mlipview_core::sim::Task;
use mlipview_core::sim::propagate::{Method, Relaxation};
use mlipview_core::sim::task::{DynamicsSettings, Thermostat};

/// Names of the server's default potential: the original's clients send `uma`, also to servers with
/// other potentials. \[24\]
pub(super) const DEFAULT_CALCULATORS: [&str; 2] = ["", "uma"];

/// Parameters of dynamics and relaxation.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Parameters(StartParameters);

impl Default for Parameters {
    /// The defaults of the original: 298 K, 1 fs, a friction of 0.02 inverse ASE time units, 0.05 eV/Å,
    /// 0.2 Å.
    fn default() -> Parameters {
        Parameters(StartParameters {
            calculator: String::new(),
            temperature: 298.0,
            timestep: 1.0,
            friction: 0.02 * 1000.0 / mlipview_core::chem::units::ASE_TIME,
            fmax: 0.05,
            max_step: 0.2,
            optimizer: String::new(),
        })
    }
}

/// A start that is refused.
#[derive(Debug, PartialEq, thiserror::Error)]
pub(super) enum StartError {
    /// An unknown optimizer.
    #[error(
        "OPTIMIZER_NOT_SUPPORTED: unknown optimizer {0:?}; expected bfgs, lbfgs, fire, fire2, or none \
         for the default"
    )]
    Optimizer(String),
    /// A parameter out of range.
    #[error("INVALID_PARAMETERS: {0}")]
    Parameter(String),
}

impl Parameters {
    /// The potential's name; empty for the server's default.
    pub(super) fn calculator(&self) -> &str {
        &self.0.calculator
    }

    /// Takes over the parameters of a start and returns its task.
    ///
    /// # Errors
    /// If a parameter is invalid; then all stay as they were.
    pub(super) fn start(&mut self, start: &Start) -> Result<Task, StartError> {
        let mut next = self.0.clone();
        if let Some(given) = &start.parameters {
            next.clone_from(given);
            next.calculator = canonical(&next.calculator);
            if DEFAULT_CALCULATORS.contains(&next.calculator.as_str()) {
                next.calculator.clear();
            }
            // Zero means "not given" for these two: nothing moves by steps of zero.
            if next.timestep == 0.0 {
                next.timestep = self.0.timestep;
            }
            if next.max_step == 0.0 {
                next.max_step = self.0.max_step;
            }
        }
        let task = if start.relax {
            relaxation(&next)?
        } else {
            dynamics(&next)
        };
        let propagator = task.propagator();
        propagator.map_err(|error| StartError::Parameter(error.to_string()))?;
        self.0 = next;
        Ok(task)
    }
}

/// Lowers the case of a potential's name, not of its options.
fn canonical(calculator: &str) -> String {
    match calculator.split_once(':') {
        None => calculator.to_ascii_lowercase(),
        Some((name, options)) => format!("{}:{options}", name.trim_end().to_ascii_lowercase()),
    }
}

fn dynamics(parameters: &StartParameters) -> Task {
    let settings = DynamicsSettings {
        timestep: parameters.timestep,
        temperature: parameters.temperature,
        thermostat: Thermostat::Langevin,
        friction: parameters.friction,
        ..DynamicsSettings::default()
    };
    settings.task()
}

fn relaxation(parameters: &StartParameters) -> Result<Task, StartError> {
    let method = match parameters.optimizer.to_ascii_lowercase().as_str() {
        "" => Method::Auto,
        "bfgs" => Method::Bfgs,
        "lbfgs" => Method::Lbfgs,
        "fire" => Method::Fire,
        "fire2" => Method::Fire2,
        unknown => return Err(StartError::Optimizer(excerpt(unknown).into_owned())),
    };
    Ok(Task::Relaxation(Relaxation {
        method,
        fmax: parameters.fmax,
        max_step: parameters.max_step,
        cell: None,
    }))
}
