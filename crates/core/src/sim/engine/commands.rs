//! Carries out the commands to a simulation.

use std::sync::Arc;

use super::edit_relaxation::EditRelaxation;
use super::error::EngineError;
use super::{Engine, RunningTask, Validity};
use crate::potential::Potential;
use crate::sim::command::Command;
use crate::sim::constraint::{Grip, Hand};
use crate::sim::edit::Edit;
use crate::sim::event::Event;
use crate::sim::inbox::Ticket;
use crate::sim::propagate::Propagator;
use crate::sim::task::Task;

impl Engine {
    /// Carries out a command.
    pub(super) fn carry_out(
        &mut self,
        ticket: Ticket,
        command: Command,
    ) -> Result<(), EngineError> {
        match command {
            Command::Run(_) if self.following.is_some() => {
                self.end_playback();
                self.resume_external();
            }
            Command::Run(task) => self.start(task, None)?,
            Command::Steps(task, steps) => {
                self.refuse_while_following("a number of steps")?;
                self.start(task, Some(steps))?;
            }
            Command::Pack(packer) => {
                self.refuse_while_following("packing")?;
                self.start_packing(packer)?;
            }
            Command::Follow(dynamics) => self.follow(dynamics)?,
            Command::EndFollowing(end) => self.end_following(end)?,
            Command::Stop => self.stop(),
            Command::Thermalize(temperature) => {
                self.refuse_while_following("drawing velocities")?;
                self.thermalize(temperature)?;
            }
            Command::Grab { hand, atoms, grip } => self.grab(hand, atoms, grip)?,
            Command::Move { hand, to } => {
                self.state.grips.move_to(hand, to);
                self.move_to_hands();
            }
            Command::Orient { hand, rotation } => {
                self.state.grips.orient(hand, rotation);
                self.move_to_hands();
            }
            Command::Release(hand) => self.release(hand),
            Command::Edit(edit) => {
                self.refuse_while_following("an edit")?;
                self.edit(edit)?;
            }
            Command::SetPotential(potential) => {
                self.refuse_while_following("a potential")?;
                self.set_potential(potential);
            }
            Command::RemovePotential => {
                self.refuse_while_following("a change of potential")?;
                self.remove_potential();
            }
            Command::RestartClock => {
                self.refuse_while_following("another time")?;
                self.state.restart_clock();
                self.has_changed = true;
            }
            Command::Batch(commands) => {
                for command in commands {
                    self.apply(ticket, command);
                }
            }
            Command::SpeedLimit(limit) => self.set_speed_limit(limit)?,
            Command::ShowFrame(address) => self.show_frame(address)?,
            Command::Play(play) => self.play(play)?,
            Command::EndPlayback => self.end_playback(),
            Command::ContinueFrom(address) => {
                self.refuse_while_following("a return to an old frame")?;
                self.continue_from(address)?;
            }
            Command::RestartTimeline(source) => self.restart_timeline(source),
            Command::Undo => {
                self.refuse_while_following("undo")?;
                self.undo()?;
            }
            Command::Redo => {
                self.refuse_while_following("redo")?;
                self.redo()?;
            }
        }
        Ok(())
    }

    fn start(&mut self, task: Task, limit: Option<u64>) -> Result<(), EngineError> {
        task.propagator()?;
        if self.packing.is_some() {
            if self.potential.is_none() {
                return Err(EngineError::NoPotentialFor { task: task.name() });
            }
            self.stop();
        }
        if self.evaluation == Validity::Stale {
            self.update_evaluation();
        }
        if self.evaluation == Validity::Absent {
            let task = task.name();
            return Err(match self.potential {
                None => EngineError::NoPotentialFor { task },
                Some(_) => EngineError::NoForces { task },
            });
        }
        let propagator = task.propagator()?;
        propagator.check(&self.state)?;
        self.end_playback();
        match &mut self.run {
            Some(run) if run.task.name() == task.name() => {
                if !run.propagator.update_parameters(&task) {
                    run.propagator = propagator;
                }
                run.limit = limit.map(|limit| run.steps + limit);
                run.task = task;
            }
            _ => {
                self.record_undo(self.snapshot());
                self.edit_relaxation = self.relaxation_of_overlaps(&task);
                self.thermalize_at_start(&task, propagator.as_ref());
                self.events.push(Event::Started { task: task.name() });
                self.run = Some(RunningTask {
                    task,
                    propagator,
                    steps: 0,
                    limit,
                });
            }
        }
        self.end_if_done();
        Ok(())
    }

    /// A relaxation of atoms that hands, edits or a file have put on top of one another, before dynamics.
    fn relaxation_of_overlaps(&mut self, task: &Task) -> Option<EditRelaxation> {
        if !matches!(task, Task::Dynamics(_)) {
            return None;
        }
        let is_due = std::mem::take(&mut self.was_arranged) && self.relaxes_edits;
        let overlaps = || EditRelaxation::of_overlaps(&self.state);
        is_due.then(overlaps).flatten()
    }

    /// Thermalizes atoms at rest at the initial temperature of the ensemble.
    fn thermalize_at_start(&mut self, task: &Task, propagator: &dyn Propagator) {
        if let Task::Dynamics(dynamics) = task
            && self.state.is_at_rest()
        {
            let temperature = dynamics.ensemble.initial_temperature();
            self.state.thermalize(temperature);
            // Drawn without rigid motion, but some dynamics count its degrees of freedom too.
            let counted = propagator.temperature(&self.state);
            if counted > 0.0 {
                let factor = (temperature / counted).sqrt();
                self.state
                    .velocities
                    .iter_mut()
                    .for_each(|velocity| *velocity *= factor);
            }
        }
    }

