//! The propagator of a relaxation: an optimizer, its coordinates, and convergence.

use glam::DVec3;

use super::coordinates::Coordinates;
use super::optimizer::Optimizer;
use super::parameters::{AUTO_BFGS_ATOMS, MAX_BFGS_ATOMS, Method, Relaxation};
use super::potential_energy_surface::PotentialEnergySurface;
use super::{bfgs, fire, fire2, lbfgs};
use crate::potential::Potential;
use crate::sim::State;
use crate::sim::propagate::{ParameterError, Propagator, StepError};
use crate::sim::task::Task;

/// Above this force, eV/Å, atoms overlap. Its curvature would dominate the Hessian for all further
/// steps, so the optimizer does not learn it.
const OVERLAP_FORCE: f64 = 1e4;

impl Relaxation {
    /// The propagator of this relaxation.
    ///
    /// # Errors
    /// If a parameter is out of bounds.
    pub fn propagator(&self) -> Result<Box<dyn Propagator>, ParameterError> {
        self.check()?;
        Ok(Box::new(Relaxer {
            relaxation: *self,
            descent: None,
        }))
    }
}

/// The propagator of a [`Relaxation`]. The memory of its optimizer survives changes of parameters and
/// moves of hands; it is lost when other atoms become free to move.
struct Relaxer {
    relaxation: Relaxation,
    descent: Option<Descent>,
}

/// A series of steps in the same coordinates.
struct Descent {
    optimizer: Box<dyn Optimizer>,
    coordinates: Coordinates,
    /// The forces after the last step: `[coordinates]`.
    last_forces: Vec<DVec3>,
}

impl Relaxer {
    /// The present descent if its coordinates are those of the state, else a new one.
    fn descent(&mut self, state: &State) -> Result<&mut Descent, StepError> {
        let Relaxation { method, cell, .. } = self.relaxation;
        let fits = |descent: &mut Descent| descent.coordinates.fit(state, cell);
        let descent = match self.descent.take_if(fits) {
            Some(descent) => descent,
            None => {
                let coordinates = Coordinates::new(state, cell)?;
                Descent {
                    optimizer: method.optimizer(coordinates.free_atoms())?,
                    coordinates,
                    last_forces: Vec::new(),
                }
            }
        };
        Ok(self.descent.insert(descent))
    }

    fn meets_criteria(&mut self, state: &State) -> Result<bool, StepError> {
        let fmax = self.relaxation.fmax;
        let coordinates = &self.descent(state)?.coordinates;
        let converged = |forces: Vec<DVec3>| forces.iter().all(|force| force.length() < fmax);
        Ok(fmax > 0.0
            && state.grips.are_at_targets(&state.structure)
            && converged(coordinates.forces(state)?)
            && coordinates.is_cell_balanced(state)?)
    }
}

impl Propagator for Relaxer {
    fn advance(
        &mut self,
        state: &mut State,
        potential: &mut dyn Potential,
    ) -> Result<(), StepError> {
        let max_step = self.relaxation.max_step;
        let descent = self.descent(state)?;
        let mut surface =
            PotentialEnergySurface::new(state, potential, &mut descent.coordinates, max_step)?;
        if surface.forces() != descent.last_forces {
            descent.optimizer.interrupt();
        }
        let overlaps = surface
            .forces()
            .iter()
            .any(|force| force.length() > OVERLAP_FORCE);
        descent.optimizer.step(&mut surface)?;
        if overlaps || surface.have_hands_moved() {
            descent.optimizer.interrupt();
        }
        descent.last_forces = surface.into_forces();
        state.velocities.fill(DVec3::ZERO);
        state.count_step(0.0);
        Ok(())
    }

    /// False if the forces cannot be computed: the next step reports the error.
    fn is_converged(&mut self, state: &State) -> bool {
        self.meets_criteria(state).unwrap_or(false)
    }

    fn update_parameters(&mut self, task: &Task) -> bool {
        let Task::Relaxation(relaxation) = task else {
            return false;
        };
        if relaxation.check().is_err() {
            return false;
        }
        if relaxation.method != self.relaxation.method {
            self.descent = None;
        }
        self.relaxation = *relaxation;
        true
    }

    fn check(&self, state: &State) -> Result<(), StepError> {
        let coordinates = Coordinates::new(state, self.relaxation.cell)?;
        self.relaxation.method.optimizer(coordinates.free_atoms())?;
        coordinates.forces(state)?;
        Ok(())
    }
}

impl Method {
    fn optimizer(self, free_atoms: usize) -> Result<Box<dyn Optimizer>, StepError> {
        Ok(match self {
            Method::Auto if free_atoms <= AUTO_BFGS_ATOMS => Box::new(bfgs::Bfgs::default()),
            Method::Auto | Method::Lbfgs => Box::new(lbfgs::Lbfgs::default()),
            Method::Bfgs if free_atoms <= MAX_BFGS_ATOMS => Box::new(bfgs::Bfgs::default()),
            Method::Bfgs => return Err(StepError::TooLargeForBfgs(free_atoms)),
            Method::Fire => Box::new(fire::Fire::default()),
            Method::Fire2 => Box::new(fire2::Fire2::default()),
        })
    }
}
