//! Relaxation: downhill, to the nearest structure where no atom feels a force.

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

/// The most atoms free to move for which [`Method::Auto`] takes BFGS: a step then costs a few
/// milliseconds, and some fifty while the Hessian is not positive definite, beside the potential.
pub const AUTO_BFGS_ATOMS: usize = 100;

/// The most atoms free to move for which BFGS runs: its matrices then take some 50 MB, and a step
/// from half a second to several, beside the potential.
pub const MAX_BFGS_ATOMS: usize = 500;

/// A force, eV/Å, that only atoms on top of each other feel. What it teaches of curvature would
/// drown all else for good.
const WALL: f64 = 1e4;

/// How to go downhill.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// BFGS up to [`AUTO_BFGS_ATOMS`] free atoms, L-BFGS above.
    #[default]
    Auto,
    /// Quasi-Newton with the whole Hessian: fewest steps; up to [`MAX_BFGS_ATOMS`] free atoms.
    Bfgs,
    /// Quasi-Newton from the last 100 steps: nearly as few steps, cheap at any size.
    Lbfgs,
    /// Inertial: more steps, forgiving of noisy forces.
    Fire,
    /// Inertial, its successor of 2020: usually fewer steps than FIRE.
    Fire2,
}

/// Lets the cell relax with its atoms, along the directions in which matter repeats. Fixed atoms
/// keep their place within the cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CellRelaxation {
    /// External pressure, eV/Å³; positive squeezes. Other than zero it needs a cell that repeats
    /// along all three axes.
    pub pressure: f64,
    /// Converged only when every component of stress plus pressure is below this, eV/Å³. `None`:
    /// the generalized forces on the cell need only be below `fmax`, as in ASE.
    pub smax: Option<f64>,
    /// What may change of the cell.
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
    /// How to go downhill.
    pub method: Method,
    /// Converged when the force on every free atom is below this, eV/Å; at zero or less, never.
    pub fmax: f64,
    /// How far an atom may move in a step, Å. For FIRE and FIRE2: how long the step of all atoms
    /// may be, as one vector of 3N components.
    pub max_step: f64,
    /// How the cell relaxes; `None`: it stays.
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
    /// The way to move that does this.
    ///
    /// # Errors
    /// If a parameter is out of bounds.
    pub fn propagator(&self) -> Result<Box<dyn Propagator>, ParameterError> {
        self.check()?;
        Ok(Box::new(Relaxer {
            relaxation: *self,
            course: None,
        }))
    }

    fn check(&self) -> Result<(), ParameterError> {
        finite("greatest force left over, fmax (eV/Å)", self.fmax)?;
        positive("longest step (Å)", self.max_step)?;
        if let Some(cell) = self.cell {
            finite("pressure (eV/Å³)", cell.pressure)?;
            positive(
                "greatest stress left over, smax (eV/Å³)",
                cell.smax.unwrap_or(1.0),
            )?;
        }
        Ok(())
    }
}

/// A rule for the next step downhill. It may remember; it begins knowing nothing.
trait Optimizer: Send {
    /// Moves once.
    fn step(&mut self, surface: &mut Surface) -> Result<(), StepError>;

    /// Hears that something other than its last step has changed the forces since, so that
    /// comparing them with the ones before would mislead.
    fn interrupt(&mut self) {}
}

/// Carries out a [`Relaxation`]. What its optimizer has learned outlives changes of parameters and
/// the moves of hands; it is lost when other atoms become free to move.
struct Relaxer {
    relaxation: Relaxation,
    course: Option<Course>,
}

/// One descent: the same coordinates throughout.
struct Course {
    optimizer: Box<dyn Optimizer>,
    coordinates: Coordinates,
    /// The forces where the last step ended.
    left: Vec<DVec3>,
}

impl Relaxer {
    /// The course so far if it is still that of this state, else a new one.
    fn course(&mut self, state: &State) -> Result<&mut Course, StepError> {
        let Relaxation { method, cell, .. } = self.relaxation;
        let fits = |course: &mut Course| course.coordinates.fit(state, cell);
        let course = match self.course.take_if(fits) {
            Some(course) => course,
            None => {
                let coordinates = Coordinates::new(state, cell)?;
                Course {
                    optimizer: method.optimizer(coordinates.free_atoms())?,
                    coordinates,
                    left: Vec::new(),
                }
            }
        };
        Ok(self.course.insert(course))
    }

    fn meets_criteria(&mut self, state: &State) -> Result<bool, StepError> {
        let fmax = self.relaxation.fmax;
        let coordinates = &self.course(state)?.coordinates;
        let flat = |forces: Vec<DVec3>| forces.iter().all(|force| force.length() < fmax);
        Ok(fmax > 0.0
            && state.grips.are_in_place(&state.structure)
            && flat(coordinates.forces(state)?)
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
        let course = self.course(state)?;
        let mut surface = Surface::new(state, potential, &mut course.coordinates, max_step)?;
        if surface.forces() != course.left {
            course.optimizer.interrupt();
        }
        let from_wall = surface.forces().iter().any(|force| force.length() > WALL);
        course.optimizer.step(&mut surface)?;
        if from_wall || surface.have_hands_moved() {
            course.optimizer.interrupt();
        }
        course.left = surface.into_forces();
        state.velocities.fill(DVec3::ZERO);
        state.count_step(0.0);
        Ok(())
    }

    /// Forces that cannot be had are not small: the next step says what is amiss.
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
            self.course = None;
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
