//! Edited atoms find a place to stay before dynamics go on.
//!
//! An atom put upon another has more energy than a thousand molecules have heat. Before the next step
//! of dynamics the atoms that an edit added or moved, with those near them, go downhill while all others
//! wait. Velocities and the time stay as they are; the energy that is lost is that of the edit. It ends
//! where no force on them is larger than the largest before the edit, which heat has made, and always
//! after [`STEPS`] steps, each with a frame of its own, so that nobody waits for it.

use super::Engine;
use crate::chem::{NeighborList, Structure};
use crate::potential::Potential;
use crate::sim::propagate::{Method, Propagator, Relaxation, StepError};
use crate::sim::{State, Task};

/// The most steps, each one evaluation.
const STEPS: u32 = 60;
/// Forces smaller than this, eV/Å, are not worth a pause, though they were smaller still before.
const SMALL: f64 = 0.1;
/// How near to an edited atom others must be to make room for it, Å.
const NEAR: f64 = 3.5;
/// How far a step may lead, Å, all atoms taken together.
const LONGEST_STEP: f64 = 0.2;

/// Atoms on their way to a place to stay.
pub(super) struct Settling {
    /// The atoms that edits have added or moved.
    pub(super) edited: Vec<usize>,
    /// The largest force before the edits, eV/Å.
    force_before: f64,
    course: Option<Course>,
}

/// The way there, once it has begun.
struct Course {
    /// Whether each atom makes room.
    loose: Vec<bool>,
    relaxer: Box<dyn Propagator>,
    steps_left: u32,
}

impl Settling {
    /// Takes a step; says whether there was one to take.
    fn advance(
        &mut self,
        state: &mut State,
        potential: &mut dyn Potential,
    ) -> Result<bool, StepError> {
        let course = match &mut self.course {
            Some(course) => course,
            None => self.course.insert(Course::of(
                self.force_before,
                &self.edited,
                &state.structure,
            )?),
        };
        if course.steps_left == 0 {
            return Ok(false);
        }
        course.steps_left -= 1;
        course.advance(state, potential)
    }
}

impl Course {
    fn of(force_before: f64, edited: &[usize], structure: &Structure) -> Result<Course, StepError> {
        let relaxation = Relaxation {
            method: Method::Fire,
            fmax: force_before.max(SMALL),
            max_step: LONGEST_STEP,
            cell: None,
        };
        Ok(Course {
            loose: near(edited, structure),
            relaxer: relaxation.propagator()?,
            steps_left: STEPS,
        })
    }

    /// A step with all atoms fixed that are not loose.
    fn advance(
        &mut self,
        state: &mut State,
        potential: &mut dyn Potential,
    ) -> Result<bool, StepError> {
        let fixed = state.structure.fixed().to_vec();
        let (velocities, step) = (state.velocities.clone(), state.step);
        let marks = state.structure.fixed_mut().iter_mut().zip(&self.loose);
        marks.for_each(|(fixed, loose)| *fixed |= !loose);
        let outcome = if self.relaxer.is_converged(state) {
            Ok(false)
        } else {
            self.relaxer.advance(state, potential).map(|()| true)
        };
        state.structure.fixed_mut().copy_from_slice(&fixed);
        state.velocities = velocities;
        state.rest_immobile();
        state.step = step;
        outcome
    }
}

/// The edited atoms and those near them; only the edited where atoms are too dense to see what is near.
fn near(edited: &[usize], structure: &Structure) -> Vec<bool> {
    let mut loose = vec![false; structure.len()];
    for &atom in edited {
        if let Some(mark) = loose.get_mut(atom) {
            *mark = true;
        }
    }
    let mut list = NeighborList::full(NEAR, 0.0);
    let seen = list.update(structure.positions(), structure.cell.as_ref());
    if seen.is_ok() && edited.len() < structure.len() {
        for atom in edited
            .iter()
            .copied()
            .filter(|&atom| atom < structure.len())
        {
            for neighbor in list.neighbors(atom) {
                loose[neighbor.atom as usize] = true;
            }
        }
    }
    loose
}

impl Engine {
    /// Remembers that an edit during dynamics has added or moved atoms. The newest frame is of before.
    pub(super) fn settle_edited(&mut self, edited: Vec<usize>) {
        let task = self.run.as_ref().map(|run| &run.task);
        let dynamics = matches!(task, Some(Task::Dynamics(_)));
        let force_before = match &self.settling {
            Some(settling) => settling.force_before,
            None => self.newest.max_force().unwrap_or(0.0),
        };
        self.settling = (self.settles && dynamics && !edited.is_empty()).then_some(Settling {
            edited,
            force_before,
            course: None,
        });
    }

    /// One step of making room, where one is due: whether it was taken.
    pub(super) fn settle_step(&mut self) -> Result<bool, String> {
        let (Some(settling), Some(potential)) = (&mut self.settling, &mut self.potential) else {
            return Ok(false);
        };
        let outcome = settling.advance(&mut self.state, potential.as_mut());
        if !matches!(outcome, Ok(true)) {
            self.settling = None;
        }
        outcome.map_err(|error| error.to_string())
    }
}
