//! How a client wants to simulate, remembered between its starts. \[22\]

use super::message::{Start, StartParameters};
use mlipview_core::chem::excerpt;
use mlipview_core::sim::Task;
use mlipview_core::sim::propagate::{Method, Relaxation};
use mlipview_core::sim::task::{DynamicsSettings, Thermostat};

/// The names by which the server's default potential may be asked for: the original's clients say
/// `uma`, also to servers that have other potentials. \[24\]
pub(super) const DEFAULT_CALCULATORS: [&str; 2] = ["", "uma"];

/// Parameters of all simulations of a client, those that do not apply now included.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Parameters(StartParameters);

impl Default for Parameters {
    /// Those of the original: 298 K, 1 fs, a friction of 0.02 in inverse ASE time units, 0.05 eV/Å,
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

/// Why nothing can be started like this.
#[derive(Debug, PartialEq, thiserror::Error)]
pub(super) enum NoTask {
    /// No such optimizer.
    #[error(
        "OPTIMIZER_NOT_SUPPORTED: there is no optimizer {0:?}: choose bfgs, lbfgs, fire, fire2, or \
         leave it out"
    )]
    Optimizer(String),
    /// A parameter is out of bounds.
    #[error("INVALID_PARAMETERS: {0}")]
    Parameter(String),
}

impl Parameters {
    /// The potential to use, by name; empty for the server's default.
    pub(super) fn calculator(&self) -> &str {
        &self.0.calculator
    }

    /// Takes over what a start says, if it makes sense, and returns what is to be done.
    ///
    /// # Errors
    /// Why it makes none; then nothing is taken over.
    pub(super) fn start(&mut self, start: &Start) -> Result<Task, NoTask> {
        let mut next = self.0.clone();
        if let Some(given) = &start.parameters {
            next.clone_from(given);
            next.calculator = canonical(&next.calculator);
            if DEFAULT_CALCULATORS.contains(&next.calculator.as_str()) {
                next.calculator.clear();
            }
            // Nothing moves by steps of zero: it is how the wire says "not given".
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
        let possible = task.propagator();
        possible.map_err(|error| NoTask::Parameter(error.to_string()))?;
        self.0 = next;
        Ok(task)
    }
}

/// A request for a potential with its name in lower case; options are as they were.
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

fn relaxation(parameters: &StartParameters) -> Result<Task, NoTask> {
    let method = match parameters.optimizer.to_ascii_lowercase().as_str() {
        "" => Method::Auto,
        "bfgs" => Method::Bfgs,
        "lbfgs" => Method::Lbfgs,
        "fire" => Method::Fire,
        "fire2" => Method::Fire2,
        unknown => return Err(NoTask::Optimizer(excerpt(unknown).into_owned())),
    };
    Ok(Task::Relaxation(Relaxation {
        method,
        fmax: parameters.fmax,
        max_step: parameters.max_step,
        cell: None,
    }))
}