    pub(super) fn stop(&mut self) {
        if self.pause_external() {
            return;
        }
        let steps = self.end_packing().unwrap_or_else(|| self.end_run());
        self.events.push(Event::Stopped { steps });
        self.has_changed = true;
    }

    fn thermalize(&mut self, temperature: f64) -> Result<(), EngineError> {
        if !(temperature >= 0.0 && temperature.is_finite()) {
            return Err(EngineError::Temperature(temperature));
        }
        self.record_undo(self.snapshot());
        self.state.thermalize(temperature);
        self.has_changed = true;
        Ok(())
    }

    fn grab(&mut self, hand: Hand, atoms: Vec<usize>, grip: Grip) -> Result<(), EngineError> {
        let grip = self.permitted_grip(grip);
        let structure = &self.state.structure;
        self.state.grips.grab(hand, atoms, grip, structure)?;
        let rests = !self.is_running();
        self.before_grab = rests.then(|| self.snapshot());
        self.has_changed = true;
        Ok(())
    }

    /// Opens a hand. Its held atoms are released at the last position of the hand, even if no step has
    /// moved them there yet.
    fn release(&mut self, hand: Hand) {
        self.has_changed = true;
        let mut grasps = self.state.grips.grasps().iter();
        let holds = grasps.any(|grasp| grasp.hand == hand && grasp.grip == Grip::Hold);
        if holds && self.packing.is_none() && self.state.move_held_atoms() {
            self.evaluation = Validity::Stale;
            self.was_arranged |= self.run.is_none();
        }
        self.state.grips.release(hand);
        self.pull_externally();
    }

    /// Moves held atoms to their hands at once while nothing runs; in a run or packing the next step does.
    fn move_to_hands(&mut self) {
        self.pull_externally();
        if !self.is_running() {
            self.has_changed = true;
            if self.state.move_held_atoms() {
                self.evaluation = Validity::Stale;
                self.was_arranged = true;
                if let Some(before) = self.before_grab.take() {
                    self.record_undo(before);
                }
            }
        }
    }

    pub(super) fn edit(&mut self, edit: Edit) -> Result<(), EngineError> {
        let keeps_atoms = edit.keeps_atoms();
        let before = self.snapshot();
        let relaxation = self.edit_relaxation.as_ref();
        let moved_before = relaxation.map_or(&[][..], |relaxation| &relaxation.edited);
        let moved = edit.moved_atoms(self.state.structure.len(), moved_before.to_vec());
        edit.apply(&mut self.state)?;
        if self.packing.is_some() {
            self.stop();
        }
        self.state.settle_rigid_bodies();
        self.record_undo(before);
        self.was_arranged |= self.run.is_none() && !moved.is_empty();
        self.relax_edited(moved);
        self.evaluation = Validity::Stale;
        self.has_changed = true;
        self.playback = None;
        if !keeps_atoms {
            self.start_revision();
            self.needs_propagator = true;
        }
        Ok(())
    }

    /// Schedules the relaxation of atoms that an edit has added or moved during dynamics. The last frame
    /// is the one before the edit.
    fn relax_edited(&mut self, edited: Vec<usize>) {
        let task = self.run.as_ref().map(|run| &run.task);
        let is_dynamics = matches!(task, Some(Task::Dynamics(_)));
        let fmax = match &self.edit_relaxation {
            Some(relaxation) => relaxation.fmax(),
            None => self.last_frame.max_force().unwrap_or(0.0),
        };
        let is_due = self.relaxes_edits && is_dynamics && !edited.is_empty();
        self.edit_relaxation = is_due.then(|| EditRelaxation::new(edited, fmax));
    }

    pub(super) fn start_revision(&mut self) {
        self.last_revision += 1;
        self.revision = self.last_revision;
        self.identity = Arc::new(self.state.structure.clone());
        self.events.push(Event::Edited {
            revision: self.revision,
        });
    }

    /// Replaces the propagator of the run, since its memory is of other atoms or another potential.
    /// Called after the evaluation, which [`Propagator::check`] reads.
    pub(super) fn restart_propagator(&mut self) {
        self.needs_propagator = false;
        let Some(run) = &mut self.run else { return };
        let fresh = run.task.propagator().map_err(EngineError::from);
        let checked = fresh.and_then(|propagator| {
            propagator.check(&self.state)?;
            Ok(propagator)
        });
        match checked {
            Ok(propagator) => run.propagator = propagator,
            Err(error) => self.interrupt(&error),
        }
    }

    fn set_potential(&mut self, potential: Box<dyn Potential>) {
        let name: Arc<str> = potential.name().into();
        self.events.push(Event::PotentialChanged {
            name: name.to_string(),
        });
        self.potential = Some(potential);
        self.potential_name = Some(name);
        self.evaluation = Validity::Stale;
        self.has_changed = true;
        self.needs_propagator = true;
    }

    fn remove_potential(&mut self) {
        if self.run.is_some() {
            self.stop();
        }
        self.potential = None;
        self.potential_name = None;
        self.evaluation = Validity::Stale;
        self.has_changed = true;
    }

    fn set_speed_limit(&mut self, limit: Option<f64>) -> Result<(), EngineError> {
        if let Some(limit) = limit
            && (limit.is_nan() || limit <= 0.0)
        {
            return Err(EngineError::SpeedLimit(limit));
        }
        self.speed_limit = limit.filter(|limit| limit.is_finite());
        Ok(())
    }
}
