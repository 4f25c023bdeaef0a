//! What a step does.

use std::sync::Arc;

use super::{Engine, Validity};
use crate::sim::event::Event;
use crate::sim::frame::{Activity, Frame};
use crate::sim::guard;

impl Engine {
    /// Evaluates the structure as it is now.
    pub(super) fn refresh(&mut self) {
        self.state.place_held_atoms();
        let outcome = match &mut self.potential {
            None => Err("no potential is chosen; choose one".to_owned()),
            Some(potential) => self
                .state
                .evaluate(potential.as_mut())
                .map_err(|error| error.to_string())
                .and_then(|()| guard::finite(&self.state.evaluation)),
        };
        self.evaluation = match outcome {
            Ok(()) => Validity::Valid,
            Err(reason) => {
                if self.run.is_some() {
                    self.interrupt(reason);
                } else {
                    self.events.push(Event::Unevaluated { reason });
                }
                Validity::Absent
            }
        };
        if self.evaluation == Validity::Valid && self.unfamiliar {
            self.restart_propagator();
        }
    }

    pub(super) fn advance(&mut self) {
        match self.settle_step() {
            Ok(false) => self.move_on(),
            Ok(true) => {
                if let Err(reason) = guard::check(&self.state, &self.newest) {
                    self.give_up(reason);
                }
            }
            Err(reason) => self.give_up(reason),
        }
    }

    fn move_on(&mut self) {
        let (Some(run), Some(potential)) = (&mut self.run, &mut self.potential) else {
            return;
        };
        let outcome = run
            .propagator
            .advance(&mut self.state, potential.as_mut())
            .map_err(|error| error.to_string())
            .and_then(|()| guard::check(&self.state, &self.newest));
        match outcome {
            Ok(()) => {
                run.steps += 1;
                self.end_if_done();
            }
            Err(reason) => self.give_up(reason),
        }
    }

    /// Ends the run at the newest frame. That is of the state before this step: whatever changes the
    /// state otherwise makes a frame first.
    fn give_up(&mut self, reason: String) {
        self.state.restore(&self.newest);
        self.interrupt(reason);
    }

    /// Ends a run that has nothing left to do.
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

    /// Ends the run and returns how many steps it took.
    pub(super) fn end_run(&mut self) -> u64 {
        self.settling = None;
        let Some(run) = self.run.take() else { return 0 };
        self.last_moved_by = Some(run.propagator);
        run.steps
    }

    pub(super) fn interrupt(&mut self, reason: String) {
        self.end_run();
        self.events.push(Event::Interrupted { reason });
    }

    pub(super) fn why_no_forces(&self) -> &'static str {
        match self.potential {
            None => "choose a potential first",
            Some(_) => "the potential cannot treat this structure; choose another or edit it",
        }
    }

    /// Makes the state the newest frame and remembers it.
    pub(super) fn capture(&mut self) {
        let run = self.run.as_ref();
        let activity = run.map_or(Activity::Idle, |run| Activity::Running(run.task.clone()));
        let moved_by = run
            .map(|run| &run.propagator)
            .or(self.last_moved_by.as_ref());
        let state = &self.state;
        let known = self.evaluation == Validity::Valid;
        self.newest = Arc::new(Frame {
            number: self.newest.number + 1,
            ticket: self.ticket,
            revision: self.revision,
            evaluation: known.then(|| Arc::clone(&state.evaluation)),
            potential: self.potential_name.clone(),
            temperature: moved_by.map_or_else(
                || state.temperature(),
                |propagator| propagator.temperature(state),
            ),
            activity,
            undo_count: self.history.undo_count(),
            redo_count: self.history.redo_count(),
            ..Frame::of(state, &self.identity)
        });
        self.unseen = false;
        self.timeline.record(Arc::clone(&self.newest));
    }
}
