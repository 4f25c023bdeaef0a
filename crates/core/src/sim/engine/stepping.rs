//! One step of a simulation: evaluate, advance, check, make a frame.

use std::sync::Arc;

use super::error::EngineError;
use super::{Engine, Validity};
use crate::sim::event::Event;
use crate::sim::frame::{Activity, Frame};
use crate::sim::guard;
use crate::sim::propagate::StepError;

impl Engine {
    /// Evaluates the present structure, after moving held atoms to their hands.
    pub(super) fn update_evaluation(&mut self) {
        self.state.move_held_atoms();
        self.evaluation = match self.evaluate() {
            Ok(()) => Validity::Valid,
            Err(error) => {
                if self.run.is_some() {
                    self.interrupt(&error);
                } else {
                    self.events.push(Event::Unevaluated {
                        reason: error.to_string(),
                    });
                }
                Validity::Absent
            }
        };
        if self.evaluation == Validity::Valid && self.needs_propagator {
            self.restart_propagator();
        }
    }

    fn evaluate(&mut self) -> Result<(), EngineError> {
        let potential = self.potential.as_mut().ok_or(EngineError::NoPotential)?;
        self.state.evaluate(potential.as_mut())?;
        Ok(guard::check_finite(&self.state.evaluation)?)
    }

    /// Takes one step of relaxing edited atoms, if there is one to take, else of the run.
    pub(super) fn advance(&mut self) {
        let outcome = match self.advance_edit_relaxation() {
            Ok(false) => self.advance_run(),
            Ok(true) => guard::check_step(&self.state, &self.last_frame).map_err(EngineError::from),
            Err(error) => Err(error.into()),
        };
        if let Err(error) = outcome {
            self.abort_step(&error);
        }
    }

    /// Takes a step of relaxing edited atoms; returns whether there was one to take.
    fn advance_edit_relaxation(&mut self) -> Result<bool, StepError> {
        let (Some(relaxation), Some(potential)) = (&mut self.edit_relaxation, &mut self.potential)
        else {
            return Ok(false);
        };
        let outcome = relaxation.advance(&mut self.state, potential.as_mut());
        if !matches!(outcome, Ok(true)) {
            self.edit_relaxation = None;
        }
        outcome
    }

    fn advance_run(&mut self) -> Result<(), EngineError> {
        let (Some(run), Some(potential)) = (&mut self.run, &mut self.potential) else {
            return Ok(());
        };
        run.propagator
            .advance(&mut self.state, potential.as_mut())?;
        guard::check_step(&self.state, &self.last_frame)?;
        run.steps += 1;
        self.end_if_done();
        Ok(())
    }

    /// Ends the run and restores the last frame. That frame has the state before this step, because
    /// every other change of the state makes a frame first.
    fn abort_step(&mut self, error: &EngineError) {
        self.state.restore(&self.last_frame);
        self.interrupt(error);
    }

    /// Ends a run that has converged or has taken its steps.
    pub(super) fn end_if_done(&mut self) {
        let Some(run) = &mut self.run else { return };
        let steps = run.steps;
        if run.propagator.is_converged(&self.state) {
            let energy = self.state.evaluation.energy;
            self.end_run();
            self.events.push(Event::Converged { steps, energy });
        } else if run.limit.is_some_and(|limit| steps >= limit) {
            self.stop();
        }
    }

    /// Ends the run and returns the number of its steps.
    pub(super) fn end_run(&mut self) -> u64 {
        self.edit_relaxation = None;
        let Some(run) = self.run.take() else { return 0 };
        self.last_propagator = Some(run.propagator);
        run.steps
    }

    pub(super) fn interrupt(&mut self, error: &EngineError) {
        self.end_run();
        self.events.push(Event::Interrupted {
            reason: error.to_string(),
        });
    }

    /// Makes a frame of the state and records it.
    pub(super) fn capture(&mut self) {
        let run = self.run.as_ref();
        let running = run.map(|run| Activity::Running(run.task.clone()));
        let activity = running.or_else(|| self.packing_activity());
        let activity = activity.or_else(|| self.following_activity());
        let propagator = run
            .map(|run| &run.propagator)
            .or(self.last_propagator.as_ref());
        let potential = self.potential.as_deref();
        // A potential that learns has another name when its teacher answers.
        let name = potential.map(|potential| potential.name());
        if name != self.potential_name.as_deref() {
            self.potential_name = name.map(Arc::from);
        }
        let of_potential = potential.and_then(|potential| potential.status());
        let program = self.followed_program();
        let sentence = self.following_sentence();
        let external = self.external_values();
        let state = &self.state;
        let is_evaluated = self.evaluation == Validity::Valid;
        self.last_number += 1;
        let mut frame = Frame {
            number: self.last_number,
            ticket: self.ticket,
            revision: self.revision,
            evaluation: is_evaluated.then(|| Arc::clone(&state.evaluation)),
            potential: program.or_else(|| self.potential_name.clone()),
            potential_status: sentence.or_else(|| of_potential.map(Arc::from)),
            external,
            activity: activity.unwrap_or(Activity::Idle),
            undo_count: self.history.undo_count(),
            redo_count: self.history.redo_count(),
            ..Frame::of(state, &self.identity)
        };
        match external {
            Some(values) => {
                frame.kinetic_energy = values.kinetic_energy.unwrap_or(0.0);
                frame.temperature = values.temperature.unwrap_or(0.0);
            }
            None => {
                frame.temperature = propagator.map_or_else(
                    || state.temperature(),
                    |propagator| propagator.temperature(state),
                );
            }
        }
        self.last_frame = Arc::new(frame);
        self.has_changed = false;
        self.timeline.record(Arc::clone(&self.last_frame));
    }
}
