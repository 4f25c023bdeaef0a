//! Local relaxation of edited atoms before dynamics continue.
//!
//! Overlapping atoms store energies far above k_B T. Before the next step of dynamics, the atoms that
//! an edit added or moved, and those near them, relax with FIRE while all others are fixed. Velocities
//! and time stay; the energy lost is that of the edit. The relaxation ends when no force on these atoms
//! exceeds the largest one before the edit, which is thermal, and after [`MAX_STEPS`] at most; each step
//! makes a frame.
//!
//! Before dynamics start, atoms with forces above [`OVERLAP_FORCE`] relax in the same way, if hands or edits
//! have moved atoms at rest since the last start, or it is the first one.

use glam::DVec3;

use crate::chem::{NeighborList, Structure};
use crate::potential::Potential;
use crate::sim::State;
use crate::sim::propagate::{Method, Propagator, Relaxation, StepError};

/// Maximum number of steps, each one evaluation.
const MAX_STEPS: u32 = 60;
/// Minimum of the convergence threshold of the forces, eV/Å.
const MIN_FMAX: f64 = 0.1;
/// Atoms with larger forces relax before dynamics start, eV/Å: thermal forces reach some 10 eV/Å.
const OVERLAP_FORCE: f64 = 50.0;
/// Convergence threshold after an overlap, eV/Å: as large as forces at some hundred kelvin.
const OVERLAP_FMAX: f64 = 3.0;
/// Atoms within this distance of an edited one relax with it, Å.
const RADIUS: f64 = 3.5;
/// Maximum length of a step, as one vector of all coordinates, Å.
const MAX_STEP: f64 = 0.2;

/// Relaxation of edited atoms and their neighbors.
pub(super) struct EditRelaxation {
    /// The atoms that edits have added or moved, or that overlap.
    pub(super) edited: Vec<usize>,
    /// Convergence threshold of the forces, eV/Å: the largest one before the edits, or [`OVERLAP_FMAX`].
    fmax: f64,
    /// `None` before the first step.
    relaxation: Option<LocalRelaxation>,
}

/// A relaxation of some atoms.
struct LocalRelaxation {
    /// Whether each atom relaxes: `[atoms]`.
    mobile: Vec<bool>,
    propagator: Box<dyn Propagator>,
    steps_left: u32,
}

impl EditRelaxation {
    /// A relaxation of atoms that edits have added or moved, until no force on them exceeds `fmax`, eV/Å.
    pub(super) fn new(edited: Vec<usize>, fmax: f64) -> EditRelaxation {
        EditRelaxation {
            edited,
            fmax,
            relaxation: None,
        }
    }

    /// A relaxation of the mobile atoms with forces above [`OVERLAP_FORCE`]; `None` if there are none.
    pub(super) fn of_overlaps(state: &State) -> Option<EditRelaxation> {
        let forces = state.evaluation.forces.iter().enumerate();
        let is_overlapping = |force: &DVec3| force.length() > OVERLAP_FORCE;
        let atoms: Vec<usize> = forces
            .filter(|(atom, force)| state.is_mobile(*atom) && is_overlapping(force))
            .map(|(atom, _)| atom)
            .collect();
        (!atoms.is_empty()).then(|| EditRelaxation::new(atoms, OVERLAP_FMAX))
    }

    /// Convergence threshold of the forces, eV/Å.
    pub(super) fn fmax(&self) -> f64 {
        self.fmax
    }

    /// Takes a step; returns whether there was one to take.
    pub(super) fn advance(
        &mut self,
        state: &mut State,
        potential: &mut dyn Potential,
    ) -> Result<bool, StepError> {
        let relaxation = match &mut self.relaxation {
            Some(relaxation) => relaxation,
            None => self.relaxation.insert(LocalRelaxation::new(
                self.fmax,
                &self.edited,
                &state.structure,
            )?),
        };
        if relaxation.steps_left == 0 {
            return Ok(false);
        }
        relaxation.steps_left -= 1;
        relaxation.advance(state, potential)
    }
}

impl LocalRelaxation {
    fn new(
        fmax: f64,
        edited: &[usize],
        structure: &Structure,
    ) -> Result<LocalRelaxation, StepError> {
        let relaxation = Relaxation {
            method: Method::Fire,
            fmax: fmax.max(MIN_FMAX),
            max_step: MAX_STEP,
            cell: None,
        };
        Ok(LocalRelaxation {
            mobile: within_radius(edited, structure),
            propagator: relaxation.propagator()?,
            steps_left: MAX_STEPS,
        })
    }

    /// Takes a step with all other atoms fixed; returns whether it had not converged before.
    fn advance(
        &mut self,
        state: &mut State,
        potential: &mut dyn Potential,
    ) -> Result<bool, StepError> {
        let fixed = state.structure.fixed().to_vec();
        let (velocities, step) = (state.velocities.clone(), state.step);
        let marks = state.structure.fixed_mut().iter_mut().zip(&self.mobile);
        marks.for_each(|(fixed, mobile)| *fixed |= !mobile);
        let outcome = if self.propagator.is_converged(state) {
            Ok(false)
        } else {
            self.propagator.advance(state, potential).map(|()| true)
        };
        state.structure.fixed_mut().copy_from_slice(&fixed);
        state.velocities = velocities;
        state.zero_immobile_velocities();
        state.make_velocities_rigid();
        state.step = step;
        outcome
    }
}

/// Marks the edited atoms, those within [`RADIUS`], and the rigid groups of both: `[atoms]`. Only the edited ones if the structure
/// is too dense for a neighbor list.
fn within_radius(edited: &[usize], structure: &Structure) -> Vec<bool> {
    let mut mobile = vec![false; structure.len()];
    for &atom in edited {
        if let Some(mark) = mobile.get_mut(atom) {
            *mark = true;
        }
    }
    let mut list = NeighborList::full(RADIUS, 0.0);
    let updated = list.update(structure.positions(), structure.cell.as_ref());
    if updated.is_ok() && edited.len() < structure.len() {
        let existing = edited.iter().filter(|&&atom| atom < structure.len());
        for &atom in existing {
            for neighbor in list.neighbors(atom) {
                mobile[neighbor.atom as usize] = true;
            }
        }
    }
    for group in structure.rigid_groups().iter() {
        if group.iter().any(|&atom| mobile[atom]) {
            group.iter().for_each(|&atom| mobile[atom] = true);
        }
    }
    mobile
}
