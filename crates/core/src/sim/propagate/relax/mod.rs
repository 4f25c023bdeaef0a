//! Relaxation: geometry optimization to a local minimum of the energy.

mod bfgs;
mod coordinates;
mod fire;
mod fire2;
mod lbfgs;
mod strain;
mod surface;

use glam::DVec3;

use super::parameter::{finite, positive};
use super::{CellFreedom, ParameterError, Propagator, StepError};
use crate::potential::Potential;
use crate::sim::{State, Task};
use coordinates::Coordinates;
use surface::Surface;

/// Maximum number of free atoms for which [`Method::Auto`] uses BFGS: a step then takes a few
/// milliseconds, and some fifty while the Hessian is not positive definite, beside the potential.
pub const AUTO_BFGS_ATOMS: usize = 100;

/// Maximum number of free atoms for BFGS: its matrices then take some 50 MB, and a step from half a
/// second to several, beside the potential.
pub const MAX_BFGS_ATOMS: usize = 500;

/// Above this force, eV/Å, atoms overlap. Its curvature would dominate the Hessian for all further
/// steps, so the optimizer does not learn it.
const OVERLAP_FORCE: f64 = 1e4;

/// Optimization algorithm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// BFGS up to [`AUTO_BFGS_ATOMS`] free atoms, L-BFGS above.
    #[default]
    Auto,
    /// Quasi-Newton with the full Hessian: fewest steps; up to [`MAX_BFGS_ATOMS`] free atoms.
    Bfgs,
    /// Quasi-Newton from the last 100 steps: nearly as few steps, cheap at any size.
    Lbfgs,
    /// Inertial: more steps, robust to noisy forces.
    Fire,
    /// Inertial, FIRE 2.0: usually fewer steps than FIRE.
    Fire2,
}

/// Relaxation of the cell along its periodic directions. Fixed atoms keep their fractional coordinates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CellRelaxation {
    /// External pressure, eV/Å³; positive compresses. If not zero, the cell must be periodic along all
    /// three axes.
    pub pressure: f64,
    /// Converged only when every component of stress plus pressure is below this, eV/Å³. `None`:
    /// the generalized forces on the cell need only be below `fmax`, as in ASE.
    pub smax: Option<f64>,
    /// Which degrees of freedom of the cell change.
    pub freedom: CellFreedom,
}

impl Default for CellRelaxation {
    fn default() -> Self {
        CellRelaxation {
            pressure: 0.0,
            smax: None,
            freedom: CellFreedom::Anisotropic,
        }
    }
}

/// A geometry optimization.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Relaxation {
    /// Optimization algorithm.
    pub method: Method,
    /// Converged when the force on every free atom is below this, eV/Å; at zero or less, never.
    pub fmax: f64,
    /// Maximum displacement of an atom per step, Å. For FIRE and FIRE2: maximum norm of a step, as one
    /// vector of 3N components.
    pub max_step: f64,
    /// Relaxation of the cell; `None`: the cell is fixed.
    pub cell: Option<CellRelaxation>,
}

impl Default for Relaxation {
    fn default() -> Self {
        Relaxation {
            method: Method::Auto,
            fmax: 0.05,
            max_step: 0.2,
            cell: None,
        }
    }
}

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

    fn check(&self) -> Result<(), ParameterError> {
        finite("force threshold fmax (eV/Å)", self.fmax)?;
        positive("maximum step (Å)", self.max_step)?;
        if let Some(cell) = self.cell {
            finite("pressure (eV/Å³)", cell.pressure)?;
            positive("stress threshold smax (eV/Å³)", cell.smax.unwrap_or(1.0))?;
        }
        Ok(())
    }
}

/// An optimization algorithm with its memory.
trait Optimizer: Send {
    /// Takes one step.
    fn step(&mut self, surface: &mut Surface) -> Result<(), StepError>;

    /// Forgets the last step, because something else has changed the forces too.
    fn interrupt(&mut self) {}
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
    /// The forces after the last step: [coordinates].
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
            && state.grips.are_in_place(&state.structure)
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
        let mut surface = Surface::new(state, potential, &mut descent.coordinates, max_step)?;
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

    fn retune(&mut self, task: &Task) -> bool {
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
