//! Simulation engine: relaxation and dynamics, with the GIL released between callbacks.

mod frame;
mod run;
mod tasks;

use std::sync::{Mutex, MutexGuard, PoisonError};

use glam::DVec3;
use mlipview_core::sim::{Command, Edit, Engine as CoreEngine, Task};
use pyo3::prelude::*;

use crate::configuration::{Configuration, invalid};
use crate::potential::{Potential, PythonPotential, RaisedError};
pub(crate) use frame::Frame;
use run::{Outcome, run};
use tasks::{dynamics, relaxation};

/// One simulation.
#[pyclass(frozen, module = "mlipview._native")]
pub(crate) struct Engine {
    inner: Mutex<CoreEngine>,
    raised: RaisedError,
}

impl Engine {
    fn lock(&self) -> MutexGuard<'_, CoreEngine> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a task, and raises the exception that a Python potential has ended it by.
    fn run(
        &self,
        py: Python<'_>,
        task: Task,
        steps: u64,
        every: u64,
        callback: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Outcome> {
        if every == 0 {
            return Err(invalid("invalid every=0: expected at least 1"));
        }
        let outcome = run(py, &self.inner, task, steps, every, callback);
        let raised = self
            .raised
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        raised.map_or(outcome, Err)
    }
}

#[pymethods]
impl Engine {
    /// A simulation at rest, or with the velocities of the configuration. The potential is one of the
    /// catalog, or a function `(positions, cell) -> (energy, forces, stress or None)`.
    #[new]
    fn new(
        py: Python<'_>,
        configuration: &Configuration,
        potential: &Bound<'_, PyAny>,
        seed: u64,
    ) -> PyResult<Engine> {
        let raised = RaisedError::default();
        let potential = match potential.cast::<Potential>() {
            Ok(potential) => potential.get().share(),
            Err(_) => {
                let name = potential.getattr("name")?.extract()?;
                let function = potential.clone().unbind();
                Box::new(PythonPotential::new(function, name, raised.clone()))
            }
        };
        let structure = configuration.structure().clone();
        let velocities = configuration.inner.velocities.clone();
        let engine = py.detach(|| {
            let mut engine =
                CoreEngine::new(structure, Some(potential), seed).without_edit_relaxation();
            let velocities = velocities.unwrap_or_default();
            if velocities.iter().any(|velocity| *velocity != DVec3::ZERO) {
                let velocities = velocities.into_iter().enumerate().collect();
                engine.apply(0, Command::Edit(Edit::SetVelocities(velocities)));
            }
            engine
        });
        let engine = Engine {
            inner: Mutex::new(engine),
            raised,
        };
        let raised = engine
            .raised
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        raised.map_or(Ok(engine), Err)
    }

    /// Draws new velocities at a temperature, K.
    fn thermalize(&self, py: Python<'_>, temperature: f64) {
        py.detach(|| self.lock().apply(0, Command::Thermalize(temperature)));
    }

    /// Relaxes the atoms, and with `cell` the cell; returns outcome, reason and steps.
    #[pyo3(signature = (optimizer, fmax, max_step, cell, pressure, smax, steps, every, callback=None))]
    #[allow(clippy::too_many_arguments, reason = "named by the caller in Python")]
    fn relax(
        &self,
        py: Python<'_>,
        optimizer: Option<&str>,
        fmax: f64,
        max_step: f64,
        cell: bool,
        pressure: f64,
        smax: Option<f64>,
        steps: u64,
        every: u64,
        callback: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Outcome> {
        let task = relaxation(optimizer, fmax, max_step, cell.then_some((pressure, smax)))?;
        self.run(py, task, steps, every, callback)
    }

    /// Runs dynamics; returns outcome, reason and steps.
    #[pyo3(signature = (thermostat, timestep, temperature, friction, relaxation_time, barostat, pressure,
        pressure_relaxation_time, compressibility, steps, every, callback=None))]
    #[allow(clippy::too_many_arguments, reason = "named by the caller in Python")]
    fn dynamics(
        &self,
        py: Python<'_>,
        thermostat: Option<&str>,
        timestep: f64,
        temperature: f64,
        friction: f64,
        relaxation_time: f64,
        barostat: Option<&str>,
        pressure: f64,
        pressure_relaxation_time: f64,
        compressibility: f64,
        steps: u64,
        every: u64,
        callback: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Outcome> {
        let barostat =
            barostat.map(|name| (name, pressure, pressure_relaxation_time, compressibility));
        let thermostat = (thermostat, friction, relaxation_time);
        let task = dynamics(timestep, temperature, thermostat, barostat)?;
        self.run(py, task, steps, every, callback)
    }

    /// The newest frame.
    #[getter]
    fn frame(&self, py: Python<'_>) -> Frame {
        Frame::from(py.detach(|| self.lock().frame()))
    }
}
